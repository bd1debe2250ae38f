using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Journal.Tests.Sqlite;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Tests.Reading;

public sealed class SqliteJournalReaderTests : JournalReaderSpec
{
    private readonly TemporaryFolder _folder;

    public SqliteJournalReaderTests()
        : this(new TemporaryFolder())
    {
    }

    private SqliteJournalReaderTests(TemporaryFolder folder)
        : base(new SqliteTestStore(folder)) => _folder = folder;

    protected override void MakeNewer(ITestStore store) => store.Execute("PRAGMA user_version = 2");

    [Fact]
    public async Task A_slow_consumer_does_not_keep_the_log_from_being_emptied()
    {
        using var journal = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        using var connection = new SqliteConnection(journal.ConnectionString);
        connection.Open();
        JournalFixtures.Execute(connection, JournalFixtures.Rows(10_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();
        await using var batches = reader.ReadAsync().GetAsyncEnumerator();
        (await batches.MoveNextAsync()).ShouldBeTrue();

        JournalFixtures.Execute(connection, JournalFixtures.Rows(10, firstSequence: 10_000));
        // The reader may still be fetching the next batch ahead; then it lets go.
        await JournalFixtures.Eventually(() =>
        {
            JournalFixtures.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return new FileInfo(_folder.Journal + "-wal").Length == 0;
        });
        (await batches.MoveNextAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_writer_killed_with_rows_only_in_the_log_leaves_them_readable()
    {
        // The file and its log as a power cut leaves them: without the shared index.
        var left = _folder.File("left.db");
        using (var journal = SqliteJournalFile.Open(_folder.Journal).ShouldOpen())
        {
            using var connection = new SqliteConnection(journal.ConnectionString);
            connection.Open();
            JournalFixtures.Execute(connection, JournalFixtures.Rows(7));
            File.Copy(_folder.Journal, left);
            File.Copy(_folder.Journal + "-wal", left + "-wal");
        }

        await using var reader = SqliteJournalReader.Open(left).ShouldOpen();
        (await reader.RowCountAsync()).ShouldBe(7);
    }

    [Fact]
    public void A_missing_or_empty_file_is_no_journal_to_read()
    {
        SqliteJournalReader.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.NotFound).Message.ShouldContain(_folder.Journal);
        File.Create(_folder.Journal).Dispose();
        SqliteJournalReader.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.NotAJournal).Message.ShouldContain("it is empty");
        new FileInfo(_folder.Journal).Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4_096)]
    [InlineData(100_000)]
    public void A_file_that_was_cut_is_damaged(int length)
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(5_000));
        using (var file = File.OpenWrite(_folder.Journal))
            file.SetLength(length);

        SqliteJournalReader.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.Corrupt).Message.ShouldContain(_folder.Journal);
        SqliteJournalFile.Open(_folder.Journal).ShouldFail(JournalOpenErrorKind.Corrupt);
    }

    [Fact]
    public async Task A_damaged_page_stops_the_reading_with_the_error_that_names_the_file()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(20_000));
        await using (var file = File.OpenWrite(_folder.Journal))
        {
            file.Position = file.Length / 2;
            file.Write(Enumerable.Repeat((byte)0xA5, 8 * 4_096).ToArray());
        }

        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();
        var failure = await Should.ThrowAsync<JournalReadException>(async () => await TestStores.Read(reader.ReadAsync()));

        failure.Error.Kind.ShouldBe(JournalOpenErrorKind.Corrupt);
        failure.Message.ShouldContain(_folder.Journal);
    }
}
