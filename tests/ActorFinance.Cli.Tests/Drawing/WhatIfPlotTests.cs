using System.Xml.Linq;

namespace ActorFinance.Cli.Tests.Drawing;

/// <summary>Base and what-if side by side, on the seed's deal.</summary>
public sealed class WhatIfPlotTests(SeedBook seed) : IClassFixture<SeedBook>
{
    [Fact]
    public async Task Cash_paths_part_and_what_differs_stands_side_by_side()
    {
        using var folder = new TempFolder();
        var (picture, page) = (folder["what-if.svg"], folder["what-if.html"]);
        var answer = await seed.RunAsync("what-if", "--scale", "deal=NVDA-OAI-SUPPLY,by=2", "--plot", picture, "--report", page);
        answer.ExitCode.ShouldBe(0, answer.ToString());
        var texts = XDocument.Load(picture).Descendants().Where(text => text.Name.LocalName == "text").Select(text => text.Value.Trim()).ToList();
        texts.ShouldContain("Cash in USD");
        texts.ShouldContain("shortfall");
        texts.ShouldContain("Financed revenue");
        texts.Count(text => text == "what-if").ShouldBeGreaterThan(1);
        var html = await File.ReadAllTextAsync(page);
        html.ShouldContain("<p>1. scale deal NVDA-OAI-SUPPLY by 2, these alone</p>");
        html.ShouldContain("<td class=\"n\">-60,000,000,000 USD</td>");
    }
}
