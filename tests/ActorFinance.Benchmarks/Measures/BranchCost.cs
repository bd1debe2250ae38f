using System.Diagnostics;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Testing.Books;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// A branch of a book of 1,000 companies, in process, against a full replay of the edited list in the same round: its facts judged, its cash and its
/// ownership folded and every figure compared with the base's. The base's lists are made by a first branch, whose time is told too.
/// </summary>
internal static class BranchCost
{
    private static readonly FigureQuestion Question = FigureQuestion.Everything with { Families = [FigureFamily.Cash, FigureFamily.Ownership] };

    public static void Run(RunOptions options, Report report)
    {
        var (companies, events) = (1_000, options.Quick ? 100_000 : 1_000_000);
        report.Fact("companies", companies);
        report.Fact("events", events);
        var clock = Stopwatch.StartNew();
        var book = new Book(MarketRecords.Of(companies, events, seed: 20260105));
        report.Fact("book decided in s", clock.Elapsed.TotalSeconds);

        clock.Restart();
        var based = new BaseFigures(new BranchBase(book, AsKnown.All));
        var inOrder = based.Base.InFoldOrder;
        var late = inOrder[(int)(inOrder.Count * 0.99)].Header.EffectiveAt;
        var one = Value.Parse<CompanyId>("company-00500");
        (string Name, double Target, Edit Edit)[] edits =
        [
            ("the last 1 % of effective time halved", 0.05, new Edit.Scale(new() { From = late }, 0.5m)),
            ("one company of 1,000 halved", 0.10, new Edit.Scale(new() { Companies = [one] }, 0.5m)),
            ("one company of 1,000 left out", 0.10, new Edit.Drop(new() { Payer = one }, Linked: false)),
        ];
        foreach (var (_, _, edit) in edits)
        {
            Answer(based, edit);
        }

        report.Fact("first branches, the base's lists and marks made, in s", clock.Elapsed.TotalSeconds);
        var before = FiguresOf(new Book(based.Base.InFoldOrder.OrderBy(recorded => recorded.Offset)));
        foreach (var (name, target, edit) in edits)
        {
            Measure(options, report, based, before, name, target, edit);
        }
    }

    private static void Measure(RunOptions options, Report report, BaseFigures based, Dictionary<FigureKey, FigureValue> before, string name, double target, Edit edit)
    {
        var (ours, peer, ourBytes, peerBytes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (branch, comparison, seconds, bytes) = Timed(() => Answer(based, edit));
            RecordedEvent[] edited = [.. branch.Book.Recorded];
            var (_, differences, replaySeconds, replayBytes) = Timed(() => (branch, Replay(edited, before)));
            if (!comparison.SequenceEqual(differences))
            {
                throw new InvalidOperationException($"{name}: the two ways differ");
            }

            if (round == 0)
            {
                report.Fact($"{name}: events changed", branch.Changes.Count);
                report.Fact($"{name}: misfits", branch.Misfits.Count);
                report.Fact($"{name}: figures that differ", comparison.Count);
                continue;
            }

            ours.Add(seconds * 1_000);
            peer.Add(replaySeconds * 1_000);
            ourBytes.Add(bytes / 1e6);
            peerBytes.Add(replayBytes / 1e6);
        }

        report.Samples($"{name}: branch", "ms", ours);
        report.Samples($"{name}: full replay", "ms", peer);
        report.Compare($"{name}: branch / replay", ours, peer, $"<= {target}");
        report.Samples($"{name}: branch", "MB allocated", ourBytes);
        report.Samples($"{name}: full replay", "MB allocated", peerBytes);
        report.Compare($"{name}: allocated, branch / replay", ourBytes, peerBytes, $"<= {target}");
    }

    private static (BranchResult.Applied Branch, IReadOnlyList<FigureDifference> Differences) Answer(BaseFigures based, Edit edit)
    {
        var branch = (BranchResult.Applied)Branch.Apply(based.Base, [edit]);
        return (branch, BranchComparison.Of(based, branch, Instant.Maximum, Question).Differences);
    }

    private static IReadOnlyList<FigureDifference> Replay(RecordedEvent[] edited, Dictionary<FigureKey, FigureValue> before)
    {
        var book = new Book(edited);
        var misfits = book.At(Cut.Everything).Events.GroupBy(recorded => recorded.Header.Emitter).Sum(company => Misfits.Of(company.Key, company.Select(recorded => recorded.Envelope)).Count);
        return misfits == 0 ? BranchComparison.Between(before, FiguresOf(book)) : throw new InvalidOperationException("what is left must fit");
    }

    private static Dictionary<FigureKey, FigureValue> FiguresOf(Book book)
    {
        var counted = book.At(Cut.Everything);
        return new(BookFigures.OfCash(CashFold.Of(counted).Balances).Concat(ShareRegister.Fold(counted.Events).Issuers.SelectMany(BookFigures.OfOwnership)));
    }

    private static (BranchResult.Applied Branch, IReadOnlyList<FigureDifference> Differences, double Seconds, long Bytes) Timed(Func<(BranchResult.Applied, IReadOnlyList<FigureDifference>)> work)
    {
        GC.Collect();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.GetTimestamp();
        var (branch, differences) = work();
        return (branch, differences, Stopwatch.GetElapsedTime(clock).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
