using System.Diagnostics;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Testing.Books;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// A branch of a book of 1,000 companies, in process, against a full replay of the edited list in the same round: its facts judged, its cash and its
/// ownership folded (or its promises; or what it burns; or a year's flows summed by pair, with every company's direct round trip and revenue; or also their network solved) and every figure compared
/// with the base's; and of 200 companies with every dollar followed. The base's lists are made by a first branch, whose time is told too.
/// </summary>
internal static class BranchCost
{
    private static readonly Instant YearEnd = new(Instant.Of(2027, 1, 1).UtcTicks - 1);
    private static readonly FlowOptions Flows = FlowOptions.Default with { ReportingCurrency = Value.Parse<Currency>("USD") };

    private static readonly (string Name, Instant AsOf, FigureQuestion Question) Accounts =
        ("cash and ownership", Instant.Maximum, FigureQuestion.Everything with { Families = [FigureFamily.Cash, FigureFamily.Ownership] });

    private static readonly (string Name, Instant AsOf, FigureQuestion Question)[] Networks =
    [
        ("promises", Instant.Maximum, FigureQuestion.Everything with { Families = [FigureFamily.Commitments] }),
        ("burn and runway", Instant.Maximum, FigureQuestion.Everything with { Families = [FigureFamily.Burn] }),
        ("the last year's circle pair by pair", YearEnd, LastYear(FigureFamily.Circular)),
        ("the last year's circle with its network solved", YearEnd, LastYear(FigureFamily.Circular, FigureFamily.Network)),
    ];

    private static FigureQuestion LastYear(params FigureFamily[] families) => new([.. families], Firmness.Paid, Flows) { FlowsFrom = new(Instant.Of(2026, 1, 1).UtcTicks - 1) };

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
            ("the last 1 % of effective time cut by a quarter", 0.05, new Edit.Scale(new() { From = late }, 0.75m)),
            ("one company of 1,000 cut by a quarter", 0.10, new Edit.Scale(new() { Companies = [one] }, 0.75m)),
            ("one company of 1,000 left out", 0.10, new Edit.Drop(new() { Payer = one }, Linked: false)),
        ];
        foreach (var (_, _, edit) in edits)
        {
            Answer(based, edit, Accounts);
        }

        foreach (var asked in Networks)
        {
            var first = Stopwatch.GetTimestamp();
            Answer(based, edits[0].Edit, asked);
            report.Fact($"{asked.Name}: base and first branch in s", Stopwatch.GetElapsedTime(first).TotalSeconds);
        }

        report.Fact("first branches, the base's lists, marks and sums made, in s", clock.Elapsed.TotalSeconds);
        var whole = new Book(based.Base.InFoldOrder.OrderBy(recorded => recorded.Offset));
        foreach (var (name, target, edit) in edits)
        {
            Measure(options, report, based, whole, name, target, edit, Accounts);
        }

        foreach (var asked in Networks)
        {
            Measure(options, report, based, whole, $"{edits[0].Name}, {asked.Name}", edits[0].Target, edits[0].Edit, asked);
            Measure(options, report, based, whole, $"{edits[1].Name}, {asked.Name}", edits[1].Target, edits[1].Edit, asked);
        }

        RunTraced(options, report);
    }

    /// <summary>A smaller book: following every company's money is work in proportion to companies times payments. What one company pays from its first day on is mixed with all that comes after.</summary>
    private static void RunTraced(RunOptions options, Report report)
    {
        var (companies, events) = (200, options.Quick ? 10_000 : 100_000);
        var whole = new Book(MarketRecords.Of(companies, events, seed: 20260105));
        var based = new BaseFigures(new BranchBase(whole, AsKnown.All));
        var late = based.Base.InFoldOrder[(int)(based.Base.InFoldOrder.Count * 0.99)].Header.EffectiveAt;
        (string, Instant, FigureQuestion) asked = ("every dollar followed", Instant.Maximum, new([FigureFamily.Traced], Firmness.Paid, Flows));
        Measure(options, report, based, new Book(based.Base.InFoldOrder.OrderBy(recorded => recorded.Offset)), $"{companies} companies, {events:N0} events, the last 1 % of effective time cut by a quarter, every dollar followed", 0.05, new Edit.Scale(new() { From = late }, 0.75m), asked);
    }

    private static void Measure(
        RunOptions options, Report report, BaseFigures based, Book whole, string name, double target, Edit edit, (string Name, Instant AsOf, FigureQuestion Question) asked)
    {
        var before = FiguresOf(whole, asked);
        var (ours, peer, ourBytes, peerBytes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (branch, comparison, seconds, bytes) = Timed(() => Answer(based, edit, asked));
            RecordedEvent[] edited = [.. branch.Book.Recorded];
            var (_, differences, replaySeconds, replayBytes) = Timed(() => (branch, Replay(edited, before, asked)));
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

    private static (BranchResult.Applied Branch, IReadOnlyList<FigureDifference> Differences) Answer(
        BaseFigures based, Edit edit, (string Name, Instant AsOf, FigureQuestion Question) asked)
    {
        var branch = Branch.Apply(based.Base, [edit]) switch
        {
            BranchResult.Applied applied => applied,
            BranchResult.Refused refused => throw new InvalidOperationException($"{edit} is refused: {refused.Problems[0]}"),
            var other => throw new InvalidOperationException($"{other}"),
        };
        return (branch, BranchComparison.Of(based, branch, asked.AsOf, asked.Question).Differences);
    }

    private static IReadOnlyList<FigureDifference> Replay(RecordedEvent[] edited, Dictionary<FigureKey, FigureValue> before, (string Name, Instant AsOf, FigureQuestion Question) asked)
    {
        var book = new Book(edited);
        var misfits = book.At(Cut.Everything).Events.GroupBy(recorded => recorded.Header.Emitter).Sum(company => Misfits.Of(company.Key, company.Select(recorded => recorded.Envelope)).Count);
        return misfits == 0 ? BranchComparison.Between(before, FiguresOf(book, asked)) : throw new InvalidOperationException("what is left must fit");
    }

    private static Dictionary<FigureKey, FigureValue> FiguresOf(Book book, (string Name, Instant AsOf, FigureQuestion Question) asked)
    {
        var cut = new Cut(asked.AsOf, AsKnown.All);
        if (asked.Question.Families.Contains(FigureFamily.Circular) || asked.Question.Families.Contains(FigureFamily.Traced))
        {
            var (index, window) = (new CircularFlowIndex(book).Publish(), new FlowWindow(asked.Question.FlowsFrom, asked.AsOf));
            var matrix = index.MatrixAt(cut, window, asked.Question.Flows);
            if (asked.Question.Families.Contains(FigureFamily.Traced))
            {
                return new(BookFigures.OfTraces(new TracedPayments(index.FlowsAt(cut, FlowWindow.Everything), index.RatesAt(cut)).Of(matrix.Value!, window, asked.Question.Flows, Instant.Maximum)));
            }

            var network = asked.Question.Families.Contains(FigureFamily.Network) ? BookFigures.OfNetwork(NetworkCircularity.Of(matrix.Value!)) : [];
            return new(BookFigures.OfSums(SummedCircularity.Of(matrix.Value!, asked.Question.Flows.LoansFund)).Concat(network));
        }

        var counted = book.At(cut);
        return asked.Question.Families.Contains(FigureFamily.Commitments) ? new(BookFigures.OfCommitments(counted))
            : asked.Question.Families.Contains(FigureFamily.Burn) ? new(BookFigures.OfBurn(Burn.Of(counted, BookFigures.BurnSpan)))
            : new(BookFigures.OfCash(CashFold.Of(counted).Balances).Concat(ShareRegister.Fold(counted.Events).Issuers.SelectMany(BookFigures.OfOwnership)));
    }

    private static (BranchResult.Applied Branch, IReadOnlyList<FigureDifference> Differences, double Seconds, long Bytes) Timed(Func<(BranchResult.Applied, IReadOnlyList<FigureDifference>)> work)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.GetTimestamp();
        var (branch, differences) = work();
        return (branch, differences, Stopwatch.GetElapsedTime(clock).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
