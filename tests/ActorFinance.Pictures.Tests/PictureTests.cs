using System.Xml.Linq;
using ActorFinance.Pictures.Charts;

namespace ActorFinance.Pictures.Tests;

/// <summary>Every kind of chart, from nothing in it to more than fits.</summary>
public sealed class PictureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string, int, int> Sizes()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var kind in new[] { "steps", "lines", "stack", "fan", "tornado", "histogram", "side by side" })
        {
            foreach (var (series, points) in new[] { (0, 0), (1, 1), (3, 12), (50, 40) })
            {
                data.Add(kind, series, points);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Any_number_of_series_and_points_is_a_drawing_without_holes(string kind, int series, int points)
    {
        var chart = Some.Chart(kind, series, points);
        var svg = Picture.Svg([chart], dark: false);
        var drawing = XDocument.Parse(svg).Root!;
        svg.ShouldNotContain("NaN");
        svg.ShouldNotContain("Infinity");
        var texts = drawing.Descendants(s_svg + "text").Select(text => text.Value.Trim()).ToList();
        texts.ShouldContain(chart.Title);
        texts.Contains(chart.WhenEmpty).ShouldBe(points == 0 || (series == 0 && kind is not ("fan" or "histogram")));
        drawing.Attribute("aria-label")!.Value.ShouldBe(chart.Title);
    }

    [Fact]
    public void Names_stand_above_the_plot_and_what_has_no_colour_is_counted()
    {
        var texts = Texts(Some.Chart("steps", 50, 12));
        texts.Count(text => text.StartsWith("company-", StringComparison.Ordinal)).ShouldBeInRange(8, 12);
        texts.ShouldContain("42 more");
        Texts(Some.Chart("stack", 50, 3)).ShouldContain(text => text.StartsWith("42 others", StringComparison.Ordinal));
        Texts(Some.Chart("side by side", 50, 3)).ShouldContain("and 35 more");
        Texts(Some.Chart("tornado", 25, 0)).ShouldContain("and 5 more that move it less");
    }

    [Fact]
    public void A_long_name_loses_its_middle()
    {
        var name = $"the-{new string('x', 80)}-end";
        var shown = Texts(new StepChart("Cash", null, Some.Dollars, [Some.Path(name, 3, 1)])).Single(text => text.StartsWith("the-", StringComparison.Ordinal));
        shown.ShouldEndWith("-end");
        shown.Length.ShouldBe(44);
    }

    [Fact]
    public void The_lowest_point_is_marked_with_its_day_and_a_shortfall_is_shaded_once()
    {
        ChartPoint low = new(Some.Day(2025, 2, 10), -3.25e9);
        var path = new StepPath("openai", [new(Some.Month(0), 5e9), new(Some.Month(1), -2e9), new(Some.Month(2), 1e9)], IsBalance: true, low);
        var svg = Picture.Svg([new StepChart("Cash", null, Some.Dollars, [path])], dark: false);
        TextsOf(svg).ShouldContain("lowest -3.25 bn USD, 10 Feb 2025");
        var shaded = XDocument.Parse(svg).Descendants(s_svg + "path").Count(shape => (string?)shape.Attribute("fill") == "#C1121F");
        shaded.ShouldBe(1);
        var change = Picture.Svg([new StepChart("Cash", null, Some.Dollars, [path with { IsBalance = false, Lowest = null }])], dark: false);
        XDocument.Parse(change).Descendants(s_svg + "path").ShouldNotContain(shape => (string?)shape.Attribute("fill") == "#C1121F");
        TextsOf(change).ShouldContain(text => text.StartsWith("changes since the start", StringComparison.Ordinal));
    }

    /// <summary>Money comes and goes within one instant: each instant once fell one step behind, and the shading began years late.</summary>
    [Fact]
    public void A_shortfall_is_shaded_from_its_first_day_also_where_instants_have_several_changes()
    {
        StepPath Of(params double[] values) => new("openai", [.. values.SelectMany((value, i) => new[] { new ChartPoint(Some.Month(i), value + 5), new ChartPoint(Some.Month(i), value) })], IsBalance: true, null);
        double Left(StepPath path) => XDocument.Parse(Picture.Svg([new StepChart("Cash", null, Some.Dollars, [path])], dark: false)).Descendants(s_svg + "path")
            .Where(shape => (string?)shape.Attribute("fill") == "#C1121F")
            .Min(shape => double.Parse(((string)shape.Attribute("d")!)[1..].Split(' ', 'L')[0]));
        Left(Of(10, 5, -5, -10, -20, -20)).ShouldBe(Left(Of(10, 5, -20, -20, -20, -20)), 0.5);
    }

    [Fact]
    public void Dashes_show_in_an_SVG_also_where_a_line_is_a_single_segment()
    {
        var lines = Enumerable.Range(0, 6).Select(i => new ChartLine($"measure-{i}", [new(Some.Month(0), i * 0.1), new(Some.Month(1), i * 0.1)])).ToList();
        var strokes = XDocument.Parse(Picture.Svg([new LineChart("Dashes", null, Scale.Ratio, lines)], dark: false)).Descendants(s_svg + "path").ToList();
        int Pieces(string colour) => strokes.Where(shape => (string?)shape.Attribute("stroke") == colour).Max(shape => ((string)shape.Attribute("d")!).Count(command => command == 'M'));
        Pieces("#0072B2").ShouldBe(1);
        Pieces("#C08A00").ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_same_charts_are_the_same_bytes_and_a_PNG_is_drawn_in_the_mode_that_was_asked_for()
    {
        var charts = new[] { Some.Chart("fan", 1, 6), Some.Chart("lines", 3, 6) };
        Picture.Svg(charts, dark: false).ShouldBe(Picture.Svg(charts, dark: false));
        var (light, dark) = (Picture.Png(charts, dark: false), Picture.Png(charts, dark: true));
        light.ShouldBe(Picture.Png(charts, dark: false));
        light.ShouldNotBe(dark);
        light.Take(4).ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }

    private static List<string> Texts(Chart chart) => TextsOf(Picture.Svg([chart], dark: false));

    private static List<string> TextsOf(string svg) => [.. XDocument.Parse(svg).Descendants(s_svg + "text").Select(text => text.Value.Trim())];
}
