using ActorFinance.Journal;
using ActorFinance.Journal.PostgreSql;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Journal.Writing;
using ActorFinance.Postgres.Tests.Running;
using ActorFinance.Testing.Servers;

namespace ActorFinance.Postgres.Tests.Stores;

public sealed class HeldJournalTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly PostgreSqlTestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_tables_columns_and_indexes_are_these_and_no_others()
    {
        _store.Create();

        _store.Column(
            $"""
             SELECT table_name || ': ' || string_agg(column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
                 || CASE is_identity WHEN 'YES' THEN ' ' || lower(identity_generation) ELSE '' END, ', ' ORDER BY ordinal_position)
             FROM information_schema.columns WHERE table_schema = '{_store.Schema}' GROUP BY table_name ORDER BY table_name
             """)
            .ShouldBe(
            [
                "actorfinance_schema: version integer not null",
                "journal: ordering bigint not null always, persistence_id text not null, sequence_number bigint not null, manifest text, identifier integer, "
                + "created bigint not null, deleted boolean not null, tags text, writer_uuid text, message bytea not null",
                "snapshot: persistence_id text not null, sequence_number bigint not null, created bigint not null, manifest text, serializer_id integer, snapshot bytea",
            ]);
        _store.Column($"SELECT replace(indexdef, '{_store.Schema}.', '') FROM pg_indexes WHERE schemaname = '{_store.Schema}' ORDER BY 1").ShouldBe(
        [
            "CREATE UNIQUE INDEX journal_pk ON journal USING btree (ordering)",
            "CREATE UNIQUE INDEX journal_uq ON journal USING btree (persistence_id, sequence_number)",
            "CREATE UNIQUE INDEX snapshot_pk ON snapshot USING btree (persistence_id, sequence_number)",
        ]);
    }

    [Fact]
    public void Opening_again_keeps_the_rows()
    {
        _store.Create(10);
        _store.Create();

        _store.Column("SELECT count(*) FROM journal").ShouldBe(["10"]);
    }

    [Fact]
    public async Task A_second_writer_is_refused_by_the_name_of_the_first_and_readers_are_not()
    {
        using var first = JournalStore.Of(_store.Journal).Hold().ShouldOpen();

        JournalStore.Of(_store.Journal).Hold().ShouldFail(JournalOpenErrorKind.Locked).Message.ShouldContain($"already open for writing by this process ({Environment.ProcessId})");
        await using var reader = _store.OpenReader();
        (await reader.LastOffsetAsync()).ShouldBe(0);
    }

    [Fact]
    public void Journals_in_two_schemas_of_a_database_are_held_apart()
    {
        using var book = JournalStore.Of(_store.Journal).Hold().ShouldOpen();
        using var branches = JournalStore.Of(_store.Journal).Beside("branches").Hold().ShouldOpen();

        _store.Column($"SELECT count(*) FROM pg_namespace WHERE nspname IN ('{_store.Schema}', '{_store.Schema}_branches')").ShouldBe(["2"]);
        _store.Execute($"DROP SCHEMA {_store.Schema}_branches CASCADE");
    }

    [Fact]
    public async Task A_session_that_is_ended_writes_nothing_more_and_says_so_and_lets_the_next_writer_in()
    {
        using var held = (PostgreSqlHeldJournal)JournalStore.Of(_store.Journal).Hold().ShouldOpen();
        held.Append([Write(1)]);
        held.Lost.IsCompleted.ShouldBeFalse();

        _store.Execute($"SELECT pg_terminate_backend({held.Session})");
        Should.Throw<JournalWriteException>(() => held.Append([Write(2)])).Error.Kind.ShouldBe(JournalOpenErrorKind.Unreachable);

        (await held.Lost.WaitAsync(s_patience)).Message.ShouldContain("nothing more is written. Start this program again");
        using var next = (PostgreSqlHeldJournal)JournalStore.Of(_store.Journal).Hold().ShouldOpen();
        next.Append([Write(2)]);
        Should.Throw<JournalWriteException>(() => held.Append([Write(3)]));
        _store.Column("SELECT sequence_number FROM journal ORDER BY ordering").ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData("CREATE TABLE journal (id integer)", JournalOpenErrorKind.NotAJournal, "of another program")]
    [InlineData("CREATE TABLE snapshot (id integer)", JournalOpenErrorKind.NotAJournal, "of another program")]
    [InlineData("CREATE TABLE actorfinance_schema (version integer); INSERT INTO actorfinance_schema VALUES (1)", JournalOpenErrorKind.Corrupt, "relation \"journal\" does not exist")]
    public void Tables_that_are_no_journal_are_refused_and_left_alone(string sql, JournalOpenErrorKind kind, string because)
    {
        _store.Execute($"CREATE SCHEMA {_store.Schema}");
        _store.Execute(sql);
        var before = Tables();

        JournalStore.Of(_store.Journal).Hold().ShouldFail(kind).Message.ShouldContain(because);
        JournalStore.Of(_store.Journal).OpenReader().ShouldFail(kind);
        Tables().ShouldBe(before);
    }

    [Theory]
    [InlineData("ALTER TABLE journal DROP COLUMN message", "column \"message\" does not exist")]
    [InlineData("DROP INDEX journal_uq", "journal_uq is missing")]
    [InlineData("ALTER TABLE journal ALTER COLUMN ordering SET CACHE 20", "no longer takes its values")]
    [InlineData("ALTER TABLE journal ALTER COLUMN ordering SET GENERATED BY DEFAULT", "no longer takes its values")]
    [InlineData("DELETE FROM actorfinance_schema", "says no version")]
    public void A_journal_without_what_its_order_stands_on_is_damaged(string sql, string because)
    {
        _store.Create();
        _store.Execute(sql);

        JournalStore.Of(_store.Journal).Hold().ShouldFail(JournalOpenErrorKind.Corrupt).Message.ShouldContain(because);
        JournalStore.Of(_store.Journal).OpenReader().ShouldFail(JournalOpenErrorKind.Corrupt);
    }

    [Fact]
    public void A_start_that_cannot_make_the_tables_leaves_nothing()
    {
        // The last of the script's tables meets a type of its name.
        _store.Execute($"CREATE SCHEMA {_store.Schema}; CREATE DOMAIN actorfinance_schema AS integer");

        JournalStore.Of(_store.Journal).Hold().ShouldFail(JournalOpenErrorKind.InputOutput).Message.ShouldContain("actorfinance_schema");
        Tables().ShouldBeEmpty();
    }

    [Fact]
    public void A_role_that_may_not_write_may_read_and_is_told_what_it_lacks()
    {
        _store.Create(3);
        var role = $"reader_of_{_store.Schema}";
        _store.Execute($"CREATE ROLE {role} LOGIN PASSWORD 'reads'; GRANT USAGE ON SCHEMA {_store.Schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {_store.Schema} TO {role}");
        var journal = _store.Journal.Replace($"{PostgreSqlServer.User}:{PostgreSqlServer.Password}", $"{role}:reads", StringComparison.Ordinal);

        JournalStore.Of(journal).OpenReader().ShouldOpen();
        using (var held = (PostgreSqlHeldJournal)JournalStore.Of(journal).Hold().ShouldOpen())
            Should.Throw<JournalWriteException>(() => held.Append([Write(1)])).Message.ShouldContain("permission denied");
        JournalStore.Of(journal.Replace($"schema={_store.Schema}", "schema=another", StringComparison.Ordinal)).Hold().ShouldFail(JournalOpenErrorKind.NotWritable).Message.ShouldContain("CREATE on the database");
        _store.Execute($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public async Task A_server_that_may_lose_what_it_confirmed_is_refused()
    {
        using var careless = await PostgreSqlServer.StartAsync(Path.GetTempPath(), "-c fsync=off");

        JournalStore.Of(careless.Journal("book")).Hold().ShouldFail(JournalOpenErrorKind.NotWritable).Message.ShouldContain("Set fsync = on");
    }

    [Fact]
    public void A_session_writes_synchronously_whatever_the_servers_default_says()
    {
        _store.Execute($"ALTER ROLE {PostgreSqlServer.User} SET synchronous_commit = off");
        try
        {
            using var held = JournalStore.Of(_store.Journal).Hold().ShouldOpen();
        }
        finally
        {
            _store.Execute($"ALTER ROLE {PostgreSqlServer.User} RESET synchronous_commit");
        }
    }

    private IReadOnlyList<string> Tables() => _store.Column($"SELECT tablename FROM pg_tables WHERE schemaname = '{_store.Schema}' ORDER BY 1");

    private static JournalWrite Write(long number) => new("company-nvidia", new string('0', 32), CreatedTicks: 1, [new(number, new("milestone-reached:1", [(byte)number]))]);
}
