using System.Text;
using SkiaSharp;

namespace ActorFinance.Pictures.Drawing;

/// <summary>
/// The colours of one mode. Light and dark are pairs: a drawing made in light colours turns dark by a style sheet that replaces each by its pair,
/// so that one SVG serves both (decision 0080). No two colours of a mode are the same, and none is black or white, which Skia writes by name.
/// </summary>
internal sealed record Theme(string Background, string Text, string Muted, string Grid, string Rest, string Shortfall, IReadOnlyList<string> Series)
{
    /// <summary>After Okabe and Ito (2008): told apart by those who see no red or no green; from the fifth on dashes help.</summary>
    public static readonly Theme Light = new(
        "#FEFEFE", "#1B1F24", "#59626D", "#E3E6EA", "#BFC5CC", "#C1121F",
        ["#0072B2", "#D55E00", "#00A07A", "#8E2A7E", "#C08A00", "#3AA0DC", "#7A4A1E", "#44506B"]);

    public static readonly Theme Dark = new(
        "#14181D", "#E6E8EB", "#A3ABB5", "#2C323A", "#4C5560", "#FF6B6B",
        ["#3E90DC", "#FF8A3D", "#35DDAE", "#F0A8E6", "#F0C24B", "#A6D8FF", "#C99463", "#B4C0DC"]);

    /// <summary>Rules for <c>prefers-color-scheme: dark</c>: each light colour's pair, for fills, strokes and text.</summary>
    public static string DarkRules { get; } = Rules();

    private IEnumerable<string> All => [Background, Text, Muted, Grid, Rest, Shortfall, .. Series];

    public static ScottPlot.Color Plot(string colour) => ScottPlot.Color.FromHex(colour);

    public static SKColor Skia(string colour) => SKColor.Parse(colour);

    private static string Rules()
    {
        var rules = new StringBuilder();
        foreach (var (light, dark) in Light.All.Zip(Dark.All))
        {
            rules.Append($"[fill=\"{light}\"]{{fill:{dark}}}[stroke=\"{light}\"]{{stroke:{dark}}}");
        }

        return rules.ToString();
    }
}
