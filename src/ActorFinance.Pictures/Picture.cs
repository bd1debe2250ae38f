using System.Text;
using System.Text.RegularExpressions;
using ActorFinance.Pictures.Charts;
using ActorFinance.Pictures.Drawing;
using SkiaSharp;

namespace ActorFinance.Pictures;

/// <summary>Charts as a file: PNG in one mode, or SVG that follows the reader's.</summary>
public static partial class Picture
{
    private const float PngScale = 2;

    /// <summary>Whether a name ends in a form that can be drawn.</summary>
    public static bool IsPicture(string path) => Path.GetExtension(path).ToLowerInvariant() is ".svg" or ".png";

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<Chart> charts, bool dark)
    {
        if (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            File.WriteAllBytes(path, Png(charts, dark));
        }
        else
        {
            File.WriteAllText(path, Svg(charts, dark));
        }
    }

    public static byte[] Png(IReadOnlyList<Chart> charts, bool dark)
    {
        var sheet = new Sheet(charts, dark ? Theme.Dark : Theme.Light);
        using var surface = SKSurface.Create(new SKImageInfo((int)(Sheet.Width * PngScale), (int)(sheet.Height * PngScale)));
        surface.Canvas.Scale(PngScale);
        sheet.Paint(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    /// <summary>A drawing that stands alone. Light with a style sheet for dark readers; or dark for all.</summary>
    public static string Svg(IReadOnlyList<Chart> charts, bool dark)
    {
        var rules = dark ? "" : $"<style>@media (prefers-color-scheme: dark) {{{Theme.DarkRules}}}</style>";
        return Inline(charts, dark, "c").Replace("\">", $"\">{rules}", 1);
    }

    /// <summary>The same for a page that has the style sheet; <paramref name="prefix"/> keeps the ids of its drawings apart.</summary>
    internal static string Inline(IReadOnlyList<Chart> charts, bool dark, string prefix)
    {
        var sheet = new Sheet(charts, dark ? Theme.Dark : Theme.Light);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Sheet.Width, sheet.Height), stream))
        {
            sheet.Paint(canvas);
        }

        var svg = Encoding.UTF8.GetString(stream.ToArray());
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        var alt = string.Join("; ", charts.Select(chart => chart.Title));
        svg = svg.Replace("<svg ", $"<svg role=\"img\" aria-label=\"{System.Net.WebUtility.HtmlEncode(alt)}\" viewBox=\"0 0 {Sheet.Width:0} {sheet.Height:0}\" ", StringComparison.Ordinal);
        svg = Family().Replace(svg, $"font-family=\"{Fonts.Relatives}\"");
        // Skia numbers its ids through the life of the program: numbered from 0, the same charts are the same bytes.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return Ids().Replace(svg, id => $"{id.Groups[1].Value}{prefix}-{(numbers.TryAdd(id.Groups[2].Value, numbers.Count) ? numbers.Count - 1 : numbers[id.Groups[2].Value])}");
    }

    private static string Replace(this string text, string old, string with, int times)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return at < 0 || times == 0 ? text : string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + old.Length));
    }

    [GeneratedRegex("font-family=\"[^\"]*\"")]
    private static partial Regex Family();

    [GeneratedRegex("(id=\"|url\\(#)(cl_[0-9a-f]+)")]
    private static partial Regex Ids();
}
