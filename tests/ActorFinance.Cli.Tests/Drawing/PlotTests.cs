using System.Xml.Linq;

namespace ActorFinance.Cli.Tests.Drawing;

/// <summary>Pictures and pages as a user asks for them, on the seed's deal.</summary>
public sealed class PlotTests(SeedBook seed) : IClassFixture<SeedBook>
{
    [Theory]
    [InlineData("Cash in USD", "cash", "--every", "month")]
    [InlineData("Cash in USD", "cash", "--changes")]
    [InlineData("Cash in USD", "cash", "--as-of", "2027-06-30")]
    [InlineData("Who owns openai", "ownership", "--company", "openai", "--every", "quarter")]
    [InlineData("How much of the money goes round", "circular", "--every", "year")]
    [InlineData("Of what nvidia invested, what came back", "circular", "--company", "nvidia", "--window", "12M", "--every", "year")]
    public async Task A_picture_is_written_beside_the_answer(string title, string verb, params string[] arguments)
    {
        using var folder = new TempFolder();
        var file = folder["picture.svg"];
        var plain = await seed.RunAsync(verb, [.. arguments, "--output", "json"]);
        var drawn = await seed.RunAsync(verb, [.. arguments, "--output", "json", "--plot", file]);
        drawn.ExitCode.ShouldBe(0, drawn.ToString());
        drawn.Out.ShouldBe(plain.Out);
        drawn.Err.Trim().ShouldBe($"{file} written");
        XDocument.Load(file).Descendants().Where(text => text.Name.LocalName == "text").Select(text => text.Value.Trim()).ShouldContain(title);
    }

    [Fact]
    public async Task The_lowest_point_between_two_month_ends_is_marked()
    {
        using var folder = new TempFolder();
        var file = folder["picture.svg"];
        (await seed.RunAsync("cash", "--company", "nvidia", "--every", "month", "--plot", file)).ExitCode.ShouldBe(0);
        XDocument.Load(file).Descendants().Select(text => text.Value.Trim()).ShouldContain("lowest 50 bn USD, 31 Dec 2026");
    }

    [Fact]
    public async Task A_page_holds_the_tables_of_the_terminal_and_the_pictures()
    {
        using var folder = new TempFolder();
        var file = folder["page.html"];
        var answer = await seed.RunAsync("cash", "--output", "csv", "--report", file);
        answer.ExitCode.ShouldBe(0, answer.ToString());
        var page = await File.ReadAllTextAsync(file);
        page.ShouldContain("<h1>Cash</h1>");
        page.ShouldContain("<h2>Cash</h2>");
        page.ShouldContain("<td>nvidia</td><td class=\"n\">60,000,000,000</td>");
        page.ShouldContain("<p>all times, as known at offset ");
        page.ShouldContain("aria-label=\"Cash in USD\"");
    }

    [Fact]
    public async Task A_PNG_is_dark_when_asked()
    {
        using var folder = new TempFolder();
        var (light, dark) = (folder["light.png"], folder["dark.png"]);
        (await seed.RunAsync("cash", "--plot", light)).ExitCode.ShouldBe(0);
        (await seed.RunAsync("cash", "--plot", dark, "--dark")).ExitCode.ShouldBe(0);
        (await File.ReadAllBytesAsync(dark)).ShouldNotBe(await File.ReadAllBytesAsync(light));
    }

    [Theory]
    [InlineData(2, "--plot 'cash.pdf' must be a file that ends in .svg or .png", "--plot", "cash.pdf")]
    [InlineData(2, "--report 'cash.txt' must be a file that ends in .html", "--report", "cash.txt")]
    [InlineData(2, "--dark is for --plot", "--dark")]
    [InlineData(3, "nowhere", "--plot", "/nowhere/at/all/cash.svg")]
    public async Task A_picture_that_cannot_be_says_why(int exitCode, string message, params string[] arguments)
    {
        var answer = await seed.RunAsync("cash", arguments);
        answer.ExitCode.ShouldBe(exitCode, answer.ToString());
        answer.Err.ShouldContain(message);
    }
}
