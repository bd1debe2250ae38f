using ActorFinance.Pictures.Charts;
using ScottPlot;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Quantiles over time: pale for nine runs of ten, deeper for half of them, a line for the median; amounts below zero are shaded.</summary>
internal static class FanDrawing
{
    /// <summary>On top of the pale band it makes <see cref="Panel.Half"/>.</summary>
    private const double Deeper = 1 - ((1 - Panel.Half) / (1 - Panel.Pale));

    public static Panel Draw(FanChart chart, Theme theme)
    {
        var panel = new Panel(theme);
        if (chart.Points.Count == 0)
        {
            panel.Message = chart.WhenEmpty;
            return panel;
        }

        var points = chart.Points.Count > 1 ? chart.Points : [chart.Points[0] with { At = chart.Points[0].At.AddDays(-4) }, chart.Points[0] with { At = chart.Points[0].At.AddDays(4) }];
        panel.LimitTimes(points[0].At, points[^1].At);
        panel.LimitValues(chart.Scale, Math.Min(0, points.Min(point => point.P5)), Math.Max(0, points.Max(point => point.P95)));
        var (colour, hasShortfall) = (theme.Series[0], !chart.Scale.IsRatio && points.Any(point => point.P5 < 0));
        var all = hasShortfall ? AtCrossings(points) : points;
        Func<double, double> above = hasShortfall ? value => Math.Max(0, value) : value => value;
        Band(panel, all, point => above(point.P5), point => above(point.P95), colour, Panel.Pale);
        Band(panel, all, point => above(point.P25), point => above(point.P75), colour, Deeper);
        if (hasShortfall)
        {
            Band(panel, all, point => Math.Min(0, point.P5), point => Math.Min(0, point.P95), theme.Shortfall, Panel.Pale);
            Band(panel, all, point => Math.Min(0, point.P25), point => Math.Min(0, point.P75), theme.Shortfall, Deeper);
        }

        panel.Line(points.Select(point => new Coordinates(point.At.ToOADate(), point.P50)), theme.Text, Swatch.Line, 2.2f);
        panel.Legend.Add(new("median", theme.Text, Swatch.Line));
        panel.Legend.Add(new("half of all runs (25 to 75 %)", colour, Swatch.HalfArea));
        panel.Legend.Add(new("nine of ten (5 to 95 %)", colour, Swatch.PaleArea));
        if (hasShortfall)
        {
            panel.Legend.Add(new("shortfall", theme.Shortfall, Swatch.PaleArea));
        }

        return panel;
    }

    private static void Band(Panel panel, IReadOnlyList<FanPoint> points, Func<FanPoint, double> low, Func<FanPoint, double> high, string colour, double alpha)
    {
        var area = panel.Plot.Add.Polygon([
            .. points.Select(point => new Coordinates(point.At.ToOADate(), high(point))),
            .. points.Reverse().Select(point => new Coordinates(point.At.ToOADate(), low(point))),
        ]);
        area.FillColor = Theme.Plot(colour).WithAlpha(alpha);
        area.LineWidth = 0;
    }

    /// <summary>With the points at which an edge of a band passes zero, so that the shading ends there and not at a neighbour.</summary>
    private static List<FanPoint> AtCrossings(IReadOnlyList<FanPoint> points)
    {
        var all = new List<FanPoint> { points[0] };
        for (var i = 1; i < points.Count; i++)
        {
            var (before, after) = (points[i - 1], points[i]);
            var shares = new[] { Crossing(before.P5, after.P5), Crossing(before.P25, after.P25), Crossing(before.P75, after.P75), Crossing(before.P95, after.P95) }.OfType<double>().Order();
            all.AddRange(shares.Select(share => Between(before, after, share)));
            all.Add(after);
        }

        return all;
    }

    private static double? Crossing(double before, double after) => before < 0 != after < 0 ? before / (before - after) : null;

    private static FanPoint Between(FanPoint a, FanPoint b, double share) => new(
        a.At + ((b.At - a.At) * share),
        a.P5 + ((b.P5 - a.P5) * share), a.P25 + ((b.P25 - a.P25) * share), a.P50 + ((b.P50 - a.P50) * share), a.P75 + ((b.P75 - a.P75) * share), a.P95 + ((b.P95 - a.P95) * share));
}
