using System.Text;

namespace ActorFinance.Journal.Tests.Specs;

/// <summary>What reading a journal's table means, whatever its store.</summary>
public abstract class JournalReaderSpec : IDisposable
{
    private readonly ITestStore _store;

    protected JournalReaderSpec(ITestStore store) => _store = store;

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Rows_come_whole_and_in_the_order_of_their_offsets()
    {
        _store.Create(4, companies: 2);
        await using var reader = _store.OpenReader();

        (await TestStores.Read(reader.ReadAsync())).ShouldBe(
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
    [InlineData(0L, 4_096L, 1, 4_096)]
    [InlineData(9_999L, 20_000L, 10_000, 10_000)]
    public async Task A_range_excludes_its_start_and_includes_its_end(long after, long? upTo, int first, int last)
    {
        _store.Create(10_000);
        await using var reader = _store.OpenReader();

        var rows = await TestStores.Read(reader.ReadAsync(after, upTo));

        rows.Select(row => int.Parse(row.Split(' ')[0])).ShouldBe(Enumerable.Range(first, last - first + 1));
    }

    [Theory]
    [InlineData(10_000L, null)]
    [InlineData(20_000L, 30_000L)]
    [InlineData(5L, 4L)]
    [InlineData(0L, 0L)]
    public async Task An_empty_range_has_no_batch(long after, long? upTo)
    {
        _store.Create(10_000);
        await using var reader = _store.OpenReader();

        (await TestStores.Read(reader.ReadAsync(after, upTo))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_journal_ends_at_offset_zero()
    {
        _store.Create();
        await using var reader = _store.OpenReader();

        (await reader.LastOffsetAsync()).ShouldBe(0);
        (await reader.RowCountAsync()).ShouldBe(0);
        (await TestStores.Read(reader.ReadAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Payloads_larger_than_a_batch_and_empty_ones_come_through()
    {
        int[] sizes = [0, 3_000_000, 1, 600_000, 600_000, 0];
        _store.Create();
        foreach (var (size, index) in sizes.Select((size, index) => (size, index)))
            _store.AddRows(1, payloadBytes: size, firstSequence: index + 1);
        await using var reader = _store.OpenReader();

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
        _store.Create(5_000);
        await using var reader = _store.OpenReader();

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
        _store.Create(15_000);
        await using var reader = _store.OpenReader();

        var rows = await TestStores.Read(reader.ReadCompanyAsync("company-c1", fromSequence: 2));

        rows.Count.ShouldBe(4_999);
        rows[0].ShouldBe("5 company-c1/2 investment-made:1");
        rows[^1].ShouldBe("14999 company-c1/5000 investment-made:1");
        (await TestStores.Read(reader.ReadCompanyAsync("company-c"))).ShouldBeEmpty();
        (await TestStores.Read(reader.ReadCompanyAsync("company-'c1"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_writers_open_transaction_neither_blocks_nor_shows()
    {
        _store.Create(10);
        await using var reader = _store.OpenReader();
        using (_store.RowsUnderWay(10, firstSequence: 100))
        {
            (await TestStores.Read(reader.ReadAsync())).Count.ShouldBe(10);
            (await reader.LastOffsetAsync()).ShouldBe(10);
        }

        (await reader.LastOffsetAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task A_reading_without_an_end_stops_at_what_was_the_last_offset_when_it_began()
    {
        _store.Create(5_000);
        await using var reader = _store.OpenReader();

        var rows = 0;
        await foreach (var batch in reader.ReadAsync())
        {
            if (rows == 0)
                _store.AddRows(100, firstSequence: 10_000);
            rows += batch.Count;
        }

        rows.ShouldBe(5_000);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        _store.Create(10_000);
        await using var reader = _store.OpenReader();
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
        await Should.ThrowAsync<OperationCanceledException>(async () => await reader.LastOffsetAsync(cancelling.Token));
    }

    [Fact]
    public async Task Many_can_read_at_once_through_one_reader()
    {
        _store.Create(10_000);
        await using var reader = _store.OpenReader();

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            async n => n % 2 == 0 ? (await TestStores.Read(reader.ReadAsync())).Count : (int)await reader.RowCountAsync()));

        counts.ShouldAllBe(count => count == 10_000);
    }

    [Fact]
    public void A_journal_that_is_not_there_is_not_made_by_reading()
    {
        JournalStore.Of(_store.Journal).OpenReader().ShouldFail(JournalOpenErrorKind.NotFound).Message.ShouldContain("There is no journal");
        JournalStore.Of(_store.Journal).OpenReader().ShouldFail(JournalOpenErrorKind.NotFound);
    }

    [Fact]
    public void A_newer_schema_is_not_touched()
    {
        _store.Create();
        MakeNewer(_store);

        JournalStore.Of(_store.Journal).OpenReader().ShouldFail(JournalOpenErrorKind.NewerSchema).Message.ShouldContain("newer version of this program");
        JournalStore.Of(_store.Journal).Hold().ShouldFail(JournalOpenErrorKind.NewerSchema);
    }

    protected abstract void MakeNewer(ITestStore store);
}
