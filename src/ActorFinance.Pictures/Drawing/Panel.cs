using ActorFinance.Pictures.Charts;
using ScottPlot;

namespace ActorFinance.Pictures.Drawing;

internal enum Swatch
{
    Line,
    Dashes,
    Dots,
    Area,
    HalfArea,
    PaleArea,
}

internal sealed record LegendEntry(string Name, string Colour, Swatch Swatch);

/// <summary>A chart's plot with what stands above it. Everything is drawn in one mode's colours.</summary>
internal sealed class Panel(Theme theme)
{
    public const int NamesShown = 8;

    /// <summary>How strongly an area colours what is below it.</summary>
    public const double Half = 0.6;

    public const double Pale = 0.28;

    private const int NameLength = 44;

    public Theme Theme { get; } = theme;

    public Plot Plot { get; } = Bare(theme);

    public List<LegendEntry> Legend { get; } = [];

    /// <summary>What the vertical axis counts, above its upper end.</summary>
    public string Unit { get; set; } = "";

    public float PlotHeight { get; set; } = 340;

    /// <summary>Said in the middle instead of a plot.</summary>
    public string? Message { get; set; }

    /// <summary>More than was worth a colour.</summary>
    public string? Remark { get; set; }

    /// <summary>A name that would push everything else off the page loses its middle: long ids often differ at their ends.</summary>
    public static string Short(string name, int length = NameLength) => name.Length <= length ? name : $"{name[..((length - 1) / 2)]}…{name[^(length / 2)..]}";

    /// <summary>A second cue beside colour once there are many.</summary>
    public static Swatch PatternOf(int series) => series < 4 ? Swatch.Line : Swatch.Dashes;

    public void Line(IEnumerable<Coordinates> points, string colour, Swatch pattern, float width) => Plot.Add.Plottable(new PlottedLine([.. points], colour, width, pattern));

    public void LimitTimes(DateTime from, DateTime to)
    {
        var span = to - from;
        var (start, end) = span < TimeSpan.FromDays(1) ? (from.AddDays(-20), to.AddDays(20)) : (from - (span * 0.01), to + (span * 0.02));
        Plot.Axes.SetLimitsX(start.ToOADate(), end.ToOADate());
        var (at, labels) = AxisTicks.Dates(start, end, most: 8);
        SetTicks(Plot.Axes.Bottom, at, labels);
    }

    /// <summary>From the smallest to the largest with room at both ends; zero belongs to an axis of amounts.</summary>
    public void LimitValues(Scale scale, double from, double to)
    {
        if (to - from < 1e-12 * Math.Max(1, Math.Abs(to)))
        {
            (from, to) = from == 0 ? (0, scale.IsRatio ? 0.05 : 1) : (Math.Min(0, from * 1.1), Math.Max(0, to * 1.1));
        }

        var room = (to - from) * 0.08;
        var (low, high) = (from < 0 ? from - (1.5 * room) : from, to > 0 ? to + room : to);
        Plot.Axes.SetLimitsY(low, high);
        var (at, labels, name) = AxisTicks.Values(scale, low, high, most: 7);
        SetTicks(Plot.Axes.Left, at, scale.IsRatio ? [.. labels.Select(label => $"{label} %")] : labels);
        Unit = scale.IsRatio ? "" : name;
        if (low < 0)
        {
            Plot.Add.HorizontalLine(0, 1.2f, Theme.Plot(Theme.Muted));
        }
    }

    public void SetTicks(IAxis axis, double[] at, string[] labels) => axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(at, labels);

    private static Plot Bare(Theme theme)
    {
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Font.Set(Fonts.Family);
        plot.Axes.Color(Theme.Plot(theme.Muted));
        plot.Axes.Frame(false);
        plot.Axes.Bottom.FrameLineStyle.IsVisible = true;
        plot.Axes.Bottom.FrameLineStyle.Color = Theme.Plot(theme.Rest);
        plot.Axes.Bottom.FrameLineStyle.Width = 1;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = Fonts.Small;
            axis.TickLabelStyle.ForeColor = Theme.Plot(theme.Muted);
            axis.MajorTickStyle.Length = 4;
            axis.MajorTickStyle.Color = Theme.Plot(theme.Rest);
        }

        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Theme.Plot(theme.Grid);
        plot.Axes.Right.MinimumSize = 42;
        plot.Axes.Top.MinimumSize = 8;
        plot.HideLegend();
        return plot;
    }
}
