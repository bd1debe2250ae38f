using System.Text.RegularExpressions;
using ActorFinance.Pictures.Reports;

namespace ActorFinance.Pictures.Tests.Reports;

public sealed partial class ReportPageTests
{
    private static readonly Report s_report = new("What if <openai> & co", "as of all times",
    [
        new ReportSection.Lines("Edits", ["1. drop <script>alert(1)</script>"]),
        new ReportSection.Table("Figures", [new("Figure", IsNumber: false), new("Base", IsNumber: true)], [["Cash", "1,000"], ["\"quoted\"", "–"]]),
        new ReportSection.Pictures([Some.Chart("steps", 2, 12), Some.Chart("fan", 1, 12)]),
    ]);

    [Fact]
    public void A_page_asks_for_nothing_else()
    {
        var page = ReportPage.Html(s_report);
        Foreign().Matches(page).Select(match => match.Value).Where(link => !link.Contains("www.w3.org", StringComparison.Ordinal)).ShouldBeEmpty();
        page.ShouldNotContain("<script");
        page.ShouldContain("prefers-color-scheme: dark");
        page.ShouldContain("@media print");
    }

    [Fact]
    public void Words_are_never_markup()
    {
        var page = ReportPage.Html(s_report);
        page.ShouldContain("<h1>What if &lt;openai&gt; &amp; co</h1>");
        page.ShouldContain("<p>1. drop &lt;script&gt;alert(1)&lt;/script&gt;</p>");
        page.ShouldContain("<td>&quot;quoted&quot;</td><td class=\"n\">–</td>");
    }

    [Fact]
    public void Drawings_of_one_page_do_not_share_ids()
    {
        var page = ReportPage.Html(s_report);
        var ids = Ids().Matches(page).Select(match => match.Groups[1].Value).ToList();
        ids.Count.ShouldBeGreaterThan(1);
        ids.ShouldBeUnique();
        References().Matches(page).Select(match => match.Groups[1].Value).Except(ids).ShouldBeEmpty();
    }

    [GeneratedRegex("(?:src|href)=|https?://[^\"' ]*|@import|url\\((?!#)")]
    private static partial Regex Foreign();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("url\\(#([^)]*)\\)")]
    private static partial Regex References();
}
