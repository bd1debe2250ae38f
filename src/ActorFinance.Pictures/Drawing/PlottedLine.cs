using ScottPlot;
using SkiaSharp;

namespace ActorFinance.Pictures.Drawing;

/// <summary>
/// A line through points, straight or in steps, that cuts its own dashes: Skia's SVG has no dashes, and complains on standard error where it is asked for some.
/// </summary>
internal sealed class PlottedLine(Coordinates[] points, string colour, float width, Swatch pattern) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    /// <summary>The lengths of a dash and of what follows it; null for a line without end.</summary>
    public static (float Dash, float Gap)? DashOf(Swatch pattern) => pattern switch { Swatch.Dashes => (8, 5), Swatch.Dots => (2, 3), _ => null };

    public AxisLimits GetAxisLimits() => new(points);

    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        var pixels = points.Select(point => Axes.GetPixel(point)).Select(pixel => new SKPoint(pixel.X, pixel.Y)).ToArray();
        if (DashOf(pattern) is var (dash, gap))
        {
            Cut(path, pixels, dash, gap);
        }
        else
        {
            path.AddPoly(pixels, close: false);
        }

        using var paint = new SKPaint { Color = SKColor.Parse(colour), StrokeWidth = width, Style = SKPaintStyle.Stroke, StrokeJoin = SKStrokeJoin.Round, IsAntialias = true };
        rp.Canvas.DrawPath(path, paint);
    }

    /// <summary>Dashes run on round corners: a step shorter than a dash would otherwise never show.</summary>
    private static void Cut(SKPath path, SKPoint[] pixels, float dash, float gap)
    {
        var (left, isDash) = (dash, true);
        path.MoveTo(pixels[0]);
        for (var i = 1; i < pixels.Length; i++)
        {
            var (from, length) = (pixels[i - 1], SKPoint.Distance(pixels[i - 1], pixels[i]));
            for (var done = 0f; done < length;)
            {
                var piece = Math.Min(left, length - done);
                done += piece;
                var at = new SKPoint(from.X + ((pixels[i].X - from.X) * done / length), from.Y + ((pixels[i].Y - from.Y) * done / length));
                if (isDash)
                {
                    path.LineTo(at);
                }
                else
                {
                    path.MoveTo(at);
                }

                left -= piece;
                if (left <= 0)
                {
                    isDash = !isDash;
                    left = isDash ? dash : gap;
                }
            }
        }
    }
}
