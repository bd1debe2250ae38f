using System.Diagnostics;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>In process: the measures of the circle where every company can pay every other on some way, which is the hardest case.</summary>
internal static class Circle
{
    public static void Run(RunOptions options, Report report)
    {
        var scale = options.Quick ? 10 : 1;
        var small = Matrix(new CircularFlowIndex(new Book(new CircleBook(1_000 / scale, 10_000 / scale, 10_000 / scale).Events)).Publish());
        Measure(report, "cycling index, 1,000 companies, 10,000 edges (target 1)", "s", options.Rounds, () => FinnCyclingIndex.Of(small));
        Series(options, report, scale);

        var index = new CircularFlowIndex(new Book(new CircleBook(10_000 / scale, 100_000 / scale, 1_000_000 / scale).Events)).Publish();
        report.Fact("companies", 10_000 / scale);
        report.Fact("edges", 100_000 / scale);
        report.Fact("flows", 1_000_000 / scale);
        foreach (var (name, from) in new[] { ("all of them (target 50)", Instant.Minimum), ("the last year", Instant.Of(2025, 1, 1)), ("the last month", Instant.Of(2025, 12, 1)) })
        {
            Measure(report, $"flow matrix of a window of {name}", "ms", options.Rounds, () => Matrix(index, new(from, Instant.Maximum)), 1_000);
        }

        // A matrix keeps how its network is laid out: each question is asked of one that was asked nothing before.
        var circulation = Measure(report, "circulation (target 2)", "s", options.Rounds, () => Matrix(index), CirculationShare.Of);
        var roundTrip = Measure(report, "any-path round trip of one company (target 2)", "s", options.Rounds, () => Matrix(index), matrix => RoundTrip.Of(matrix, 0));
        Measure(report, "cycling index, 10,000 companies, 100,000 edges (target 60)", "s", 1, () => Matrix(index), matrix => FinnCyclingIndex.Of(matrix));

        var many = new CircularFlowIndex(new Book(new CircleBook(10_000 / scale, 1_000_000 / scale, 1_000_000 / scale).Events)).Publish();
        var rounds = Math.Min(options.Rounds, 3);
        report.Compare("circulation with ten times the edges", Measure(report, "circulation, ten times the edges", "s", rounds, () => Matrix(many), CirculationShare.Of), circulation, "< 15");
        report.Compare("any-path round trip with ten times the edges", Measure(report, "any-path round trip, ten times the edges", "s", rounds, () => Matrix(many), matrix => RoundTrip.Of(matrix, 0)), roundTrip, "< 15");
    }

    /// <summary>60 month-ends, each from the beginning, over one component of 200 companies.</summary>
    private static void Series(RunOptions options, Report report, int scale)
    {
        var events = new CircleBook(200, 2_000, 1_000_000 / scale).Events;
        var index = new CircularFlowIndex(new Book(events)).Publish();
        FlowWindow[] windows = [.. MonthEnds.Select(end => new FlowWindow(Instant.Minimum, end))];
        var rounds = Math.Min(options.Rounds, 3);
        var together = Measure(report, "60 month-ends of matrix, direct round trip, financed revenue and cycling index, 200 companies, as many flows (target 2)", "s", rounds, () =>
            index.MatricesAt(Cut.Everything, windows, FlowOptions.Default).Select(outcome => (FinnCyclingIndex.Of(outcome.Value!).Index, DirectCircularity.Of(outcome.Value!, loansFund: false))).ToList());
        var apart = Measure(report, "the same, each month-end asked for on its own", "s", 1, () =>
            windows.Select(window => Matrix(index, window)).Select(matrix => (FinnCyclingIndex.Of(matrix).Index, DirectCircularity.Of(matrix, loansFund: false))).ToList());
        report.Compare("together against apart", together, apart, "< 1");
        Measure(report, "the same with circulation and named cycles, as `circular --every month` shows it", "s", 1, () => Every(index, FlowOptions.Default with { Measures = FlowMeasures.Network }));
        Measure(report, "every measure of one company too, as `circular --every month --company` shows it (target 2)", "s", 1, () => Every(index, FlowOptions.Default with { Company = events.First().Header.Emitter }));
    }

    private static object Every(CircularSnapshot index, FlowOptions options) =>
        CircularView.SeriesAt(index, Cut.Everything, FlowWindow.Everything, SeriesStep.Month, rolling: null, Firmness.Paid, options).Value ?? throw new InvalidOperationException("the book has no series");

    private static IEnumerable<Instant> MonthEnds => Enumerable.Range(0, 60).Select(month => Instant.Of(2021 + (month / 12), 1 + (month % 12), 28).EndOfDay());

    private static FlowMatrix Matrix(CircularSnapshot index, FlowWindow? window = null) =>
        index.MatrixAt(Cut.Everything, window ?? FlowWindow.Everything, FlowOptions.Default).Value ?? throw new InvalidOperationException("the book has no flow matrix");

    private static List<double> Measure(Report report, string name, string unit, int rounds, Func<object> answer, double perSecond = 1) =>
        Measure(report, name, unit, rounds, () => 0, _ => answer(), perSecond);

    /// <summary>The first run is not counted, unless it is the only one. What it is asked of is made anew for each and not counted.</summary>
    private static List<double> Measure<T>(Report report, string name, string unit, int rounds, Func<T> made, Func<T, object> answer, double perSecond = 1)
    {
        var times = new List<double>();
        for (var round = rounds == 1 ? 1 : 0; round <= rounds; round++)
        {
            var asked = made();
            GC.Collect();
            var clock = Stopwatch.StartNew();
            _ = answer(asked);
            if (round > 0)
            {
                times.Add(clock.Elapsed.TotalSeconds * perSecond);
            }
        }

        report.Samples(name, unit, times);
        return times;
    }
}
