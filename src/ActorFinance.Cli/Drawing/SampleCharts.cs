using System.Globalization;
using ActorFinance.Cli.Output;
using ActorFinance.Pictures.Charts;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Cli.Drawing;

/// <summary>Many runs as fans over time, one histogram of the most endangered cash, and tornados.</summary>
internal static class SampleCharts
{
    private const int FansShown = 8;
    private const int Bins = 40;

    public static DrawnCharts Of(SampleAnswer answer)
    {
        var note = $"{Figures.Count(answer.Table.Runs, "run")}, seed {answer.Plan.Seed}{(answer.Stopped > 0 ? $"; {answer.Stopped:#,0} stopped early and are left out" : "")}";
        var charts = new List<Chart>();
        charts.AddRange(answer.Courses.Take(FansShown).Select(course => Fan(answer, course, note)));
        if (answer.Places(SampledMeasure.LowestCash).Select(place => (Place: place, Risk: answer.ShortfallBy(place, answer.End) ?? 0)).OrderByDescending(one => one.Risk).FirstOrDefault() is { Risk: > 0 } worst)
        {
            charts.Add(Risks(answer, note));
            charts.Add(Histogram(answer, worst.Place, $"{note}; below zero in {Figures.Percent(worst.Risk)} of all runs"));
        }

        charts.AddRange(answer.Moved.Select(place => Tornado(answer, place)));
        return new(charts.Count > 0 ? charts : [new FanChart(answer.Simulation.Name, note, Scale.Of(""), []) { WhenEmpty = "The scenario has no figures." }]);
    }

    private static Scale ScaleOf(SampledColumn column) => column.IsRatio ? Scale.Ratio : Scale.Of(column.Unit ?? "");

    private static FanChart Fan(SampleAnswer answer, IReadOnlyList<int> course, string note)
    {
        var column = answer.Columns[course[0]];
        return new(column.Name, note, ScaleOf(column),
        [
            .. course.Select(place => (answer.Columns[place].At, answer.Summary(place).Quantiles))
                .Where(point => point.Quantiles.Count == Quantiles.Shown.Count)
                .Select(point => new FanPoint(point.At!.Value.ToDateTime(), (double)point.Quantiles[0], (double)point.Quantiles[1], (double)point.Quantiles[2], (double)point.Quantiles[3], (double)point.Quantiles[4])),
        ]) { WhenEmpty = "No run has this figure." };
    }

    private static LineChart Risks(SampleAnswer answer, string note) => new("How likely a shortfall has come by then", note, Scale.Ratio,
    [
        .. answer.Places(SampledMeasure.LowestCash)
            .Where(place => answer.ShortfallBy(place, answer.End) > 0)
            .Select(place => new ChartLine(answer.Columns[place].Name, [.. answer.Question.Times.Select(at => new ChartPoint(at.ToDateTime(), answer.ShortfallBy(place, at)))])),
    ]);

    private static HistogramChart Histogram(SampleAnswer answer, int place, string note)
    {
        var values = answer.Table.Column(place).Select(value => (double)value).ToList();
        var (from, to) = (values.Min(), values.Max());
        var width = RoundWidth(Math.Max(to - from, Math.Max(1, Math.Abs(to)) * 1e-9) / Bins);
        var first = Math.Floor(from / width);
        var counts = new int[(int)(Math.Floor(to / width) - first) + 1];
        foreach (var value in values)
        {
            counts[(int)(Math.Floor(value / width) - first)]++;
        }

        return new($"Lowest cash of {answer.Columns[place].Name}", note, ScaleOf(answer.Columns[place]), [.. Enumerable.Range(0, counts.Length + 1).Select(i => (first + i) * width)], counts);
    }

    /// <summary>So that zero is an edge, and the others are round.</summary>
    private static double RoundWidth(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * new[] { 1, 2, 5, 10 }.First(step => step * power >= least * (1 - 1e-9));
    }

    private static TornadoChart Tornado(SampleAnswer answer, int place)
    {
        var column = answer.Columns[place];
        return new(
            $"What moves {SampleOutput.TitleOf(column)} most",
            string.Create(CultureInfo.InvariantCulture, $"each parameter alone at {Sensitivity.LowShare * 100:0} and {Sensitivity.HighShare * 100:0} % of its distribution, on {answer.End.ToDateText()}"),
            ScaleOf(column),
            (double)(answer.Rows.Base[place] ?? 0),
            [
                .. answer.Tornado(place).Where(bar => bar is { Low: not null, High: not null }).Select(bar => new TornadoBar(
                    bar.Parameter, SampleOutput.Shown(answer.Setting(bar.Parameter, bar.LowSetting)), (double)bar.Low!.Value, SampleOutput.Shown(answer.Setting(bar.Parameter, bar.HighSetting)), (double)bar.High!.Value)),
            ]);
    }
}
