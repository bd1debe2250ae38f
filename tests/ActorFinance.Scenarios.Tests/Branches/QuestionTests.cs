using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Tests.Truth;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>The bundled what-ifs: what analysts ask, each in a few lines, and a figure of each answer that can be checked by hand.</summary>
public sealed class QuestionTests(ImportedSeed seed, ImportedDeals deals) : IClassFixture<ImportedSeed>, IClassFixture<ImportedDeals>
{
    private readonly Lazy<BaseFigures> _seed = new(() => new(new(seed.Book, AsKnown.All)));
    private readonly Lazy<BaseFigures> _deals = new(() => new(new(deals.Book, AsKnown.All)));

    [Theory]
    [InlineData("first-gigawatt-late", "lowestCash", null, null)]
    [InlineData("three-of-ten-gigawatts", "invested", "nvidia", "30000000000")]
    [InlineData("round-of-2026", "invested", "nvidia", "30000000000")]
    [InlineData("flat-valuation", "sharesOutstanding", "openai", "1200000000")]
    [InlineData("falling-valuation", "sharesOutstanding", "openai", "1336234958")]
    [InlineData("down-round", "invested", "nvidia", null)]
    [InlineData("half-in-kind", "invested", "nvidia", "50000000000")]
    [InlineData("openai-defaults", "invested", "nvidia", "60000000000")]
    public void On_the_letter_as_if_signed(string name, string measure, string? of, string? value) => Holds(_seed.Value, name, measure, of, value, FigureQuestion.Everything);

    [Theory]
    [InlineData("amazon-at-the-ipo", "invested", "amazon", "63000000000")]
    [InlineData("amazon-never", "openToReceive", "openai", null)]
    [InlineData("oracle-at-sixty-percent", "openToReceive", "oracle", "180000000000")]
    [InlineData("openai-defaults-on-its-orders", "openToReceive", "oracle", null)]
    [InlineData("backstop-called", "cash", "coreweave", null)]
    [InlineData("vendor-loan", "cash", "openai", null)]
    [InlineData("known-in-november-2025", "stake", "nvidia in openai", null)]
    public void On_the_deals_of_the_table(string name, string measure, string? of, string? value) =>
        Holds(_deals.Value, name, measure, of, value, FigureQuestion.Everything with { Firmness = Firmness.Contracted });

    [Fact]
    public void In_won_at_another_rate_every_amount_is_1500_over_1390_of_what_it_was()
    {
        var question = FigureQuestion.Everything with { Flows = FlowOptions.Default with { ReportingCurrency = Id<Currency>("KRW") } };
        decimal Invested(string name) => ((FigureValue.Amount)Compared(_deals.Value, name, question).Differences.Single(difference => difference.Key.Measure == "invested" && difference.Key.Of == "nvidia").Branch!).Value;
        (Invested("won-at-1390") / 1390).ShouldBe(Invested("won-at-1500") / 1500);
    }

    [Fact]
    public void Each_bundled_what_if_is_asked_here()
    {
        var asked = new[] { nameof(On_the_letter_as_if_signed), nameof(On_the_deals_of_the_table) }
            .SelectMany(test => GetType().GetMethod(test)!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().SelectMany(row => row.GetData(null!)))
            .Select(row => (string)row[0]!).Append("won-at-1390").Append("won-at-1500");
        Directory.GetFiles(Folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order().ShouldBe(asked.Order());
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "scenarios", "what-if");

    private static void Holds(BaseFigures based, string name, string measure, string? of, string? value, FigureQuestion question)
    {
        var comparison = Compared(based, name, question);
        if (value is not null)
        {
            var figure = comparison.Differences.Single(difference => difference.Key.Measure == measure && difference.Key.Of == of);
            figure.Branch.ShouldBe(new FigureValue.Amount(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private static BranchComparison Compared(BaseFigures based, string name, FigureQuestion question)
    {
        var whatIf = WhatIfFile.Parse(name, File.ReadAllBytes(Path.Combine(Folder, $"{name}.yaml"))).ShouldBeOfType<WhatIfResult.Accepted>().WhatIf;
        var branch = Branch.Apply(based.Base, whatIf.Edits).ShouldBeOfType<BranchResult.Applied>();
        branch.Changes.ShouldNotBeEmpty();
        return BranchComparison.Of(based, branch, Instant.Maximum, question);
    }
}
