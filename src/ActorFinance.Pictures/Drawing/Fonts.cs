using SkiaSharp;

namespace ActorFinance.Pictures.Drawing;

/// <summary>One family for all text. An SVG names relatives of the same widths, so that it looks the same where this one is missing.</summary>
internal static class Fonts
{
    public const float Small = 12.5f;
    public const float Large = 17;
    public const string Relatives = "Liberation Sans, Arial, Helvetica, sans-serif";

    private static readonly string[] s_wanted = ["Liberation Sans", "Arial", "Helvetica", "Arimo", "Noto Sans", "DejaVu Sans", "Segoe UI"];

    /// <summary>The first that this machine has, else its own default.</summary>
    public static string Family { get; } = Choose();

    public static SKFont Of(float size, bool bold = false) =>
        new(SKTypeface.FromFamilyName(Family, bold ? SKFontStyle.Bold : SKFontStyle.Normal), size) { Edging = SKFontEdging.SubpixelAntialias, Subpixel = true };

    private static string Choose()
    {
        var installed = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return s_wanted.FirstOrDefault(installed.Contains) ?? SKTypeface.Default.FamilyName;
    }
}
