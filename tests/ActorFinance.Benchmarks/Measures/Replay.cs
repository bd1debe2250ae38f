using System.Diagnostics;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Projections;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Peer;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// Reading, decoding and folding every event into the cash index: straight from the table, against the plugin's own stream of all events, and
/// against a plain scan of the table on one thread that decodes whole events and folds nothing.
/// </summary>
internal static class Replay
{
    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var book = new FlowBook(options.Quick ? 100 : 1_000, options.Quick ? 10_000 : 100_000);
        var path = folder.FreshJournal();
        (await Actorfinance.Plain.RunAsync("import", book.WriteCsv(folder.File("replay.csv")), "--journal", path)).MustSucceed();
        var events = book.Flows + book.Companies;
        report.Fact("events", events);

        await using var bare = new BareJournal(path);
        using var materializer = bare.System.Materializer();
        var query = bare.System.ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        var (ours, peer, all, whole, scan) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            GC.Collect();
            var clock = Stopwatch.StartNew();
            var straight = await StraightAsync(path);
            var own = events / clock.Elapsed.TotalSeconds;

            GC.Collect();
            clock.Restart();
            var streamed = await StreamedAsync(query, materializer);
            var other = events / clock.Elapsed.TotalSeconds;
            if (straight.Places.Count != events || !straight.At(Cut.Everything).Equals(streamed.At(Cut.Everything)))
            {
                throw new InvalidOperationException("the two ways gave different balances");
            }

            if (round > 0)
            {
                ours.Add(own);
                peer.Add(other);
                whole.Add(await RateAsync(events, () => WholeAsync(path)));
                all.Add(await RateAsync(events, () => AllAsync(path)));
                scan.Add(await RateAsync(events, () => ScanAsync(path)));
            }
        }

        WorkFolder.Delete(folder.File("replay.csv"));
        report.Fact("checked", "both ways give the same balances");
        report.Samples("straight from the table", "events/s", ours);
        report.Samples("CurrentAllEvents", "events/s", peer);
        report.Samples("whole events into the cash index", "events/s", whole);
        report.Samples("whole events into cash, ownership and circular flow", "events/s", all);
        report.Samples("scan that only decodes", "events/s", scan);
        report.Compare("replay", ours, peer, ">= 5, then 8");
        report.Compare("one projection, against the scan", ours, scan, ">= 0.5");
        report.Compare("all projections, against the scan", all, scan, ">= 0.3");
    }

    private static async Task<double> RateAsync(int events, Func<Task<int>> read)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var count = await read();
        var rate = events / clock.Elapsed.TotalSeconds;
        return count == events ? rate : throw new InvalidOperationException($"{count} events were read, not {events}");
    }

    private static async Task<int> WholeAsync(string path)
    {
        var index = new CashIndex();
        await using var reader = Open(path);
        await foreach (var batch in reader.ReadEventsAsync())
        {
            foreach (var recorded in batch)
            {
                index.Apply(recorded);
            }
        }

        return index.Places.Count;
    }

    private static async Task<int> AllAsync(string path)
    {
        var index = new BookIndex(BookParts.All);
        await using var reader = Open(path);
        await foreach (var batch in reader.ReadEventsAsync())
        {
            foreach (var recorded in batch)
            {
                index.Apply(recorded);
            }
        }

        return index.Places.Count;
    }

    private static async Task<int> ScanAsync(string path)
    {
        var count = 0;
        await using var reader = Open(path);
        await foreach (var batch in reader.ReadAsync())
        {
            using (batch)
            {
                foreach (var row in batch.Rows)
                {
                    count += EventCodec.Decode(row.Manifest, row.Payload).Header.SequenceNumber > 0 ? 1 : 0;
                }
            }
        }

        return count;
    }

    public static IJournalReader Open(string path) =>
        JournalStore.Of(path).OpenReader().Succeeded(out var opened, out var error) ? opened : throw new InvalidOperationException(error.Message);

    private static async Task<CashIndex> StraightAsync(string path)
    {
        await using var reader = Open(path);
        return await StraightAsync(reader);
    }

    public static async Task<CashIndex> StraightAsync(IJournalReader reader)
    {
        var index = new CashIndex();
        await foreach (var batch in reader.ReadPlacedAsync(_ => false))
        {
            using (batch)
            {
                foreach (var row in batch.Rows)
                {
                    index.Apply(row.Placed);
                }
            }
        }

        return index;
    }

    public static async Task<CashIndex> StreamedAsync(SqlReadJournal query, IMaterializer materializer)
    {
        var index = new CashIndex();
        await query.CurrentAllEvents(Akka.Persistence.Query.Offset.NoOffset()).RunForeach(
            row =>
            {
                var stored = (StoredEvent)row.Event;
                index.Apply(new(new(((Sequence)row.Offset).Value), EventCodec.Decode(stored.Manifest, stored.Payload)));
            },
            materializer);
        return index;
    }
}
