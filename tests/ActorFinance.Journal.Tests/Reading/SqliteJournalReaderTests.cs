using System.Text;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Sqlite;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Tests.Reading;

public sealed class SqliteJournalReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_come_whole_and_in_the_order_of_their_offsets()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(4, companies: 2));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        (await JournalFixtures.Read(reader.ReadAsync())).ShouldBe(
        [
            "1 company-c0/1 investment-made:1",
            "2 company-c1/1 investment-made:2",
            "3 company-c0/2 investment-made:1",
            "4 company-c1/2 investment-made:2",
        ]);
        await foreach (var batch in reader.ReadAsync(after: 3))
            Encoding.UTF8.GetString(batch[0].Payload.Span)[..6].ShouldBe("row 3 ");
        (await reader.LastOffsetAsync()).ShouldBe(4);
        (await reader.RowCountAsync()).ShouldBe(4);
    }

    [Theory]
    [InlineData(0L, null, 1, 10_000)]
    [InlineData(5_000L, null, 5_001, 10_000)]
    [InlineData(2_047L, 2_049L, 2_048, 2_049)]
    [InlineData(0L, 2_048L, 1, 2_048)]
    [InlineData(9_999L, 20_000L, 10_000, 10_000)]
    public async Task A_range_excludes_its_start_and_includes_its_end(long after, long? upTo, int first, int last)
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(10_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var rows = await JournalFixtures.Read(reader.ReadAsync(after, upTo));

        rows.Select(row => int.Parse(row.Split(' ')[0])).ShouldBe(Enumerable.Range(first, last - first + 1));
    }

    [Theory]
    [InlineData(10_000L, null)]
    [InlineData(20_000L, 30_000L)]
    [InlineData(5L, 4L)]
    [InlineData(0L, 0L)]
    public async Task An_empty_range_has_no_batch(long after, long? upTo)
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(10_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        (await JournalFixtures.Read(reader.ReadAsync(after, upTo))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_journal_ends_at_offset_zero()
    {
        JournalFixtures.CreateWith(_folder.Journal);
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        (await reader.LastOffsetAsync()).ShouldBe(0);
        (await reader.RowCountAsync()).ShouldBe(0);
        (await JournalFixtures.Read(reader.ReadAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Payloads_larger_than_a_batch_and_empty_ones_come_through()
    {
        int[] sizes = [0, 3_000_000, 1, 600_000, 600_000, 0];
        JournalFixtures.CreateWith(
            _folder.Journal,
            string.Concat(sizes.Select((size, index) => JournalFixtures.Rows(1, payloadBytes: size, firstSequence: index + 1))));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var read = new List<int>();
        await foreach (var batch in reader.ReadAsync())
        {
            using (batch)
                read.AddRange(batch.Select(row => row.Payload.Length));
        }

        read.ShouldBe(sizes);
    }

    [Fact]
    public async Task Equal_names_are_one_string()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(5_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var names = new HashSet<string>(ReferenceEqualityComparer.Instance);
        await foreach (var batch in reader.ReadAsync())
        {
            foreach (var row in batch)
                names.UnionWith([row.PersistenceId, row.Manifest]);
        }

        names.Order().ShouldBe(["company-c0", "company-c1", "company-c2", "investment-made:1", "investment-made:2"]);
    }

    [Fact]
    public async Task A_company_is_read_from_a_sequence_number_on_to_its_end()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(9_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var rows = await JournalFixtures.Read(reader.ReadCompanyAsync("company-c1", fromSequence: 2));

        rows.Count.ShouldBe(2_999);
        rows[0].ShouldBe("5 company-c1/2 investment-made:1");
        rows[^1].ShouldBe("8999 company-c1/3000 investment-made:1");
        (await JournalFixtures.Read(reader.ReadCompanyAsync("company-c"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_writers_open_transaction_neither_blocks_nor_shows()
    {
        using var journal = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();
        using var connection = new SqliteConnection(journal.ConnectionString);
        connection.Open();
        JournalFixtures.Execute(connection, JournalFixtures.Rows(10));
        JournalFixtures.Execute(connection, "BEGIN IMMEDIATE;" + JournalFixtures.Rows(10, firstSequence: 100));

        (await JournalFixtures.Read(reader.ReadAsync())).Count.ShouldBe(10);
        (await reader.LastOffsetAsync()).ShouldBe(10);

        JournalFixtures.Execute(connection, "COMMIT");
        (await reader.LastOffsetAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task A_reading_without_an_end_stops_at_what_was_the_last_offset_when_it_began()
    {
        using var journal = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        using var connection = new SqliteConnection(journal.ConnectionString);
        connection.Open();
        JournalFixtures.Execute(connection, JournalFixtures.Rows(5_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var rows = 0;
        await foreach (var batch in reader.ReadAsync())
        {
            if (rows == 0)
                JournalFixtures.Execute(connection, JournalFixtures.Rows(100, firstSequence: 10_000));
            rows += batch.Count;
        }

        rows.ShouldBe(5_000);
    }

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
    public async Task Reading_stops_when_it_is_cancelled()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(10_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();
        using var cancelling = new CancellationTokenSource();

        var batches = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in reader.ReadAsync(cancellation: cancelling.Token))
            {
                batches++;
                await cancelling.CancelAsync();
            }
        });

        batches.ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(async () => await reader.RowCountAsync(cancelling.Token));
    }

    [Fact]
    public async Task Many_can_read_at_once_through_one_reader()
    {
        JournalFixtures.CreateWith(_folder.Journal, JournalFixtures.Rows(10_000));
        await using var reader = SqliteJournalReader.Open(_folder.Journal).ShouldOpen();

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            async n => n % 2 == 0 ? (await JournalFixtures.Read(reader.ReadAsync())).Count : (int)await reader.RowCountAsync()));

        counts.ShouldAllBe(count => count == 10_000);
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
        var failure = await Should.ThrowAsync<JournalReadException>(async () => await JournalFixtures.Read(reader.ReadAsync()));

        failure.Error.Kind.ShouldBe(JournalOpenErrorKind.Corrupt);
        failure.Message.ShouldContain(_folder.Journal);
    }
}
