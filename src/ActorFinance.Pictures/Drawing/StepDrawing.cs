using System.Globalization;
using ActorFinance.Pictures.Charts;
using ScottPlot;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Balances as steps: shortfalls shaded, the lowest point of each marked with its day; of many accounts the most telling stand out and the rest stay grey.</summary>
internal static class StepDrawing
{
    private const int MarksLabelled = 3;
    private static readonly Swatch[] s_scenarios = [Swatch.Line, Swatch.Dashes, Swatch.Dots];

    public static Panel Draw(StepChart chart, Theme theme)
    {
        var panel = new Panel(theme);
        var drawn = chart.Paths.Where(path => path.Points.Count > 0).ToList();
        if (drawn.Count == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var times = drawn.SelectMany(path => path.Points.Select(point => point.At).Append(path.Lowest?.At ?? path.Points[0].At)).ToList();
        var (start, end) = (times.Min(), times.Max());
        panel.LimitTimes(start, end);
        var values = drawn.SelectMany(path => path.Points.Append(path.Lowest ?? path.Points[0])).Select(point => point.Value ?? 0).Append(0).ToList();
        panel.LimitValues(chart.Scale, values.Min(), values.Max());

        var names = drawn.GroupBy(path => path.Name).OrderBy(one => one.Min(Worst)).ThenByDescending(one => one.Max(Largest)).Select(one => one.Key).ToList();
        var coloured = names.Take(names.Count == Panel.NamesShown + 1 ? names.Count - 2 : Panel.NamesShown).ToList();
        var until = panel.Plot.Axes.GetLimits().Right;
        foreach (var path in drawn.Where(path => !coloured.Contains(path.Name)))
        {
            Line(panel, path, until, theme.Rest, Swatch.Line, 1);
        }

        Shade(panel, [.. drawn.Where(path => path.IsBalance).Select(path => Held(path, until))]);

        foreach (var path in drawn.Where(path => coloured.Contains(path.Name)).OrderByDescending(path => coloured.IndexOf(path.Name)).ThenByDescending(path => path.Scenario))
        {
            var series = coloured.IndexOf(path.Name);
            Line(panel, path, until, theme.Series[series], Pattern(drawn, path, series), path.Scenario == 0 ? 2.2f : 2f);
        }

        Mark(panel, chart.Scale, [.. drawn.Where(path => coloured.Contains(path.Name) && path is { IsBalance: true, Lowest: not null })], coloured, start, end);
        AddLegend(panel, drawn, coloured, names.Count - coloured.Count);
        return panel;
    }

    private static double Worst(StepPath path) => path.IsBalance ? Math.Min(0, path.Lowest?.Value ?? path.Points.Min(point => point.Value ?? 0)) : 0;

    private static double Largest(StepPath path) => path.Points.Max(point => Math.Abs(point.Value ?? 0));

    private static Swatch Pattern(List<StepPath> drawn, StepPath path, int series) =>
        drawn.Any(one => one.Scenario > 0) ? s_scenarios[Math.Min(path.Scenario, s_scenarios.Length - 1)] : Panel.PatternOf(series);

    private static void Line(Panel panel, StepPath path, double until, string colour, Swatch pattern, float width)
    {
        var (xs, ys) = Held(path, until);
        panel.Line(xs.SelectMany((x, i) => i == 0 ? new[] { new Coordinates(x, ys[0]) } : [new(x, ys[i - 1]), new(x, ys[i])]), colour, pattern, width);
        if (path.Points.Count == 1)
        {
            panel.Plot.Add.Marker(xs[0], ys[0], MarkerShape.FilledCircle, 7, Theme.Plot(colour));
        }
    }

    /// <summary>The last balance holds until the end of the picture.</summary>
    private static (double[] Xs, double[] Ys) Held(StepPath path, double until) =>
        ([.. path.Points.Select(point => point.At.ToOADate()), until], [.. path.Points.Select(point => point.Value ?? 0), path.Points[^1].Value ?? 0]);

    /// <summary>Down to the lowest balance at each time: one tint, however many fall short at once.</summary>
    private static void Shade(Panel panel, List<(double[] Xs, double[] Ys)> balances)
    {
        var times = balances.SelectMany(balance => balance.Xs).Distinct().Order().ToArray();
        var lowest = new double[times.Length];
        foreach (var (xs, ys) in balances)
        {
            for (var (i, at) = (0, -1); i < times.Length; i++)
            {
                // Several changes of one instant: the last of them holds.
                while (at + 1 < xs.Length && xs[at + 1] <= times[i])
                {
                    at++;
                }

                lowest[i] = at < 0 ? lowest[i] : Math.Min(lowest[i], ys[at]);
            }
        }

        var corners = new List<Coordinates>();
        for (var i = 0; i < times.Length; i++)
        {
            if (lowest[i] < 0)
            {
                corners.Add(new(times[i], lowest[i]));
                corners.Add(new(i + 1 < times.Length ? times[i + 1] : times[i], lowest[i]));
            }

            if (corners.Count > 0 && (lowest[i] >= 0 || i + 1 == times.Length))
            {
                var area = panel.Plot.Add.Polygon([new(corners[0].X, 0), .. corners, new(corners[^1].X, 0)]);
                area.FillColor = Theme.Plot(panel.Theme.Shortfall).WithAlpha(Panel.Pale);
                area.LineWidth = 0;
                corners.Clear();
            }
        }
    }

    private static void Mark(Panel panel, Scale scale, List<StepPath> paths, List<string> coloured, DateTime start, DateTime end)
    {
        var labelled = new List<(double X, double Y)>();
        var limits = panel.Plot.Axes.GetLimits();
        foreach (var path in paths.OrderBy(Worst).ThenBy(path => path.Scenario))
        {
            var (at, value) = (path.Lowest!.Value.At.ToOADate(), path.Lowest!.Value.Value ?? 0);
            var dot = panel.Plot.Add.Marker(at, value, MarkerShape.FilledCircle, 8, Theme.Plot(panel.Theme.Series[coloured.IndexOf(path.Name)]));
            dot.MarkerLineColor = Theme.Plot(panel.Theme.Background);
            dot.MarkerLineWidth = 1.5f;
            if (path.Points.LastOrDefault(point => point.At <= path.Lowest.Value.At).Value is { } held && held != value)
            {
                panel.Line([new(at, held), new(at, value)], panel.Theme.Series[coloured.IndexOf(path.Name)], Swatch.Line, 1);
            }

            var (x, y) = ((at - limits.Left) / limits.HorizontalSpan, (value - limits.Bottom) / limits.VerticalSpan);
            if (labelled.Count == MarksLabelled || labelled.Any(other => Math.Abs(other.X - x) < 0.34 && Math.Abs(other.Y - y) < 0.075))
            {
                continue;
            }

            labelled.Add((x, y));
            var text = panel.Plot.Add.Text($"{(coloured.Count > 1 ? $"{Panel.Short(path.Name, 20)}: " : "")}lowest {scale.Text(value)}, {path.Lowest.Value.At.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}", at, value);
            text.LabelFontSize = Fonts.Small;
            text.LabelFontName = Fonts.Family;
            text.LabelFontColor = Theme.Plot(coloured.Count > 1 ? panel.Theme.Series[coloured.IndexOf(path.Name)] : panel.Theme.Text);
            text.LabelBackgroundColor = Theme.Plot(panel.Theme.Background).WithAlpha(0.85);
            text.LabelAlignment = (x > 0.6, y < 0.08) switch
            {
                (true, true) => Alignment.LowerRight,
                (true, false) => Alignment.UpperRight,
                (false, true) => Alignment.LowerLeft,
                _ => Alignment.UpperLeft,
            };
            text.OffsetX = x > 0.6 ? -8 : 8;
            text.OffsetY = y < 0.08 ? -4 : 6;
        }
    }

    private static void AddLegend(Panel panel, List<StepPath> drawn, List<string> coloured, int rest)
    {
        var scenarios = drawn.Where(path => path.ScenarioName is not null).GroupBy(path => path.Scenario).OrderBy(one => one.Key).ToList();
        for (var i = 0; i < coloured.Count; i++)
        {
            var change = drawn.Any(path => path.IsBalance) && drawn.Any(path => path.Name == coloured[i] && !path.IsBalance) ? " (change)" : "";
            panel.Legend.Add(new(Panel.Short(coloured[i]) + change, panel.Theme.Series[i], scenarios.Count > 1 ? Swatch.Area : Panel.PatternOf(i)));
        }

        if (scenarios.Count > 1)
        {
            foreach (var scenario in scenarios)
            {
                panel.Legend.Add(new(Panel.Short(scenario.First().ScenarioName!), panel.Theme.Muted, s_scenarios[Math.Min(scenario.Key, s_scenarios.Length - 1)]));
            }
        }

        if (drawn.Any(path => !path.IsBalance))
        {
            panel.Remark = drawn.Any(path => path.IsBalance)
                ? "change: since the start, for want of a recorded opening balance; below zero it is no shortfall"
                : "changes since the start, for want of a recorded opening balance; below zero they are no shortfall";
        }

        if (rest > 0)
        {
            panel.Legend.Add(new($"{rest} more", panel.Theme.Rest, Swatch.Line));
        }

        if (drawn.Any(path => path.IsBalance && path.Points.Any(point => point.Value < 0)))
        {
            panel.Legend.Add(new("shortfall", panel.Theme.Shortfall, Swatch.PaleArea));
        }
    }
}
