using System.Diagnostics;
using ActorFinance.Analysis.Circularity;
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
        var small = Matrix(new(new Book(new CircleBook(1_000 / scale, 10_000 / scale, 10_000 / scale).Events)));
        Measure(report, "cycling index, 1,000 companies, 10,000 edges", "s", options.Rounds, () => FinnCyclingIndex.Of(small));

        var events = new CircleBook(10_000 / scale, 100_000 / scale, 1_000_000 / scale).Events;
        var index = new CircularFlowIndex(new Book(events));
        report.Fact("companies", 10_000 / scale);
        report.Fact("edges", 100_000 / scale);
        report.Fact("flows", events.Count);
        foreach (var (name, from) in new[] { ("all of them", Instant.Minimum), ("the last year", Instant.Of(2025, 1, 1)), ("the last month", Instant.Of(2025, 12, 1)) })
        {
            Measure(report, $"flow matrix of a window of {name}", "ms", options.Rounds, () => Matrix(index, new(from, Instant.Maximum)), 1_000);
        }

        var matrix = Matrix(index);
        Measure(report, "circulation", "s", options.Rounds, () => CirculationShare.Of(matrix));
        Measure(report, "any-path round trip of one company", "s", options.Rounds, () => RoundTrip.Of(matrix, 0));
        Measure(report, "cycling index, 10,000 companies, 100,000 edges", "s", 1, () => FinnCyclingIndex.Of(matrix));

        var series = new CircularFlowIndex(new Book(new CircleBook(200, 2_000, 1_000_000 / scale).Events));
        Measure(report, "60 month-ends of matrix and cycling index, 200 companies, as many flows", "s", Math.Min(options.Rounds, 3), () => MonthEnds.Select(end =>
        {
            var upTo = Matrix(series, new(Instant.Minimum, end));
            return (FinnCyclingIndex.Of(upTo).Index, upTo.Pairs.Sum(pair => (double)pair.Purchased));
        }).ToList());
    }

    private static IEnumerable<Instant> MonthEnds => Enumerable.Range(0, 60).Select(month => Instant.Of(2021 + (month / 12), 1 + (month % 12), 28).EndOfDay());

    private static FlowMatrix Matrix(CircularFlowIndex index, FlowWindow? window = null) =>
        index.MatrixAt(Cut.Everything, window ?? FlowWindow.Everything, FlowOptions.Default).Value ?? throw new InvalidOperationException("the book has no flow matrix");

    /// <summary>The first run is not counted, unless it is the only one.</summary>
    private static void Measure(Report report, string name, string unit, int rounds, Func<object> answer, double perSecond = 1)
    {
        var times = new List<double>();
        for (var round = rounds == 1 ? 1 : 0; round <= rounds; round++)
        {
            GC.Collect();
            var clock = Stopwatch.StartNew();
            _ = answer();
            if (round > 0)
            {
                times.Add(clock.Elapsed.TotalSeconds * perSecond);
            }
        }

        report.Samples(name, unit, times);
    }
}
