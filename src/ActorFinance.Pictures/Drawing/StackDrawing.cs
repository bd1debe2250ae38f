using ActorFinance.Pictures.Charts;
using ScottPlot;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Parts of a whole as steps on top of each other; of many the largest have a colour and the others lie together on top.</summary>
internal static class StackDrawing
{
    /// <summary>Whom nobody named: always the last and grey, however large.</summary>
    private const string Outside = "outside";

    public static Panel Draw(StackChart chart, Theme theme)
    {
        var panel = new Panel(theme);
        if (chart.Times.Count == 0 || chart.Parts.Count == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var (start, last) = (chart.Times[0], chart.Times[^1]);
        var end = last + TimeSpan.FromTicks(Math.Max((last - start).Ticks / 40, TimeSpan.TicksPerDay * (chart.Times.Count == 1 ? 30 : 1)));
        panel.LimitTimes(start, end);
        panel.LimitValues(Scale.Ratio, 0, 1);
        panel.Plot.Axes.SetLimits(start.ToOADate(), end.ToOADate(), 0, 1);
        var layers = Layers(chart, theme);
        var bottom = new double[chart.Times.Count];
        foreach (var (name, values, colour) in layers)
        {
            var top = bottom.Zip(values, (low, part) => low + part).ToArray();
            var area = panel.Plot.Add.Polygon([.. Edge(chart.Times, top, end), .. Edge(chart.Times, bottom, end).Reverse()]);
            area.FillColor = Theme.Plot(colour);
            area.LineColor = Theme.Plot(theme.Background);
            area.LineWidth = 0.8f;
            bottom = top;
            panel.Legend.Add(new($"{Panel.Short(name)} {Scale.Ratio.Text(values[^1])}", colour, Swatch.Area));
        }

        panel.Legend.Reverse();
        return panel;
    }

    private static List<(string Name, double[] Values, string Colour)> Layers(StackChart chart, Theme theme)
    {
        var ranked = chart.Parts.Where(part => part.Name != Outside).OrderByDescending(part => part.Values.Max()).ToList();
        var named = ranked.Count > Panel.NamesShown ? Panel.NamesShown - 1 : ranked.Count;
        var layers = ranked.Take(named)
            .Select((part, i) => (part.Name, part.Values.ToArray(), theme.Series[i]))
            .OrderByDescending(layer => layer.Item2[^1])
            .ToList();
        if (ranked.Count > named)
        {
            layers.Add(($"{ranked.Count - named} others", [.. chart.Times.Select((_, i) => ranked.Skip(named).Sum(part => part.Values[i]))], theme.Muted));
        }

        if (chart.Parts.FirstOrDefault(part => part.Name == Outside) is { } outside)
        {
            layers.Add((Outside, [.. outside.Values], theme.Rest));
        }

        return layers;
    }

    private static IEnumerable<Coordinates> Edge(IReadOnlyList<DateTime> times, double[] values, DateTime end)
    {
        for (var i = 0; i < times.Count; i++)
        {
            yield return new(times[i].ToOADate(), values[i]);
            yield return new((i + 1 < times.Count ? times[i + 1] : end).ToOADate(), values[i]);
        }
    }
}
