using System.Globalization;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// What the indexes of the three projections keep of each event, as live heap after a full collection: filled from one journal, batch by batch, as the
/// projections of a session are, and each asked once.
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
        report.Samples("cash", "bytes an event", [await MeasureAsync(path, events, () => new CashIndex(), (index, recorded) => index.Apply(recorded), index => index.At(Cut.Everything))]);
        report.Samples(
            $"cash, ownership and circular flow (target {Target.ToString(CultureInfo.InvariantCulture)})",
            "bytes an event",
            [
                await MeasureAsync(
                    path,
                    events,
                    () => (Cash: new CashIndex(), Ownership: new OwnershipIndex(), Circular: new CircularFlowIndex()),
                    (all, recorded) =>
                    {
                        all.Cash.Apply(recorded);
                        all.Ownership.Apply(recorded);
                        all.Circular.Apply(recorded);
                    },
                    all =>
                    {
                        all.Cash.At(Cut.Everything);
                        all.Ownership.At(Cut.Everything);
                        all.Circular.MatrixAt(Cut.Everything, FlowWindow.Everything, FlowOptions.Default);
                    }),
            ]);
    }

    private static async Task<double> MeasureAsync<T>(string path, int events, Func<T> create, Action<T, RecordedEvent> apply, Action<T> ask)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var indexes = create();
        await using (var reader = SqliteJournalReader.Open(path).Succeeded(out var opened, out var error) ? opened : throw new InvalidOperationException(error.Message))
        {
            await foreach (var batch in reader.ReadEventsAsync())
            {
                foreach (var recorded in batch)
                {
                    apply(indexes, recorded);
                }
            }
        }

        ask(indexes);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(indexes);
        return kept / (double)events;
    }
}
