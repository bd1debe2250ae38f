using ActorFinance.Pictures.Charts;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Figures over time; where one is undefined its line has a gap, and a point alone is a dot.</summary>
internal static class LineDrawing
{
    private const int DotsUpTo = 30;

    public static Panel Draw(LineChart chart, Theme theme)
    {
        var panel = new Panel(theme);
        var drawn = chart.Lines.Where(line => line.Points.Any(point => point.Value is not null)).ToList();
        if (drawn.Count == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var times = chart.Lines.SelectMany(line => line.Points).Select(point => point.At).ToList();
        panel.LimitTimes(times.Min(), times.Max());
        var values = drawn.SelectMany(line => line.Points).Select(point => point.Value ?? 0).Append(0).ToList();
        panel.LimitValues(chart.Scale, values.Min(), values.Max());
        var named = drawn.Count > Panel.NamesShown ? Panel.NamesShown - 1 : drawn.Count;
        if (drawn.Count > named)
        {
            drawn = [.. drawn.OrderByDescending(line => line.Points.Max(point => Math.Abs(point.Value ?? 0)))];
        }

        for (var i = drawn.Count - 1; i >= 0; i--)
        {
            foreach (var run in Runs(drawn[i].Points))
            {
                var (colour, pattern) = i < named ? (theme.Series[i], Panel.PatternOf(i)) : (theme.Rest, Swatch.Line);
                double[] xs = [.. run.Select(point => point.At.ToOADate())];
                double[] ys = [.. run.Select(point => point.Value!.Value)];
                panel.Line(xs.Zip(ys, (x, y) => new ScottPlot.Coordinates(x, y)), colour, pattern, i < named ? 2.2f : 1);
                if (run.Count == 1 || (i < named && drawn[i].Points.Count <= DotsUpTo))
                {
                    panel.Plot.Add.Markers(xs, ys, ScottPlot.MarkerShape.FilledCircle, run.Count == 1 ? 8 : 5, Theme.Plot(colour));
                }
            }
        }

        panel.Legend.AddRange(drawn.Take(named).Select((line, i) => new LegendEntry(Panel.Short(line.Name), theme.Series[i], Panel.PatternOf(i))));
        if (drawn.Count > named)
        {
            panel.Legend.Add(new($"{drawn.Count - named} more", theme.Rest, Swatch.Line));
        }

        return panel;
    }

    private static IEnumerable<List<ChartPoint>> Runs(IReadOnlyList<ChartPoint> points)
    {
        var run = new List<ChartPoint>();
        foreach (var point in points)
        {
            if (point.Value is not null)
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
