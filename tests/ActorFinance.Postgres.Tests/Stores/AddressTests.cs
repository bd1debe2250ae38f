using ActorFinance.Journal;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Postgres.Tests.Running;
using ActorFinance.Testing.Servers;

namespace ActorFinance.Postgres.Tests.Stores;

public sealed class AddressTests
{
    [Theory]
    [InlineData("postgres://me:word@db.example/books", "postgres://me@db.example/books")]
    [InlineData("postgresql://me:word@db.example:5432/books?schema=actorfinance", "postgres://me@db.example/books")]
    [InlineData("postgres://db.example:6000/books?sslmode=verify-full&schema=q3", "postgres://db.example:6000/books?schema=q3&sslmode=verify-full")]
    [InlineData("postgres:///books?host=/run/postgresql", "postgres:///books?host=/run/postgresql")]
    [InlineData("postgres://me:w%40r%2Fd@[::1]/books", "postgres://me@[::1]/books")]
    [InlineData("postgres://me:wo/rd@db/books", "postgres://...")]
    public void What_shows_a_journals_name_shows_no_password(string journal, string name) => JournalStore.Of(journal).Name.ShouldBe(name);

    [Fact]
    public void What_belongs_to_a_journal_stands_in_a_schema_beside_it_and_its_cache_in_the_users_folder()
    {
        var store = JournalStore.Of("postgres://me:word@db.example/books?schema=q3");

        store.Beside("branches").Name.ShouldBe("postgres://me@db.example/books?schema=q3_branches");
        Path.GetFileName(store.CachePath).ShouldBe(Uri.EscapeDataString(store.Name));
        JournalStore.Of("postgres.db").Name.ShouldBe("postgres.db");
    }

    [Theory]
    [InlineData("postgres://actorfinance:no%20secret@127.0.0.1:{port}/postgres", JournalOpenErrorKind.Unreachable, "does not let this user in")]
    [InlineData("postgres://actorfinance@127.0.0.1:{port}/postgres?passfile=/dev/null", JournalOpenErrorKind.Unreachable, "Set PGPASSWORD")]
    [InlineData("postgres://actorfinance:{password}@127.0.0.1:{port}/nowhere", JournalOpenErrorKind.Unreachable, "Create the database first")]
    [InlineData("postgres://actorfinance:no%20secret@127.0.0.1:1/postgres", JournalOpenErrorKind.Unreachable, "Check that the server runs")]
    [InlineData("postgres://actorfinance:{password}@127.0.0.1:{port}/postgres?schema=Book", JournalOpenErrorKind.NotAJournal, "schema 'Book' must be")]
    [InlineData("postgres://actorfinance:{password}@127.0.0.1:{port}/postgres?scheme=book", JournalOpenErrorKind.NotAJournal, "'scheme' is not understood")]
    [InlineData("postgres://actorfinance:{password}@127.0.0.1:{port}/postgres?sslmode=sometimes", JournalOpenErrorKind.NotAJournal, "'sslmode' is not understood")]
    [InlineData("postgres://actorfinance:no secret/more@127.0.0.1:{port}/postgres", JournalOpenErrorKind.NotAJournal, "is no address")]
    [InlineData("postgres://actorfinance:{password}@127.0.0.1:{port}/postgres?schema=not_yet", JournalOpenErrorKind.NotFound, "There is no journal")]
    public void What_is_wrong_is_said_with_what_to_do_and_without_the_password(string journal, JournalOpenErrorKind kind, string says)
    {
        var store = JournalStore.Of(journal.Replace("{port}", $"{Server.Shared.Port}", StringComparison.Ordinal).Replace("{password}", PostgreSqlServer.Password, StringComparison.Ordinal));

        var error = store.OpenReader().ShouldFail(kind);
        error.Message.ShouldContain(says);
        $"{error} {error.Path}".ShouldNotContain("secret");
        if (kind != JournalOpenErrorKind.NotFound)
            store.Hold().ShouldFail(kind).Message.ShouldBe(error.Message);
    }
}
