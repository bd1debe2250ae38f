using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Tests.Scenarios;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Truth;

/// <summary>What the imported journal answers on the letter of intent as if signed, against hledger and the table worked out by hand, to every printed digit.</summary>
public sealed class SeedTruthTests(ImportedSeed imported) : IClassFixture<ImportedSeed>
{
    private const decimal Billion = 1e9m;
    private const decimal Million = 1e6m;

    private static readonly CompanyId Nvidia = Id<CompanyId>("nvidia");
    private static readonly CompanyId Openai = Id<CompanyId>("openai");

    private Book Book => imported.Book;

    [Fact]
    public void Each_tranche_is_the_row_of_the_table()
    {
        var tranches = Dilution.Of(new OwnershipIndex(Book).At(Cut.Everything, Openai), OwnershipBasis.Outstanding)
            .Where(row => row.Holder == HolderId.Of(Nvidia))
            .ToList();
        var actual = new List<string>();
        var before = 0m;
        foreach (var row in tranches)
        {
            var issued = Book.Find(row.Event.Event)!;
            var valuation = Book.At(new(row.At, AsKnown.All)).Events.Select(recorded => recorded.Event).OfType<ValuationRecorded>().Last();
            actual.Add(string.Join(
                ',',
                row.At.ToDateText(),
                issued.Header.Tranche,
                Nine(valuation.PreMoney!.Value.Amount / Billion),
                Nine(PriceOn(row.At) * Million / Billion),
                Nine((row.Shares - before) / Million),
                Nine(row.Outstanding / Million),
                Nine(row.Shares / Million),
                Nine(row.After)));
            before = row.Shares;
        }

        actual.ShouldBe(CsvFile.Text("seed-scenario-dilution.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r')));
    }

    [Theory]
    [InlineData("nvidia")]
    [InlineData("openai")]
    public void Cash_at_the_end_of_each_half_year_is_that_of_the_ledger(string company)
    {
        var expected = CsvFile.Read("seed-cash-by-half-year.hledger.csv").Single(row => row["account"] == $"{company}:cash");
        var periods = expected.Keys.Where(key => key != "account").ToList();
        periods.Count.ShouldBe(11);
        periods.Select(period => (period, Billions(CashAt(EndOf(period), Id<CompanyId>(company)))))
            .ShouldBe(periods.Select(period => (period, expected[period])));
    }

    [Theory]
    [InlineData("2028-12-31", "seed-balances-2028-12-31.hledger.csv")]
    [InlineData("9999-12-31", "seed-balances-end.hledger.csv")]
    public void Balances_are_those_of_the_ledger(string day, string file)
    {
        var asOf = Id<Instant>(day).EndOfDay();
        var paid = FirmFlows.UpTo(Book.At(new(asOf, AsKnown.All)), Firmness.Paid);
        var opening = paid.Where(flow => flow.Category == ExternalCategory.Opening).Sum(flow => flow.Amount.Amount);
        var invested = Between(paid, Nvidia, Openai, FlowKind.Investment);
        var bought = Between(paid, Openai, Nvidia, FlowKind.Purchase);
        var actual = new Dictionary<string, string>
        {
            ["equity:opening"] = Billions(-opening),
            ["nvidia:cash"] = Billions(CashAt(asOf, Nvidia)),
            ["nvidia:revenue"] = Billions(-bought),
            ["nvidia:stake:openai"] = Billions(invested),
            ["openai:cash"] = Billions(CashAt(asOf, Openai)),
            ["openai:paid-in"] = Billions(-invested),
            ["openai:ppe"] = Billions(bought),
        };

        actual.OrderBy(account => account.Key, StringComparer.Ordinal)
            .ShouldBe(CsvFile.Read(file).Select(row => KeyValuePair.Create(row["account"], row["balance"])));
        paid.Count(flow => flow.InKind).ShouldBe(0);
    }

    [Fact]
    public void Shares_at_the_end_are_those_of_the_ledger()
    {
        var openai = OwnershipTable.Of(new OwnershipIndex(Book).At(Cut.Everything, Openai), OwnershipBasis.Outstanding);
        openai.Holders.Select(holder => (holder.Holder.Value, Shares(holder.Shares))).Append(("issued", Shares(-openai.Outstanding)))
            .ShouldBe(CsvFile.Read("seed-shares-end.hledger.csv").Select(row => (row["account"], row["balance"])), ignoreOrder: true);
    }

    [Fact]
    public void All_that_nvidia_invests_comes_back_from_the_company_it_invested_in()
    {
        var answer = CircularView.At(new CircularFlowIndex(Book).Publish(), Cut.Everything, FlowWindow.Everything, Firmness.Paid, FlowOptions.Default).Value.ShouldNotBeNull();
        var nvidia = answer.Companies.Single(company => company.Company == Nvidia);
        nvidia.RoundTrip.Direct.ShouldBe(1.0);
        nvidia.RoundTrip.Any.ShouldBe(1.0);
        var pair = nvidia.RoundTrip.Pairs.ShouldHaveSingleItem();
        pair.Company.ShouldBe(Openai);
        pair.Ratio.ShouldBe(1.0);
        pair.Purchased.ShouldBe(pair.Invested);
        answer.Companies.Single(company => company.Company == Openai).SpentBack.Ratio.ShouldBe(1.0);
        answer.UnpricedDeals.ShouldBe(0);
    }

    [Fact]
    public void Nobody_is_ever_short_of_cash_and_both_openings_are_known()
    {
        var balances = new CashIndex(Book).At(Cut.Everything).Balances;
        balances.Select(balance => balance.Company).ShouldBe([Nvidia, Openai]);
        balances.ShouldAllBe(balance => balance.FirstShortfall == null && balance.HasOpening);
    }

    [Fact]
    public void Nothing_of_what_was_promised_is_left_open()
    {
        var commitments = CommitmentFold.Of(Book.At(Cut.Everything));
        commitments.All.Count.ShouldBe(2 * CsvFile.Read("seed-scenario-dilution.csv").Count);
        commitments.All.ShouldAllBe(commitment => commitment.Outstanding == 0 && commitment.Released == 0);
        commitments.Overdraws.ShouldBeEmpty();
    }

    [Fact]
    public async Task Importing_the_same_file_again_writes_nothing()
    {
        var (plan, result) = await imported.ImportAsync();
        plan.Commands.ShouldBe(0);
        result.Written.ShouldBe(0);
        (await imported.ReadAsync()).Recorded.ShouldBe(Book.Recorded);
    }

    private decimal CashAt(Instant asOf, CompanyId company) =>
        new CashIndex(Book).At(new(asOf, AsKnown.All), company).Balances.ShouldHaveSingleItem().Amount;

    private decimal PriceOn(Instant day) =>
        StakeValue.Of(new OwnershipIndex(Book).At(new(day, AsKnown.All), Openai)).Single(stake => stake.Holder == HolderId.Of(Nvidia)).PricePerShare!.Value;

    private static decimal Between(IEnumerable<FirmFlow> flows, CompanyId from, CompanyId to, FlowKind kind) =>
        flows.Where(flow => flow.From == from && flow.To == to && flow.Kind == kind).Sum(flow => flow.Amount.Amount);

    private static Instant EndOf(string period) => Id<Instant>(period.Split("..")[1]).EndOfDay();

    private static string Billions(decimal amount) => $"{amount / Billion:0.00} B";

    private static string Shares(decimal shares) => $"{shares / Million:0.000000} OAISH";

    private static string Nine(decimal number) => $"{Math.Round(number, 9):0.000000000}";
}
