using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Tests.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tables_columns_and_indexes_are_these_and_no_others()
    {
        JournalFixtures.CreateWith(_folder.Journal);

        JournalFixtures.Column(
            _folder.Journal,
            """
            SELECT m.type || ' ' || m.name || ': ' || (
                SELECT group_concat(c.name || ' ' || c.type || iif(c."notnull", ' not null', '') || iif(c.pk, ' key ' || c.pk, ''), ', ')
                FROM pragma_table_info(m.name) c)
            FROM sqlite_master m WHERE m.type = 'table' ORDER BY m.name
            """)
            .ShouldBe(
            [
                "table journal: ordering INTEGER not null key 1, persistence_id TEXT not null, sequence_number INTEGER not null, manifest TEXT, identifier INTEGER, "
                + "created INTEGER not null, deleted INTEGER not null, tags TEXT, writer_uuid TEXT, message BLOB not null",
                "table snapshot: persistence_id TEXT not null key 1, sequence_number INTEGER not null key 2, created INTEGER not null, manifest TEXT, "
                + "serializer_id INTEGER, snapshot BLOB",
                "table sqlite_sequence: name , seq ",
            ]);

        JournalFixtures.Column(
            _folder.Journal,
            """
            SELECT m.tbl_name || ': ' || m.name || ' (' || (SELECT group_concat(i.name, ', ') FROM pragma_index_info(m.name) i) || ') unique '
                || (SELECT l."unique" FROM pragma_index_list(m.tbl_name) l WHERE l.name = m.name)
            FROM sqlite_master m WHERE m.type = 'index' ORDER BY m.name
            """)
            .ShouldBe(
            [
                "journal: journal_uq (persistence_id, sequence_number) unique 1",
                "snapshot: sqlite_autoindex_snapshot_1 (persistence_id, sequence_number) unique 1",
            ]);

        JournalFixtures.Column(_folder.Journal, "SELECT type FROM sqlite_master WHERE type NOT IN ('table', 'index')").ShouldBeEmpty();
    }

    [Fact]
    public void A_new_journal_is_marked_in_wal_mode_and_nothing_but_the_lock_stays_beside_it()
    {
        JournalFixtures.CreateWith(_folder.Journal);

        JournalFixtures.Column(_folder.Journal, "PRAGMA application_id").ShouldBe(["1095125580"]);
        JournalFixtures.Column(_folder.Journal, "PRAGMA user_version").ShouldBe(["1"]);
        JournalFixtures.Column(_folder.Journal, "PRAGMA journal_mode").ShouldBe(["wal"]);
        JournalFixtures.Column(_folder.Journal, "PRAGMA integrity_check").ShouldBe(["ok"]);
        _folder.Names().ShouldBe(["journal.db", "journal.db.lock"]);
    }

    [Fact]
    public void The_connections_of_the_plugin_write_synchronously_to_the_log()
    {
        using var journal = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        using var connection = new SqliteConnection(journal.ConnectionString);
        connection.Open();

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        command.ExecuteScalar().ShouldBe(2L);
        command.CommandText = "PRAGMA journal_mode";
        command.ExecuteScalar().ShouldBe("wal");
        new SqliteConnectionStringBuilder(journal.ConnectionString).Cache.ShouldBe(SqliteCacheMode.Default);
    }

    [Fact]
    public void Opening_again_keeps_the_rows()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(10));
        JournalFixtures.CreateWith(_folder.Journal);

        JournalFixtures.Column(_folder.Journal, "SELECT count(*) FROM journal").ShouldBe(["10"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRAGMA journal_mode = WAL")]
    public void A_file_left_empty_by_a_start_that_was_killed_becomes_a_journal(string doneBefore)
    {
        File.Create(_folder.Journal).Dispose();
        if (doneBefore.Length > 0)
            JournalFixtures.Execute(_folder.Journal, doneBefore);

        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(1));
    }

    [Fact]
    public void A_start_killed_within_the_script_leaves_a_file_that_the_next_start_creates()
    {
        // What is on the disk while the script's transaction is open is what a kill leaves behind.
        var killed = _folder.File("killed.db");
        using (var connection = new SqliteConnection($"Data Source={_folder.Journal};Pooling=False"))
        {
            connection.Open();
            JournalFixtures.Execute(connection, $"PRAGMA journal_mode = WAL; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; {SqliteSchema.Script}; PRAGMA user_version = 1;");
            foreach (var end in new[] { "", "-wal" })
                File.Copy(_folder.Journal + end, killed + end);
            JournalFixtures.Execute(connection, "ROLLBACK");
        }

        JournalFixtures.CreateWith(killed, JournalFixtures.Rows(1));
        JournalFixtures.Column(killed, "PRAGMA application_id").ShouldBe(["1095125580"]);
    }

    [Fact]
    public void The_same_sequence_number_cannot_be_written_twice()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(3));

        Should.Throw<SqliteException>(() => JournalFixtures.Execute(_folder.Journal, JournalFixtures.Rows(1)))
            .SqliteExtendedErrorCode.ShouldBe(2067);
    }

    [Fact]
    public void An_offset_is_never_given_twice()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(3) + "DELETE FROM journal WHERE ordering = 3;" + JournalFixtures.Rows(1, firstSequence: 9));

        JournalFixtures.Column(_folder.Journal, "SELECT ordering FROM journal ORDER BY 1").ShouldBe(["1", "2", "4"]);
    }
}
