using ActorFinance.Pictures.Charts;
using ScottPlot;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Bars that lie: sensitivities around a base, and scenarios side by side; bars that stand: how often each outcome came.</summary>
internal static class BarDrawing
{
    private const int BarsShown = 20;
    private const int GroupsShown = 15;
    private const int NameLength = 34;

    public static Panel Draw(TornadoChart chart, Theme theme)
    {
        var panel = new Panel(theme);
        if (chart.Bars.Count == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var bars = chart.Bars.OrderByDescending(bar => Math.Abs(bar.High - bar.Low)).ThenBy(bar => bar.Parameter, StringComparer.Ordinal).Take(BarsShown).ToList();
        Lie(panel, chart.Scale, [.. bars.Select(bar => bar.Parameter)], bars.SelectMany(bar => new[] { bar.Low, bar.High }).Append(chart.Base), rowHeight: 34);
        for (var i = 0; i < bars.Count; i++)
        {
            Bar(panel, i, 0.62, chart.Base, bars[i].Low, theme.Series[0]);
            Bar(panel, i, 0.62, chart.Base, bars[i].High, theme.Series[1]);
            var (low, high) = bars[i].Low <= bars[i].High ? (bars[i].LowSetting, bars[i].HighSetting) : (bars[i].HighSetting, bars[i].LowSetting);
            Beside(panel, i, Math.Min(chart.Base, Math.Min(bars[i].Low, bars[i].High)), low, left: true);
            Beside(panel, i, Math.Max(chart.Base, Math.Max(bars[i].Low, bars[i].High)), high, left: false);
        }

        panel.Plot.Add.VerticalLine(chart.Base, 1.2f, Theme.Plot(theme.Text));
        panel.Legend.Add(new("parameter low", theme.Series[0], Swatch.Area));
        panel.Legend.Add(new("parameter high", theme.Series[1], Swatch.Area));
        panel.Legend.Add(new($"base {chart.Scale.Text(chart.Base)}", theme.Text, Swatch.Line));
        panel.Remark = chart.Bars.Count > BarsShown ? $"and {chart.Bars.Count - BarsShown} more that move it less" : null;
        return panel;
    }

    public static Panel Draw(SideBySideChart chart, Theme theme)
    {
        var panel = new Panel(theme);
        var groups = chart.Groups.Where(group => group.Values.Any(value => value is not null)).ToList();
        if (groups.Count == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var shown = groups.Take(GroupsShown).ToList();
        Lie(panel, chart.Scale, [.. shown.Select(group => group.Name)], shown.SelectMany(group => group.Values).OfType<double>().Append(0), rowHeight: 16 + (20 * chart.Scenarios.Count));
        var size = 0.8 / chart.Scenarios.Count;
        for (var i = 0; i < shown.Count; i++)
        {
            for (var scenario = 0; scenario < chart.Scenarios.Count; scenario++)
            {
                if (shown[i].Values[scenario] is { } value)
                {
                    var at = i - 0.4 + ((scenario + 0.5) * size);
                    Bar(panel, at, size * 0.86, 0, value, ColourOf(theme, scenario));
                    Beside(panel, at, value, chart.Scale.Text(value), left: value < 0);
                }
            }
        }

        panel.Plot.Add.VerticalLine(0, 1.2f, Theme.Plot(theme.Muted));
        panel.Legend.AddRange(chart.Scenarios.Select((name, i) => new LegendEntry(Panel.Short(name), ColourOf(theme, i), Swatch.Area)));
        panel.Remark = groups.Count > shown.Count ? $"and {groups.Count - shown.Count} more" : null;
        return panel;
    }

    public static Panel Draw(HistogramChart chart, Theme theme)
    {
        var panel = new Panel(theme) { PlotHeight = 220 };
        if (chart.Counts.Sum() == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var (from, to) = (chart.Edges[0], chart.Edges[^1]);
        for (var i = 0; i < chart.Counts.Count; i++)
        {
            var below = !chart.Scale.IsRatio && chart.Edges[i + 1] <= 0;
            panel.Plot.Add.Bar(new Bar
            {
                Position = (chart.Edges[i] + chart.Edges[i + 1]) / 2,
                Value = chart.Counts[i],
                Size = (chart.Edges[i + 1] - chart.Edges[i]) * 0.94,
                FillColor = Theme.Plot(below ? theme.Shortfall : theme.Series[0]),
                LineWidth = 0,
            });
        }

        panel.LimitValues(Scale.Of("runs"), 0, chart.Counts.Max());
        panel.Plot.Axes.SetLimitsX(from - ((to - from) * 0.02), to + ((to - from) * 0.02));
        var (at, labels, name) = AxisTicks.Values(chart.Scale, from, to, most: 9);
        panel.SetTicks(panel.Plot.Axes.Bottom, at, [.. labels.Select(label => $"{label} {name}")]);
        panel.Legend.Add(new($"runs that end in the range", theme.Series[0], Swatch.Area));
        if (!chart.Scale.IsRatio && from < 0)
        {
            panel.Legend.Add(new("below zero", theme.Shortfall, Swatch.Area));
        }

        return panel;
    }

    private static string ColourOf(Theme theme, int scenario) => scenario == 0 ? theme.Muted : theme.Series[(scenario - 1) % theme.Series.Count];

    /// <summary>Names down the left, numbers along the bottom, room for what stands beside the bars.</summary>
    private static void Lie(Panel panel, Scale scale, IReadOnlyList<string> names, IEnumerable<double> values, int rowHeight)
    {
        var all = values.ToList();
        var (from, to) = (all.Min(), all.Max());
        var room = Math.Max(to - from, Math.Abs(to) * 1e-3);
        room = room == 0 ? 1 : room;
        (from, to) = (from - (from < 0 || from == to || all.Count(value => value < 0) > 0 ? room * 0.18 : room * 0.12), to + (room * 0.18));
        panel.Plot.Axes.SetLimits(from, to, names.Count - 0.4, -0.6);
        panel.PlotHeight = 56 + (rowHeight * names.Count);
        panel.SetTicks(panel.Plot.Axes.Left, [.. names.Select((_, i) => (double)i)], [.. names.Select(name => Panel.Short(name, NameLength))]);
        var (at, labels, unit) = AxisTicks.Values(scale, from, to, most: 8);
        panel.SetTicks(panel.Plot.Axes.Bottom, at, [.. labels.Select(label => $"{label} {unit}".TrimEnd())]);
        panel.Plot.Axes.Left.TickLabelStyle.ForeColor = Theme.Plot(panel.Theme.Text);
        panel.Plot.Grid.YAxisStyle.IsVisible = false;
        panel.Plot.Grid.XAxisStyle.IsVisible = true;
    }

    private static void Bar(Panel panel, double at, double size, double from, double to, string colour) => panel.Plot.Add.Bar(new Bar
    {
        Position = at,
        ValueBase = from,
        Value = to,
        Size = size,
        Orientation = Orientation.Horizontal,
        FillColor = Theme.Plot(colour),
        LineWidth = 0,
    });

    private static void Beside(Panel panel, double at, double value, string words, bool left)
    {
        var text = panel.Plot.Add.Text(words, value, at);
        text.LabelFontSize = Fonts.Small;
        text.LabelFontName = Fonts.Family;
        text.LabelFontColor = Theme.Plot(panel.Theme.Text);
        text.LabelAlignment = left ? Alignment.MiddleRight : Alignment.MiddleLeft;
        text.OffsetX = left ? -5 : 5;
    }
}
