using System.Globalization;
using System.Text.RegularExpressions;
using ActorFinance.Pictures.Drawing;

namespace ActorFinance.Pictures.Tests;

/// <summary>Colours that can be read, and told apart, in both modes.</summary>
public sealed partial class ThemeTests
{
    /// <summary>What draws lines and words needs this contrast with its background (WCAG 2.1, 1.4.3 and 1.4.11).</summary>
    [Fact]
    public void Lines_and_words_stand_out_from_the_background()
    {
        foreach (var theme in new[] { Theme.Light, Theme.Dark })
        {
            theme.Series.Append(theme.Shortfall).Where(colour => Contrast(colour, theme.Background) < 2.8).ShouldBeEmpty();
            new[] { theme.Text, theme.Muted }.Where(colour => Contrast(colour, theme.Background) < 4.5).ShouldBeEmpty();
        }
    }

    /// <summary>As seen without red cones and without green cones (Viénot, Brettel and Mollon 1999), the solid lines still differ.</summary>
    [Fact]
    public void The_first_four_colours_differ_for_those_who_see_no_red_or_no_green()
    {
        foreach (var theme in new[] { Theme.Light, Theme.Dark })
        {
            foreach (var seen in new[] { Protan, Deutan })
            {
                var colours = theme.Series.Take(4).Select(colour => seen(Linear(colour))).ToList();
                var nearest = colours.SelectMany((a, i) => colours.Skip(i + 1).Select(b => Distance(a, b))).Min();
                nearest.ShouldBeGreaterThan(0.2);
            }
        }
    }

    /// <summary>Skia shortens <c>#AA4499</c> and names black and white: then no rule would find them.</summary>
    [Fact]
    public void Every_colour_of_a_drawing_has_a_dark_pair()
    {
        string[] kinds = ["steps", "lines", "stack", "fan", "tornado", "histogram", "side by side"];
        var svg = string.Concat(kinds.Select(kind => Picture.Inline([Some.Chart(kind, 12, 12)], dark: false, "x")));
        var used = Colours().Matches(svg).Select(match => match.Groups[1].Value).Where(colour => colour != "none").Distinct().ToList();
        used.Count.ShouldBeGreaterThan(10);
        used.Where(colour => !Theme.DarkRules.Contains($"[fill=\"{colour}\"]", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("(?:fill|stroke)=\"([^\"]*)\"")]
    private static partial Regex Colours();

    private static double Contrast(string a, string b)
    {
        var (light, dark) = (Luminance(a), Luminance(b));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string colour) => Linear(colour) is var (r, g, b) ? (0.2126 * r) + (0.7152 * g) + (0.0722 * b) : 0;

    private static (double R, double G, double B) Linear(string colour) => (Channel(colour, 1), Channel(colour, 3), Channel(colour, 5));

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static (double R, double G, double B) Protan((double R, double G, double B) c) =>
        ((0.11238 * c.R) + (0.88762 * c.G), (0.11238 * c.R) + (0.88762 * c.G), (0.00401 * c.R) - (0.00401 * c.G) + c.B);

    private static (double R, double G, double B) Deutan((double R, double G, double B) c) =>
        ((0.29275 * c.R) + (0.70725 * c.G), (0.29275 * c.R) + (0.70725 * c.G), (-0.02234 * c.R) + (0.02234 * c.G) + c.B);

    private static double Distance((double R, double G, double B) a, (double R, double G, double B) b) =>
        Math.Sqrt(Square(Root(a.R) - Root(b.R)) + Square(Root(a.G) - Root(b.G)) + Square(Root(a.B) - Root(b.B)));

    private static double Root(double linear) => Math.Pow(Math.Max(0, linear), 1 / 2.2);

    private static double Square(double x) => x * x;
}
