using System.Globalization;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Projections;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// What the index that all three projections share keeps of each event, as live heap after a full collection: filled from one journal, batch by batch, as the
/// projection of a session is, and each part asked once.
/// </summary>
internal static class LiveMemory
{
    private const int Target = 256;

    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var flows = options.Quick ? 100_000 : 1_000_000;
        var path = new FlowBook(1_000, flows).WriteJournal(folder.FreshJournal());
        var events = flows + 1_000;
        report.Fact("events", events);
        report.Samples("cash", "bytes an event", [await MeasureAsync(path, events, BookParts.Cash, view => view.Cash.Cash.At(Cut.Everything))]);
        report.Samples(
            $"cash, ownership and circular flow (target {Target.ToString(CultureInfo.InvariantCulture)})",
            "bytes an event",
            [
                await MeasureAsync(path, events, BookParts.All, view =>
                {
                    view.Cash.Cash.At(Cut.Everything);
                    view.Ownership.Shares.At(Cut.Everything);
                    view.CircularFlow.MatrixAt(Cut.Everything, FlowWindow.Everything, FlowOptions.Default);
                }),
            ]);
    }

    private static async Task<double> MeasureAsync(string path, int events, BookParts parts, Action<BookView> ask)
    {
        // On a stack of its own: what is measured next would else run on top of what was measured before, and keep that alive.
        await Task.Yield();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        BookIndex? index = new(parts);
        await using (var reader = SqliteJournalReader.Open(path).Succeeded(out var opened, out var error) ? opened : throw new InvalidOperationException(error.Message))
        {
            await foreach (var batch in reader.ReadEventsAsync())
            {
                foreach (var recorded in batch)
                {
                    index.Apply(recorded);
                }

                index.Publish();
            }
        }

        ask(index.Publish());
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(index);
        index = null;
        return kept / (double)events;
    }
}
