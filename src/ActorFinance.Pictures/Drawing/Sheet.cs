using ActorFinance.Pictures.Charts;
using ScottPlot;
using SkiaSharp;

namespace ActorFinance.Pictures.Drawing;

/// <summary>Charts below each other on one sheet: title, note and legend above each plot, so that neither ever covers data.</summary>
internal sealed class Sheet
{
    public const float Width = 1000;
    private const float Margin = 20;
    private const float Row = 19;
    private const float SwatchWidth = 22;

    private readonly Theme _theme;
    private readonly List<(Chart Chart, Panel Panel, List<string> Note, List<List<LegendEntry>> Legend, float Top)> _parts = [];

    public Sheet(IReadOnlyList<Chart> charts, Theme theme)
    {
        _theme = theme;
        using var small = Fonts.Of(Fonts.Small);
        foreach (var chart in charts)
        {
            var panel = Draw(chart, theme);
            var note = new[] { chart.Note, panel.Remark }.OfType<string>().SelectMany(text => Wrapped(text, small)).ToList();
            var legend = Rows(panel.Legend, small);
            _parts.Add((chart, panel, note, legend, Height));
            Height += HeaderHeight(panel, note, legend) + (panel.Message is null ? panel.PlotHeight : 110) + 14;
        }
    }

    public float Height { get; private set; }

    public void Paint(SKCanvas canvas)
    {
        using var background = new SKPaint { Color = Theme.Skia(_theme.Background) };
        canvas.DrawRect(new SKRect(0, 0, Width, Height), background);
        using var small = Fonts.Of(Fonts.Small);
        using var large = Fonts.Of(Fonts.Large, bold: true);
        foreach (var (chart, panel, note, legend, top) in _parts)
        {
            var y = top + 30;
            Write(canvas, Fitting(chart.Title, large), Margin, y, large, _theme.Text);
            foreach (var line in note)
            {
                y += Row;
                Write(canvas, line, Margin, y, small, _theme.Muted);
            }

            foreach (var row in legend)
            {
                y += Row + 1;
                Legend(canvas, row, y, small);
            }

            if (panel.Message is { } message)
            {
                Write(canvas, message, Margin, y + 56, small, _theme.Muted);
                continue;
            }

            if (panel.Unit.Length > 0)
            {
                y += Row + 4;
                Write(canvas, panel.Unit, Margin, y, small, _theme.Muted);
            }

            var below = top + HeaderHeight(panel, note, legend);
            var place = new PixelRect(Margin - 4, Width - 4, below + panel.PlotHeight, below);
            // The first rendering of a plot finds its axes changed and draws it once more on top, which doubles every tint.
            using var nowhere = new SKNoDrawCanvas((int)Width, (int)Height);
            panel.Plot.Render(nowhere, place);
            panel.Plot.Render(canvas, place);
        }
    }

    private static Panel Draw(Chart chart, Theme theme) => chart switch
    {
        StepChart step => StepDrawing.Draw(step, theme),
        LineChart line => LineDrawing.Draw(line, theme),
        StackChart stack => StackDrawing.Draw(stack, theme),
        FanChart fan => FanDrawing.Draw(fan, theme),
        TornadoChart tornado => BarDrawing.Draw(tornado, theme),
        HistogramChart histogram => BarDrawing.Draw(histogram, theme),
        SideBySideChart bars => BarDrawing.Draw(bars, theme),
        _ => throw new InvalidOperationException($"{chart.GetType().Name} is not drawn"),
    };

    private static float HeaderHeight(Panel panel, List<string> note, List<List<LegendEntry>> legend) =>
        36 + (Row * note.Count) + ((Row + 1) * legend.Count) + (panel.Unit.Length > 0 ? Row + 4 : 0);

    private static void Write(SKCanvas canvas, string text, float x, float y, SKFont font, string colour)
    {
        using var paint = new SKPaint { Color = Theme.Skia(colour), IsAntialias = true };
        canvas.DrawText(text, x, y, font, paint);
    }

    private void Legend(SKCanvas canvas, List<LegendEntry> row, float y, SKFont font)
    {
        var x = Margin;
        foreach (var entry in row)
        {
            using var paint = new SKPaint { Color = Theme.Skia(entry.Colour), IsAntialias = true, StrokeWidth = 2.4f };
            switch (entry.Swatch)
            {
                case Swatch.Area or Swatch.HalfArea or Swatch.PaleArea:
                    paint.Color = paint.Color.WithAlpha((byte)(255 * (entry.Swatch switch { Swatch.Area => 1, Swatch.HalfArea => Panel.Half, _ => Panel.Pale })));
                    canvas.DrawRect(new SKRect(x, y - 9, x + SwatchWidth - 6, y + 1), paint);
                    break;
                default:
                    var (dash, gap) = PlottedLine.DashOf(entry.Swatch) ?? (SwatchWidth - 4, 0);
                    for (var at = 0f; at < SwatchWidth - 4; at += dash + gap)
                    {
                        canvas.DrawLine(x + at, y - 4, x + Math.Min(at + dash, SwatchWidth - 4), y - 4, paint);
                    }

                    break;
            }

            Write(canvas, entry.Name, x + SwatchWidth, y, font, _theme.Text);
            x += EntryWidth(entry, font);
        }
    }

    private static float EntryWidth(LegendEntry entry, SKFont font) => SwatchWidth + font.MeasureText(entry.Name) + 18;

    private static List<List<LegendEntry>> Rows(List<LegendEntry> entries, SKFont font)
    {
        var (rows, left) = (new List<List<LegendEntry>>(), 0f);
        foreach (var entry in entries)
        {
            var width = EntryWidth(entry, font);
            if (left < width)
            {
                rows.Add([]);
                left = Width - (2 * Margin);
            }

            rows[^1].Add(entry);
            left -= width;
        }

        return rows;
    }

    private static List<string> Wrapped(string text, SKFont font)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && font.MeasureText($"{lines[^1]} {word}") <= Width - (2 * Margin))
            {
                lines[^1] += $" {word}";
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    private static string Fitting(string title, SKFont font)
    {
        while (font.MeasureText(title) > Width - (2 * Margin) && title.Length > 2)
        {
            title = title[..^2] + "…";
        }

        return title;
    }
}
