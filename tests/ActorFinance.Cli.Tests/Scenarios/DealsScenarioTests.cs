using System.Text.Json;

namespace ActorFinance.Cli.Tests.Scenarios;

public sealed class DealsBook : ImportedBook
{
    protected override string File() => Table.Scenario("ai-deals.yaml");
}

/// <summary>The checks that come with the table of deals (its page DEALS), with left sides that the program answers from the imported journal.</summary>
public sealed class DealsScenarioTests(DealsBook book) : IClassFixture<DealsBook>
{
    private const decimal Billion = Table.Billion;

    [Fact]
    public async Task Coreweave_has_three_orders_of_openai() =>
        (await CommittedAsync("openai", "coreweave")).ShouldBe((11.9m + 4.0m + 6.5m) * Billion);

    [Fact]
    public async Task Amazon_web_services_has_two_orders_of_openai() =>
        (await CommittedAsync("openai", "amazon")).ShouldBe((38m + 100m) * Billion);

    [Theory]
    [InlineData("intel", "NVDA-INTC", 214_776_632, "23.28", "4999999992.96")]
    [InlineData("nokia", "NVDA-NOK", 166_389_351, "6.01", "999999999.51")]
    public async Task A_placement_is_its_shares_at_its_price(string issuer, string deal, decimal shares, string price, string value)
    {
        var holder = await HolderAsync(issuer, "nvidia");
        var issue = Fields(await EventsAsync("--deal", deal), "shares-issued");
        holder.Number("shares").ShouldBe(shares);
        issue.Money("pricePerShare").ShouldBe(Table.Number(price));
        (holder.Number("shares") * issue.Money("pricePerShare")).ShouldBe(Table.Number(value));
        holder.GetProperty("stakeValue").Number("amount").ShouldBe(Table.Number(value));
    }

    [Fact]
    public async Task Nokias_price_in_euro_follows_from_the_rate_of_the_day()
    {
        var price = Fields(await EventsAsync("--deal", "NVDA-NOK"), "shares-issued").Money("pricePerShare");
        var rates = (await EventsAsync("--type", "fx-rate-recorded")).Select(e => e.GetProperty("fields")).Single(e => e.Text("quote") == "EUR");
        rates.Number("rate").ShouldBe(Parameter("EUR per USD 2025-10-27 (ECB)"));
        decimal.Round(price * rates.Number("rate"), 2).ShouldBe(5.16m);
    }

    [Fact]
    public async Task Nvidias_purchase_of_coreweave_is_on_top_of_what_it_had()
    {
        var issue = Fields(await EventsAsync("--deal", "NVDA-CRWV-2026"), "shares-issued");
        issue.Number("quantity").ShouldBe(22_935_780m);
        decimal.Round(issue.Money("amount") / issue.Money("pricePerShare"), 1).ShouldBe(22_935_779.8m);
        var before = await HolderAsync("coreweave", "nvidia", "--as-of", "2025-12-31");
        before.Number("shares").ShouldBe(24_280_000m);
        (await HolderAsync("coreweave", "nvidia")).Number("shares").ShouldBe(before.Number("shares") + issue.Number("quantity"));
    }

    [Fact]
    public async Task The_recapitalisation_is_consistent_with_itself()
    {
        var worth = Fields(await EventsAsync("--deal", "MSFT-OAI-RECAP"), "valuation-recorded").Money("preMoney");
        worth.ShouldBe(500 * Billion);
        var (microsoft, foundation, rest) = (await PartAsync("microsoft"), await PartAsync("openai-foundation"), await PartAsync("outside"));
        (135 * Billion / microsoft).ShouldBe(worth);
        (130 * Billion / foundation).ShouldBe(worth);
        (microsoft, foundation, rest).ShouldBe((0.27m, 0.26m, 0.47m));

        async Task<decimal> PartAsync(string holder) => (decimal)(await HolderAsync("openai", holder, "--as-of", "2025-10-28")).GetProperty("direct").GetDouble();
    }

    [Fact]
    public async Task The_round_is_the_sum_of_its_parts_and_nvidia_has_its_part_of_it()
    {
        var round = await EventsAsync("--deal", "OAI-ROUND-2026");
        var terms = Fields(round, "deal-announced").GetProperty("terms");
        var valuations = round.Where(e => e.Text("type") == "valuation-recorded").Select(e => e.GetProperty("fields")).ToList();
        var (pre, post) = (valuations.Sum(valuation => valuation.Money("preMoney")), valuations.Sum(valuation => valuation.Money("postMoney")));
        (pre, terms.Money("headline"), post).ShouldBe((730 * Billion, 122 * Billion, 852 * Billion));
        (pre + terms.Money("headline")).ShouldBe(post);

        var parts = new Dictionary<string, decimal>();
        foreach (var part in terms.List("sums").Select(part => part.GetString()!))
        {
            var stated = await TermsAsync(part);
            parts.Add(part, Math.Max(stated.Money("headline"), stated.Money("maximum")));
        }

        parts.Values.OrderDescending().ShouldBe([50 * Billion, 30 * Billion, 30 * Billion, 12 * Billion]);
        parts.Values.Sum().ShouldBe(terms.Money("headline"));
        var stake = parts["NVDA-OAI-2026"] / post;
        decimal.Round(stake, 4).ShouldBe(0.0352m);
        ((decimal)(await HolderAsync("openai", "nvidia")).GetProperty("direct").GetDouble()).ShouldBe(stake, 1e-9m);
    }

    [Fact]
    public async Task Softbank_paid_thirty_and_forty_one_with_its_co_investors()
    {
        var own = await TermsAsync("SB-OAI-2025");
        own.Money("headline").ShouldBe((7.5m + 22.5m) * Billion);
        Fields(await EventsAsync("--deal", "SB-OAI-2025"), "investment-made").Money("amount").ShouldBe(own.Money("headline"));
        (own.Money("headline") + (await TermsAsync("SB-OAI-2025-SYNDICATE")).Money("headline")).ShouldBe(41 * Billion);
    }

    [Fact]
    public async Task Oracles_order_is_at_the_unit_price() =>
        ((await TermsAsync("ORCL-NVDA-40")).Money("headline") / Parameter("GB200 unit price")).ShouldBe(400_000m);

    [Fact]
    public async Task The_letter_of_intent_would_have_paid_for_part_of_the_hardware()
    {
        var letter = (await TermsAsync("NVDA-OAI-LOI")).Money("maximum");
        var supply = await TermsAsync("NVDA-OAI-SUPPLY");
        var gigawatts = Table.Number(supply.Text("conditions")!.Split(' ')[0]);
        var content = gigawatts * Parameter("NVIDIA content per GW") * Billion;
        decimal.Round(letter / content, 3).ShouldBe(0.286m);
        (gigawatts * Parameter("GPUs per GW")).ShouldBe(5_000_000m);
        var whole = Row("total cost per GW", "50-60").Split('-').Select(cost => decimal.Round(letter / (gigawatts * Table.Number(cost) * Billion), 2));
        whole.ShouldBe([0.20m, 0.17m]);
        (content * 0.7m).ShouldBe(245 * Billion);
    }

    [Fact]
    public async Task The_edges_and_the_total_of_the_named_view_are_those_worked_out_by_hand()
    {
        var view = Table.Text("circularity-apr-2026.deals.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var events = (await book.AskAsync("events")).List("events").Where(e => e.Text("deal") is { } deal && view.Contains(deal)).ToList();
        var settled = events.Where(e => e.Text("type") is "deal-contracted" or "deal-completed").Select(e => e.Text("deal")).ToHashSet();
        var edges = new Dictionary<(string, string), decimal>();
        foreach (var e in events)
        {
            var fields = e.GetProperty("fields");
            (string? To, decimal Amount) edge = e.Text("type") switch
            {
                // What draws a commitment is counted with it.
                "investment-made" => (fields.Text("investee"), fields.Text("draws") is null ? fields.Money("amount") : 0),
                "purchase-paid" => (fields.Text("seller"), fields.Text("draws") is null ? fields.Money("amount") : 0),
                "investment-committed" or "purchase-committed" => (fields.GetProperty("terms").Text("to"), fields.GetProperty("terms").Money("amount")),
                "deal-announced" when !settled.Contains(e.Text("deal")) => (fields.GetProperty("terms").Text("to"), fields.GetProperty("terms").Money("headline")),
                _ => (null, 0),
            };
            if (edge is ({ } to, not 0))
            {
                edges[(e.Text("company")!, to)] = edges.GetValueOrDefault((e.Text("company")!, to)) + edge.Amount;
            }
        }

        using var oracle = JsonDocument.Parse(Table.Text("circularity-deals-apr2026-firm.json"));
        var ids = Table.Read("deals.csv").SelectMany(row => new[] { (row["from_party"], row["from_id"]), (row["to_party"], row["to_id"]) }).Distinct().Where(pair => pair.Item2.Length > 0).ToDictionary();
        var expected = oracle.RootElement[0].List("edges_musd").ToDictionary(edge => (ids[edge[0].GetString()!], ids[edge[1].GetString()!]), edge => edge[2].GetDecimal() * 1e6m);
        edges.OrderBy(edge => edge.Key).ShouldBe(expected.OrderBy(edge => edge.Key));
        edges.Values.Sum().ShouldBe(oracle.RootElement[0].GetProperty("total_musd").GetDecimal() * 1e6m);
    }

    [Fact]
    public async Task In_october_2025_the_letter_is_announced_and_nothing_is_paid()
    {
        var then = await EventsAsync("--as-known", "2025-10-01");
        then.Where(e => e.Text("deal") == "NVDA-OAI-LOI").Select(e => e.Text("type")).ShouldBe(["deal-announced"]);
        Fields(then.Where(e => e.Text("deal") == "NVDA-OAI-LOI"), "deal-announced").GetProperty("terms").Money("maximum").ShouldBe(100 * Billion);
        Paid(then).ShouldBe(0);
        var announced = await book.AskAsync("circular", "--as-known", "2025-10-01", "--firmness", "announced");
        PairInvested(announced, "nvidia", "openai").ShouldBe(0, "a maximum is never an amount");
    }

    [Fact]
    public async Task In_april_2026_the_letter_is_superseded_and_thirty_billion_are_paid()
    {
        var then = await EventsAsync("--as-known", "2026-04-30");
        then.Where(e => e.Text("deal") == "NVDA-OAI-LOI").Select(e => e.Text("type")).ShouldBe(["deal-announced", "deal-superseded"]);
        Fields(then.Where(e => e.Text("deal") == "NVDA-OAI-LOI"), "deal-superseded").Text("by").ShouldBe("NVDA-OAI-2026");
        Paid(then).ShouldBe(30 * Billion);
        then.Single(e => e.Text("deal") == "NVDA-OAI-2026" && e.Text("type") == "investment-made").Text("effective").ShouldBe("2026-03-31T00:00:00Z");
        var circular = await book.AskAsync("circular", "--as-known", "2026-04-30");
        PairInvested(circular, "nvidia", "openai").ShouldBe(30 * Billion);

        // Announced adds neither the superseded letter nor the seed's summary of it.
        PairInvested(await book.AskAsync("circular", "--as-known", "2026-04-30", "--firmness", "announced"), "nvidia", "openai").ShouldBe(30 * Billion);
    }

    [Fact]
    public async Task Deals_without_a_price_are_counted_beside_every_ratio()
    {
        var rows = Table.Read("deals.csv").Where(row => row["amount_usd_bn"].Length + row["amount_max_usd_bn"].Length == 0 && row["firmness"] != "summary").ToList();
        (await book.AskAsync("circular")).GetProperty("unpricedDeals").GetInt32().ShouldBe(rows.Count);
        (await book.AskAsync("circular", "--as-known", "2025-10-01")).GetProperty("unpricedDeals").GetInt32()
            .ShouldBe(rows.Count(row => string.CompareOrdinal(row["known_date"], "2025-10-01") <= 0));
    }

    [Fact]
    public async Task A_summary_is_not_added_to_its_parts()
    {
        var cash = (await book.AskAsync("cash")).List("balances").Single(balance => balance.Text("company") == "openai").Number("amount");
        var rows = Table.Read("deals.csv").Where(row => row["firmness"] == "paid" && row["to_id"] == "openai" && row["kind"] == "investment" && row["id"] != "MSFT-OAI-2023").ToList();
        var lent = Table.Read("deals.csv").Where(row => row["firmness"] == "paid" && row["from_id"] == "openai" && row["kind"] == "loan").ToList();
        cash.ShouldBe((rows.Sum(row => Table.Number(row["amount_usd_bn"])) - lent.Sum(row => Table.Number(row["amount_usd_bn"]))) * Billion);
        PairInvested(await book.AskAsync("circular", "--firmness", "announced"), "outside", "openai").ShouldBe(0);
    }

    private static decimal Paid(IEnumerable<JsonElement> events) => events
        .Where(e => e.Text("type") == "investment-made" && e.Text("company") == "nvidia" && e.GetProperty("fields").Text("investee") == "openai")
        .Sum(e => e.GetProperty("fields").Money("amount"));

    private static decimal PairInvested(JsonElement circular, string from, string to) => circular.List("companies")
        .Where(one => one.Text("company") == from)
        .SelectMany(one => one.GetProperty("roundTrip").List("pairs"))
        .Where(pair => pair.Text("company") == to)
        .Sum(pair => pair.Number("invested"));

    private static JsonElement Fields(IEnumerable<JsonElement> events, string type) => events.Single(e => e.Text("type") == type).GetProperty("fields");

    private static decimal Parameter(string name) => Table.Number(Table.Read("parameters.csv").Single(row => row["parameter"] == name)["value"]);

    private static string Row(string name, string value) => Table.Read("parameters.csv").Single(row => row["parameter"] == name && row["value"] == value)["value"];

    private async Task<IReadOnlyList<JsonElement>> EventsAsync(params string[] options) => [.. (await book.AskAsync("events", options)).List("events")];

    private async Task<JsonElement> TermsAsync(string deal) =>
        (await EventsAsync("--deal", deal)).First(e => e.Text("type") is "deal-announced" or "deal-contracted").GetProperty("fields").GetProperty("terms");

    private async Task<JsonElement> HolderAsync(string issuer, string holder, params string[] options) =>
        (await book.AskAsync("ownership", ["--company", issuer, .. options])).List("issuers").Single().List("holders").Single(one => one.Text("holder") == holder);

    private async Task<decimal> CommittedAsync(string from, string to) =>
        (await book.AskAsync("cash")).List("commitments").Where(one => one.Text("from") == from && one.Text("to") == to).Sum(one => one.Number("committed"));
}
