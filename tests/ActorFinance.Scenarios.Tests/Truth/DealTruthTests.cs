using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Tests.Scenarios;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Truth;

/// <summary>
/// The checks that come with the table of deals. What is compared is asked of the imported journal, and rates and unit costs of the table of
/// parameters; the figures that it must come to are those of the sources.
/// </summary>
public sealed class DealTruthTests(ImportedDeals imported) : IClassFixture<ImportedDeals>
{
    private const decimal Billion = 1e9m;

    private static readonly CompanyId Nvidia = Id<CompanyId>("nvidia");
    private static readonly CompanyId Openai = Id<CompanyId>("openai");
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows = CsvFile.Read("deals.csv");

    private Book Book => imported.Book;

    [Fact]
    public void Coreweave_is_promised_three_contracts_by_openai()
    {
        var contracts = PromisedTo("coreweave");
        contracts.ShouldBe([11.9m * Billion, 4.0m * Billion, 6.5m * Billion]);
        contracts.Sum().ShouldBe(22.4m * Billion);
    }

    [Fact]
    public void Amazon_is_promised_what_was_added_to_the_first_contract_and_not_what_includes_it()
    {
        var contracts = PromisedTo("amazon");
        contracts.ShouldBe([38m * Billion, 100m * Billion]);
        contracts.Sum().ShouldBe(138m * Billion);
    }

    [Fact]
    public void Intel_sold_as_many_shares_as_the_money_buys_at_the_price()
    {
        var stake = StakeOf("intel", "nvidia", Cut.Everything);
        stake.Shares.ShouldBe(214_776_632m);
        stake.PricePerShare.ShouldBe(23.28m);
        (stake.Shares * stake.PricePerShare).ShouldBe(4_999_999_992.96m);
        stake.Value.ShouldBe(4_999_999_992.96m);
    }

    [Fact]
    public void Nokia_sold_as_many_shares_as_the_money_buys_at_the_price()
    {
        var stake = StakeOf("nokia", "nvidia", Cut.Everything);
        stake.Shares.ShouldBe(166_389_351m);
        stake.PricePerShare.ShouldBe(6.01m);
        stake.Value.ShouldBe(999_999_999.51m);
    }

    [Fact]
    public void Nokias_price_in_euros_is_that_of_its_release()
    {
        var price = StakeOf("nokia", "nvidia", Cut.Everything).PricePerShare!.Value;
        var rate = Parameter("EUR per USD 2025-10-27 (ECB)").Single();
        Math.Round(price * rate, 2).ShouldBe(5.16m);
        new ExchangeRates(At(Cut.Everything).Events)
            .Convert(Money.Of(price, Id<Currency>("USD")), Id<Currency>("EUR"), Id<Instant>("2025-10-28"))
            .ShouldBe(price * rate);
    }

    [Fact]
    public void The_won_rate_of_the_first_telling_is_that_of_the_parameters() =>
        new ExchangeRates(At(Cut.Everything).Events).Convert(Usd("1"), Id<Currency>("KRW"), Id<Instant>("2025-09-01")).ShouldBe(Parameter("KRW per USD (seed implied)").Single());

    [Fact]
    public void Nvidia_bought_coreweave_shares_in_2026_on_top_of_those_that_it_had()
    {
        var before = StakeOf("coreweave", "nvidia", AsOf("2026-01-22"));
        var after = StakeOf("coreweave", "nvidia", AsOf("2026-01-26"));
        before.Shares.ShouldBe(24_280_000m);
        after.PricePerShare.ShouldBe(87.20m);
        (after.Shares - before.Shares).ShouldBe(22_935_780m);
        Math.Round(Headline("NVDA-CRWV-2026") / after.PricePerShare!.Value, 1).ShouldBe(22_935_779.8m);
    }

    [Fact]
    public void The_recapitalisation_gives_one_value_of_the_whole_whichever_stake_it_is_worked_out_from()
    {
        var cut = AsOf("2025-10-28");
        var table = OwnershipTable.Of(new OwnershipIndex(Book).At(cut, Openai), OwnershipBasis.Outstanding).Holders.ToDictionary(holder => holder.Holder.Value, holder => holder.Direct!.Value);
        table.ShouldBe(new Dictionary<string, decimal> { ["microsoft"] = 0.27m, ["openai-foundation"] = 0.26m, ["outside"] = 0.47m }, ignoreOrder: true);
        table.Values.Sum().ShouldBe(1m);
        var (microsoft, foundation) = (StakeOf("openai", "microsoft", cut).Value!.Value, StakeOf("openai", "openai-foundation", cut).Value!.Value);
        microsoft.ShouldBe(135m * Billion);
        foundation.ShouldBe(130m * Billion);
        (microsoft / table["microsoft"]).ShouldBe(500m * Billion);
        (foundation / table["openai-foundation"]).ShouldBe(500m * Billion);
        Valuation("MSFT-OAI-RECAP").PreMoney!.Value.Amount.ShouldBe(500m * Billion);
    }

    [Fact]
    public void The_round_of_2026_adds_up()
    {
        var round = Headline("OAI-ROUND-2026");
        var (pre, post) = (Valuation("OAI-ROUND-2026-pre").PreMoney!.Value.Amount, Valuation("OAI-ROUND-2026-post").PostMoney!.Value.Amount);
        round.ShouldBe(122m * Billion);
        pre.ShouldBe(730m * Billion);
        (pre + round).ShouldBe(post);
        post.ShouldBe(852m * Billion);

        // What Amazon promised on conditions is in the round as it was told, and only in the deal's maximum.
        var parts = Deal("OAI-ROUND-2026").Terms.Sums.Select(part => Deal(part.Value).Terms).Select(terms => (terms.Maximum ?? terms.Headline)!.Value.Amount).ToList();
        parts.ShouldBe([50m * Billion, 30m * Billion, 30m * Billion, 12m * Billion], ignoreOrder: true);
        parts.Sum().ShouldBe(round);

        var stake = Headline("NVDA-OAI-2026") / post;
        Math.Round(stake * 100, 2).ShouldBe(3.52m);
        Direct("openai", "nvidia", Cut.Everything).ShouldBe(Math.Round(stake, Fraction.Decimals));
    }

    [Fact]
    public void Softbank_pays_its_own_money_in_two_closings_beside_that_of_its_syndicate()
    {
        var commitment = CommitmentFold.Of(At(Cut.Everything)).All.Single(commitment => commitment.Deal?.Value == "SB-OAI-2025");
        commitment.Terms.Due.Select(due => due.Amount.Amount).ShouldBe([7.5m * Billion, 22.5m * Billion]);
        var own = commitment.Terms.Due.Sum(due => due.Amount.Amount);
        own.ShouldBe(30m * Billion);
        commitment.Drawn.ShouldBe(own);
        (own + Headline("SB-OAI-2025-SYNDICATE")).ShouldBe(41m * Billion);
    }

    [Fact]
    public void The_letters_gigawatts_are_as_many_processors_as_were_told()
    {
        var processors = Told("NVDA-OAI-LOI", @"^(\d+) GW of NVIDIA systems") * Parameter("GPUs per GW").Single();
        processors.ShouldBe(5e6m);
        processors.ShouldBe(Told("NVDA-OAI-SUPPLY", @"\d-(\d) million GPUs") * 1e6m);
    }

    [Fact]
    public void Oracle_pays_the_unit_price_for_each_processor()
    {
        var each = Headline("ORCL-NVDA-40") / Told("ORCL-NVDA-40", @"^~([\d,]+) GB200");
        each.ShouldBe(100_000m);
        each.ShouldBe(Parameter("GB200 unit price").Single());
    }

    [Fact]
    public void Of_nvidias_revenue_from_the_letters_gigawatts_more_than_a_quarter_would_be_its_own_money()
    {
        var letter = Deal("NVDA-OAI-LOI").Terms.Maximum!.Value.Amount;
        var gigawatts = Told("NVDA-OAI-LOI", @"^(\d+) GW of NVIDIA systems");
        var revenue = gigawatts * Parameter("NVIDIA content per GW").Single() * Billion;
        Math.Round(letter / revenue * 100, 1).ShouldBe(28.6m);

        var (low, high) = Parameter("total cost per GW", "NVIDIA") is [var cheap, var dear] ? (cheap, dear) : throw new InvalidDataException("no range");
        Math.Round(letter / (gigawatts * high * Billion) * 100).ShouldBe(17m);
        Math.Round(letter / (gigawatts * low * Billion) * 100).ShouldBe(20m);

        var margin = NumberIn(Parameters("NVIDIA gross profit share of total").Single()["who"], @"(\d+)% gross margin") / 100;
        revenue.ShouldBe(350m * Billion);
        (revenue * margin).ShouldBe(245m * Billion);
    }

    [Theory]
    [InlineData("2026-04-30")]
    [InlineData("9999-12-31")]
    public void Edges_and_total_of_the_view_are_those_worked_out_by_hand(string day)
    {
        var view = CsvFile.Text("circularity-apr-2026.deals.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ToHashSet();
        using var oracle = JsonDocument.Parse(CsvFile.Text("circularity-deals-apr2026-firm.json"));
        var expected = oracle.RootElement[0].GetProperty("edges_musd").EnumerateArray()
            .Select(edge => (From: edge[0].GetString()!, To: edge[1].GetString()!, Millions: edge[2].GetDecimal()))
            .Order()
            .ToList();

        var counted = At(AsBothOf(day));

        // A registration holds wherever an event names the company, whenever it was itself recorded.
        var names = Book.Recorded.Where(recorded => recorded.Event is CompanyRegistered).ToDictionary(recorded => recorded.Header.Emitter, recorded => ((CompanyRegistered)recorded.Event).Name);
        var flows = FirmFlows.UpTo(counted, Firmness.Announced).Where(flow => flow.Event.Header.Deal is { } deal && view.Contains(deal.Value)).ToList();
        var actual = flows.GroupBy(flow => (From: names[flow.From!.Value], To: names[flow.To!.Value]))
            .Select(edge => (edge.Key.From, edge.Key.To, Millions: edge.Sum(flow => flow.Amount.Amount) / 1e6m))
            .Order()
            .ToList();

        actual.ShouldBe(expected);
        actual.Sum(edge => edge.Millions).ShouldBe(oracle.RootElement[0].GetProperty("total_musd").GetDecimal());
        flows.Select(flow => flow.Event.Header.Deal!.Value.Value).Distinct().ShouldBe(view, ignoreOrder: true);
        flows.ShouldAllBe(flow => flow.Amount.Currency == Id<Currency>("USD"));
    }

    /// <summary>Also as of a later day: what was learnt since does not show.</summary>
    [Theory]
    [InlineData("2025-10-01", "2025-10-01")]
    [InlineData("2026-04-30", "2025-10-01")]
    public void In_october_2025_the_letter_stands_announced_and_nothing_is_paid(string asOf, string asKnown)
    {
        var counted = At(new(Id<Instant>(asOf).EndOfDay(), new AsKnown.AtTime(Id<Instant>(asKnown).EndOfDay())));
        var letter = DealFold.Of(counted).Single(deal => deal.Deal.Value == "NVDA-OAI-LOI");
        letter.Status.ShouldBe(DealStatus.Announced);
        letter.Terms.Headline.ShouldBeNull();
        letter.Terms.Maximum!.Value.ShouldBe(Usd("100bn"));
        FromNvidiaToOpenai(counted, Firmness.Paid).ShouldBeEmpty();
        FromNvidiaToOpenai(counted, Firmness.Announced).ShouldBeEmpty();
    }

    [Fact]
    public void In_april_2026_the_letter_is_superseded_and_thirty_are_paid_at_the_end_of_march()
    {
        var counted = At(AsBothOf("2026-04-30"));
        DealFold.Of(counted).Single(deal => deal.Deal.Value == "NVDA-OAI-LOI").Status.ShouldBe(DealStatus.Superseded);
        counted.Events.Select(recorded => recorded.Event).OfType<DealSuperseded>().ShouldHaveSingleItem().By.Value.ShouldBe("NVDA-OAI-2026");
        var paid = FromNvidiaToOpenai(counted, Firmness.Paid).ShouldHaveSingleItem();
        paid.Amount.ShouldBe(Usd("30bn"));
        paid.At.ShouldBe(Id<Instant>("2026-03-31"));
        paid.InKind.ShouldBeFalse();
    }

    [Fact]
    public void Before_the_end_of_march_2026_the_thirty_are_announced_in_the_letters_place()
    {
        var counted = At(AsBothOf("2026-03-30"));
        DealFold.Of(counted).Single(deal => deal.Deal.Value == "NVDA-OAI-LOI").Status.ShouldBe(DealStatus.Superseded);
        FromNvidiaToOpenai(counted, Firmness.Paid).ShouldBeEmpty();
        var announced = FromNvidiaToOpenai(counted, Firmness.Announced).ShouldHaveSingleItem();
        announced.Amount.ShouldBe(Usd("30bn"));
        announced.Firmness.ShouldBe(Firmness.Announced);
    }

    [Theory]
    [InlineData("2025-10-01")]
    [InlineData("2025-12-31")]
    [InlineData("2026-04-30")]
    [InlineData("9999-12-31")]
    public void Unpriced_deals_are_the_rows_without_amounts_that_are_known_by_then(string day)
    {
        var expected = Rows
            .Where(row => row["amount_usd_bn"].Length + row["amount_max_usd_bn"].Length == 0)
            .Where(row => row["firmness"] != "summary" && !row["status"].Contains("superseded", StringComparison.Ordinal))
            .Where(row => Id<Instant>(row["known_date"]) <= Id<Instant>(day))
            .Select(row => row["id"])
            .ToList();
        var cut = AsBothOf(day);

        FirmFlows.UnpricedDeals(At(cut)).Select(deal => deal.Deal.Value).ShouldBe(expected, ignoreOrder: true);
        var index = new CircularFlowIndex(Book).Publish();
        foreach (var firmness in Enum.GetValues<Firmness>())
        {
            CircularView.At(index, cut, FlowWindow.Everything, firmness, FlowOptions.Default).Value.ShouldNotBeNull().UnpricedDeals.ShouldBe(expected.Count);
        }
    }

    [Theory]
    [InlineData("2025-10-01")]
    [InlineData("2026-04-30")]
    [InlineData("9999-12-31")]
    public void Summaries_superseded_deals_and_maxima_are_no_flows(string day)
    {
        var counted = At(AsBothOf(day));
        var deals = DealFold.Of(counted);
        var summaries = Rows.Where(row => row["firmness"] == "summary" && Id<Instant>(row["known_date"]) <= Id<Instant>(day)).Select(row => row["id"]).ToList();
        deals.Where(deal => deal.IsSummary).Select(deal => deal.Deal.Value).ShouldBe(summaries, ignoreOrder: true);

        var left = deals.Where(deal => deal.IsSummary || !deal.Stands || deal.Terms.Headline is null).Select(deal => deal.Deal.Value).ToHashSet();
        left.ShouldContain("NVDA-OAI-LOI");
        FirmFlows.UpTo(counted, Firmness.Announced).Select(flow => flow.Event.Header.Deal?.Value).OfType<string>().Intersect(left).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2025-10-01")]
    [InlineData("2026-04-30")]
    public void The_flows_of_a_deal_add_up_to_its_headline(string day)
    {
        var counted = At(AsBothOf(day));
        var headlines = DealFold.Of(counted).ToDictionary(deal => deal.Deal, deal => deal.Terms.Headline?.Amount ?? 0);
        foreach (var deal in FirmFlows.UpTo(counted, Firmness.Announced).GroupBy(flow => flow.Event.Header.Deal!.Value))
        {
            deal.Sum(flow => flow.Amount.Amount).ShouldBe(headlines[deal.Key], deal.Key.Value);
        }
    }

    [Fact]
    public async Task Importing_the_same_file_again_writes_nothing()
    {
        var (plan, result) = await imported.ImportAsync();
        plan.Commands.ShouldBe(0);
        result.Written.ShouldBe(0);
        (await imported.ReadAsync()).Recorded.ShouldBe(Book.Recorded);
    }

    private static Cut AsOf(string day) => new(Id<Instant>(day).EndOfDay(), AsKnown.All);

    private static Cut AsBothOf(string day) => new(Id<Instant>(day).EndOfDay(), new AsKnown.AtTime(Id<Instant>(day).EndOfDay()));

    private Counted At(Cut cut) => Book.At(cut);

    private Analysis.Commitments.DealState Deal(string id) => DealFold.Of(At(Cut.Everything)).Single(deal => deal.Deal.Value == id);

    private decimal Headline(string deal) => Deal(deal).Terms.Headline!.Value.Amount;

    private ValuationRecorded Valuation(string id) => At(Cut.Everything).Events.Select(recorded => recorded.Event).OfType<ValuationRecorded>().Single(valuation => valuation.Valuation.Value == id);

    private decimal Direct(string issuer, string holder, Cut cut) =>
        OwnershipTable.Of(new OwnershipIndex(Book).At(cut, Id<CompanyId>(issuer)), OwnershipBasis.Outstanding).Holders.Single(held => held.Holder.Value == holder).Direct!.Value;

    private Stake StakeOf(string issuer, string holder, Cut cut) =>
        StakeValue.Of(new OwnershipIndex(Book).At(cut, Id<CompanyId>(issuer))).Single(stake => stake.Holder.Value == holder);

    /// <summary>What OpenAI is committed to buy of a company, by id.</summary>
    private IReadOnlyList<decimal> PromisedTo(string seller) =>
        [.. CommitmentFold.Of(At(Cut.Everything)).All.Where(commitment => commitment.Emitter == Openai && commitment.Terms.To == Id<CompanyId>(seller)).Select(commitment => commitment.Committed)];

    private static List<FirmFlow> FromNvidiaToOpenai(Counted counted, Firmness firmness) =>
        [.. FirmFlows.UpTo(counted, firmness).Where(flow => flow.From == Nvidia && flow.To == Openai)];

    /// <summary>A number that a deal's conditions tell in words.</summary>
    private decimal Told(string deal, string pattern) => NumberIn(Deal(deal).Terms.Conditions!, pattern);

    private static decimal NumberIn(string text, string pattern) =>
        Regex.Match(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)) is { Success: true } match
            ? decimal.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"'{text}' does not tell '{pattern}'");

    private static IEnumerable<IReadOnlyDictionary<string, string>> Parameters(string name) => CsvFile.Read("parameters.csv").Where(row => row["parameter"] == name);

    /// <summary>One number, or the two ends of a range.</summary>
    private static decimal[] Parameter(string name, string who = "") =>
        [.. Parameters(name).Single(row => row["who"].StartsWith(who, StringComparison.Ordinal))["value"].Split('-').Select(number => decimal.Parse(number, CultureInfo.InvariantCulture))];
}
