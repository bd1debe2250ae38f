using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Tests.Truth;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>The bundled what-ifs: what analysts ask, each in a few lines, and figures of each answer that are worked out here apart from it.</summary>
public sealed class QuestionTests(ImportedSeed seed, ImportedDeals deals) : IClassFixture<ImportedSeed>, IClassFixture<ImportedDeals>
{
    private const decimal Bn = 1e9m;

    private static readonly FigureQuestion Contracted = FigureQuestion.Everything with { Firmness = Firmness.Contracted };

    private readonly Lazy<BaseFigures> _seed = new(() => new(new(seed.Book, AsKnown.All)));
    private readonly Lazy<BaseFigures> _deals = new(() => new(new(deals.Book, AsKnown.All)));

    /// <summary>Question 1: a year later all is as it was a year before; 10 bn were burnt in the year to the end of 2027, so 40 bn last four years.</summary>
    [Fact]
    public void First_gigawatt_late()
    {
        var at = Compared(_seed, "first-gigawatt-late", FigureQuestion.Everything with { Families = [FigureFamily.Ownership, FigureFamily.Circular, FigureFamily.Burn] }, Instant.Of(2027, 12, 31).EndOfDay());
        Ratio(at, "stake", "nvidia in openai").ShouldBe(20_000_000 / 1_020_000_000.0, 1e-12);
        Amount(at, "revenue", "nvidia").ShouldBe(10 * Bn);
        Single(at, "runway", "openai").ShouldBe(new FigureValue.Months(48));
        Single(at, "runway", "openai", isBase: true).ShouldBe(new FigureValue.Months(24));
    }

    /// <summary>Question 2: three tranches, each at a price a tenth above the one before.</summary>
    [Fact]
    public void Three_of_ten_gigawatts()
    {
        var answer = Compared(_seed, "three-of-ten-gigawatts");
        Amount(answer, "invested", "nvidia").ShouldBe(30 * Bn);
        Amount(answer, "sharesOutstanding", "openai").ShouldBe(Bn + 20_000_000 + Rounded(10 * Bn / 550) + Rounded(10 * Bn / 605));
    }

    /// <summary>Question 3: 30 bn at 730 bn for 1 bn shares; 100 bn of systems are paid with 40 bn and these 30.</summary>
    [Fact]
    public void Round_of_2026()
    {
        var answer = Compared(_seed, "round-of-2026");
        Amount(answer, "sharesOutstanding", "openai").ShouldBe(Bn + Rounded(30 * Bn / 730));
        Amount(answer, "cash", "openai").ShouldBe((40 + 30 - 100) * Bn);
        Ratio(answer, "financedRevenueShare", "nvidia").ShouldBe(0.3);
    }

    /// <summary>Question 4: what each tranche costs, by the file's own terms (10 bn each, before the money (M + 10 bn) x 1.1 from 500 bn on).</summary>
    [Theory]
    [InlineData("flat-valuation")]
    [InlineData("falling-valuation")]
    [InlineData("down-round")]
    [InlineData("down-round-weighted-average")]
    [InlineData("down-round-full-ratchet")]
    public void Valuations(string name)
    {
        var (outstanding, before, lots) = (Bn, 500 * Bn, new List<(decimal Shares, decimal Price)>());
        for (var tranche = 1; tranche <= 10; tranche++)
        {
            var price = name switch
            {
                "flat-valuation" => 500,
                "falling-valuation" => 500 * (decimal)Math.Pow(0.9, tranche - 1),
                _ => (tranche == 5 ? before / 2 : before) / outstanding,
            };
            var bought = Rounded(10 * Bn / price);
            var added = 0m;
            for (var i = 0; i < lots.Count; i++)
            {
                // NVCA: CP2 = CP1 (A + B) / (A + C), B = money / CP1; a full ratchet: CP2 = money / C.
                var (shares, cp1) = lots[i];
                var cp2 = name.EndsWith("ratchet", StringComparison.Ordinal) ? 10 * Bn / bought : cp1 * (outstanding + (10 * Bn / cp1)) / (outstanding + bought);
                if (name.StartsWith("down-round-", StringComparison.Ordinal) && 10 * Bn / bought < cp1)
                {
                    var onTop = Rounded(shares * ((cp1 / cp2) - 1));
                    added += onTop;
                    lots[i] = (shares + onTop, cp2);
                }
            }

            lots.Add((bought, price));
            (outstanding, before) = (outstanding + bought + added, (before + (10 * Bn)) * 1.1m);
        }

        var answer = Compared(_seed, name);
        Amount(answer, "sharesOutstanding", "openai").ShouldBe(outstanding);
        Ratio(answer, "stake", "nvidia in openai").ShouldBe((double)((outstanding - Bn) / outstanding), 1e-11);
    }

    /// <summary>Question 5: with a probability of 60 % the 35 bn arrive.</summary>
    [Fact]
    public void Amazon_at_the_IPO_or_never()
    {
        var (paid, never) = (Compared(_deals, "amazon-at-the-ipo"), Compared(_deals, "amazon-never"));
        Amount(paid, "invested", "amazon").ShouldBe((28 * Bn) + (35 * Bn));
        never.Differences.ShouldAllBe(difference => difference.Amount == 0);
        var (now, then) = (CashOf(deals.Book, "openai", Cut.Everything), Amount(paid, "cash", "openai"));
        then.ShouldBe(now + (35 * Bn));
        var probabilities = new[] { "amazon-at-the-ipo", "amazon-never" }.Select(name => Read(name).Probability!.Value).ToList();
        var expected = ExpectedFigures.Of([(probabilities[0], paid.Differences), (probabilities[1], never.Differences)]);
        expected[new("cash", "openai", "USD")].ShouldBe(new FigureValue.Amount(now + (0.6m * 35 * Bn)));
    }

    [Fact]
    public void What_is_left_of_one_is_the_base_and_what_is_undefined_has_no_mean()
    {
        FigureDifference Difference(string measure, FigureValue? before, FigureValue? after) => new(new(measure, "a", "USD"), before, after);
        var expected = ExpectedFigures.Of(
        [
            (0.5m, [Difference("cash", new FigureValue.Amount(10), new FigureValue.Amount(30)), Difference("stake", new FigureValue.Ratio(0.5), new FigureValue.Ratio(null))]),
            (0.25m, [Difference("cash", new FigureValue.Amount(10), null)]),
        ]);
        expected.ShouldHaveSingleItem().Value.ShouldBe(new FigureValue.Amount((0.5m * 30) + (0.25m * 10)));
        Should.Throw<ArgumentException>(() => ExpectedFigures.Of([(0.7m, []), (0.4m, [])]));
    }

    /// <summary>Question 6: of 100 bn half comes in cash, and all 100 bn of systems are paid or rented.</summary>
    [Fact]
    public void Half_in_kind()
    {
        var answer = Compared(_seed, "half-in-kind");
        Amount(answer, "invested", "nvidia").ShouldBe(50 * Bn);
        Amount(answer, "cash", "openai").ShouldBe((40 + 50 - 100) * Bn);
        Amount(answer, "revenue", "nvidia").ShouldBe(50 * Bn);
    }

    /// <summary>Question 7: 60 % of 300 bn.</summary>
    [Fact]
    public void Oracle_at_sixty_percent() => Amount(Compared(_deals, "oracle-at-sixty-percent", Contracted), "openToReceive", "oracle").ShouldBe(0.6m * 300 * Bn);

    /// <summary>Question 8, on the letter: six tranches are paid before the end of 2029.</summary>
    [Fact]
    public void OpenAI_defaults() => Amount(Compared(_seed, "openai-defaults"), "invested", "nvidia").ShouldBe(60 * Bn);

    /// <summary>Question 8, on the orders: Oracle gets 40 % of 300 bn and loses the rest.</summary>
    [Fact]
    public void OpenAI_defaults_on_its_orders()
    {
        var (answer, edits) = (Compared(_deals, "openai-defaults-on-its-orders", Contracted), Read("openai-defaults-on-its-orders").Edits);
        Amount(answer, "cash", "oracle").ShouldBe(CashOf(deals.Book, "oracle", Cut.Everything) + (0.4m * 300 * Bn));
        Amount(answer, "openToReceive", "oracle").ShouldBe(0);
        var oracle = BranchCascade.Of(_deals.Value.Base, edits, FlowOptions.Default)[0].Answer!.Creditors.Single(creditor => creditor.Debtor.Value == "openai" && creditor.Creditor?.Value == "oracle");
        (oracle.Owed - oracle.Received).ShouldBe(0.6m * 300 * Bn);
    }

    /// <summary>Question 9: CoreWeave lacks more than the ceiling of 6.3 bn.</summary>
    [Fact]
    public void Backstop_called()
    {
        var answer = Compared(_deals, "backstop-called");
        Amount(answer, "cash", "coreweave").ShouldBe(CashOf(deals.Book, "coreweave", Cut.Everything) - (12 * Bn) + (6.3m * Bn));
        Amount(answer, "cash", "nvidia").ShouldBe(CashOf(deals.Book, "nvidia", Cut.Everything) - (6.3m * Bn));
    }

    /// <summary>Question 10: 400 m of 1 bn and 60 m of interest are paid, and a quarter of the rest is recovered.</summary>
    [Fact]
    public void Vendor_loan()
    {
        var back = 0.4m + 0.06m + (0.25m * 0.6m);
        Amount(Compared(_deals, "vendor-loan"), "cash", "openai").ShouldBe(CashOf(deals.Book, "openai", Cut.Everything) + (back * Bn));
    }

    /// <summary>Question 10: 2 of 6 bn are repaid; the second part is 92 days late at the end of September 2027; after the default three quarters of 4 bn are lost, all of them sales.</summary>
    [Fact]
    public void NVIDIA_lends_to_its_buyer()
    {
        var question = FigureQuestion.Everything with { Families = [FigureFamily.Receivables] };
        var late = Compared(_deals, "nvidia-lends-to-its-buyer", question, Instant.Of(2027, 9, 30).EndOfDay());
        new[] { "receivable", "late", "lateOver90Days", "financedSales" }.Select(measure => Amount(late, measure, "nvidia")).ShouldBe([4 * Bn, 2 * Bn, 2 * Bn, 4 * Bn]);
        var notYet = Compared(_deals, "nvidia-lends-to-its-buyer", question, Instant.Of(2027, 9, 28).EndOfDay());
        new[] { "late", "lateOver90Days" }.Select(measure => Amount(notYet, measure, "nvidia")).ShouldBe([2 * Bn, 0]);
        var off = BranchCascade.Of(_deals.Value.Base, Read("nvidia-lends-to-its-buyer").Edits, FlowOptions.Default)[0].WriteOffs.ShouldHaveSingleItem();
        (off.Creditor.Value, off.Amount, off.RevenueToReverse).ShouldBe(("nvidia", 0.75m * 4 * Bn, 0.75m * 4 * Bn));
    }

    /// <summary>Question 13.</summary>
    [Theory]
    [InlineData("won-at-1390", 1390)]
    [InlineData("won-at-1500", 1500)]
    public void In_won_at_another_rate(string name, int rate) =>
        Amount(Compared(_seed, name, FigureQuestion.Everything with { Flows = FlowOptions.Default with { ReportingCurrency = Id<Currency>("KRW") } }), "invested", "nvidia").ShouldBe(100 * Bn * rate);

    /// <summary>Question 14: leaving out what was told later is the book as known on that day, asked the other way.</summary>
    [Fact]
    public void Known_in_november_2025()
    {
        var answer = Compared(_deals, "known-in-november-2025", Contracted);
        var then = new Cut(Instant.Maximum, new AsKnown.AtTime(Instant.Of(2025, 11, 1).EndOfDay()));
        Amount(answer, "cash", "openai").ShouldBe(CashOf(deals.Book, "openai", then));
        Single(answer, "stake", "nvidia in openai").ShouldBeNull();
        Amount(answer, "openToPay", "openai").ShouldBe(CommitmentFold.Of(deals.Book.At(then)).All.Where(open => open.Terms.From == Id<CompanyId>("openai")).Sum(open => open.Outstanding));
    }

    /// <summary>A bundled what-if without a test above would be one whose answer nobody has checked.</summary>
    [Fact]
    public void Each_bundled_what_if_is_asked_here() => Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order().ShouldBe(
    [
        "amazon-at-the-ipo", "amazon-never", "backstop-called", "down-round", "down-round-full-ratchet", "down-round-weighted-average", "falling-valuation", "first-gigawatt-late", "flat-valuation",
        "half-in-kind", "known-in-november-2025", "nvidia-lends-to-its-buyer", "openai-defaults", "openai-defaults-on-its-orders", "oracle-at-sixty-percent", "round-of-2026", "three-of-ten-gigawatts",
        "vendor-loan", "won-at-1390", "won-at-1500",
    ]);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "scenarios", "what-if");

    private static decimal Rounded(decimal shares) => decimal.Round(shares, 0, MidpointRounding.ToEven);

    private static decimal CashOf(Book book, string company, Cut cut) => CashFold.Of(book.At(cut)).Balances.Single(balance => balance.Company.Value == company && balance.Currency.Code == "USD").Amount;

    private static WhatIf Read(string name) => WhatIfFile.Parse(name, File.ReadAllBytes(Path.Combine(Folder, $"{name}.yaml"))).ShouldBeOfType<WhatIfResult.Accepted>().WhatIf;

    private static BranchComparison Compared(Lazy<BaseFigures> based, string name, FigureQuestion? question = null, Instant? at = null)
    {
        var branch = Branch.Apply(based.Value.Base, Read(name).Edits).ShouldBeOfType<BranchResult.Applied>();
        branch.Changes.ShouldNotBeEmpty();
        return BranchComparison.Of(based.Value, branch, at ?? Instant.Maximum, question ?? FigureQuestion.Everything);
    }

    private static FigureValue? Single(BranchComparison answer, string measure, string of, bool isBase = false)
    {
        var figure = answer.Differences.Single(difference => difference.Key.Measure == measure && difference.Key.Of == of);
        return isBase ? figure.Base : figure.Branch;
    }

    private static decimal Amount(BranchComparison answer, string measure, string of) => Single(answer, measure, of).ShouldBeOfType<FigureValue.Amount>().Value;

    private static double Ratio(BranchComparison answer, string measure, string of) => Single(answer, measure, of).ShouldBeOfType<FigureValue.Ratio>().Value!.Value;
}
