
namespace ActorFinance.Cli.Tests.Contract;

/// <summary>Small books with answers that are known beforehand, through import and JSON as another program would ask for them.</summary>
public sealed class KnownAnswerTests : IDisposable
{
    private const double Exact = 1e-9;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cash_on_two_axes_when_a_payment_became_known_late()
    {
        await ImportAsync("""
            effective,from,to,amount,currency,kind,known
            2025-01-01,,a,100.00,USD,opening,2025-01-01
            2025-02-01,a,b,30.00,USD,purchase,2025-06-01
            2025-03-01,a,,5.5,USD,opex,2025-03-01
            """);
        (await CashOfAAsync("--as-of", "2025-03-31")).ShouldBe(64.5m);
        (await CashOfAAsync("--as-of", "2025-03-31", "--as-known", "2025-05-31")).ShouldBe(94.5m);
        (await CashOfAAsync("--as-of", "2025-01-31")).ShouldBe(100m);

        var cash = await AskAsync("cash");
        cash.GetProperty("version").GetInt32().ShouldBe(1);
        cash.List("balances").Single(balance => balance.Text("company") == "a").GetProperty("lowest").Number("amount").ShouldBe(64.5m);
        var known = cash.GetProperty("asKnown");
        known.GetProperty("offset").GetInt64().ShouldBe(JournalRows.Of(_folder["book.db"]).Events);

        // The same cut by its offset and by its time.
        (await CashOfAAsync("--as-known", known.GetProperty("offset").ToString())).ShouldBe(64.5m);
        (await CashOfAAsync("--as-known", known.Text("time")!)).ShouldBe(64.5m);
        (await AskAsync("cash", "--as-known", "0")).List("balances").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_lacks_its_ground_is_listed_alike_by_every_answer_that_it_concerns()
    {
        _folder.Write("cap.csv", """
            effective,issuer,holder,class,quantity,kind,from,known
            2025-01-01,a,x,common,100,issue,,2025-09-01
            2025-01-02,a,y,common,40,transfer,x,2025-02-01
            """);
        _folder.Write("deal.jsonl", """
            {"id":"r","company":"buyer","effective":"2025-01-01","known":"2025-01-01","command":{"type":"register-company","name":"buyer","currency":"USD"}}
            {"id":"s","company":"seller","effective":"2025-01-01","known":"2025-01-01","command":{"type":"register-company","name":"seller","currency":"USD"}}
            {"id":"c","company":"buyer","effective":"2025-01-01","known":"2025-09-01","deal":"d","command":{"type":"commit-purchase","terms":{"commitment":"order","from":"buyer","to":"seller","amount":"9 USD"}}}
            {"id":"p","company":"buyer","effective":"2025-01-02","known":"2025-02-01","deal":"d","command":{"type":"pay-purchase","seller":"seller","amount":"4 USD","draws":"order"}}
            """);
        foreach (var file in new[] { "cap.csv", "deal.jsonl" })
        {
            (await CommandLine.RunAsync(_folder.Path, "import", file, "--journal", "book.db")).ExitCode.ShouldBe(0);
        }

        var shares = await LackingAsync("ownership");
        var promises = await LackingAsync("cash");
        shares.ShouldHaveSingleItem();
        promises.ShouldHaveSingleItem();
        (await LackingAsync("cash", "--changes")).ShouldBe(promises);
        (await LackingAsync("cash", "--every", "month")).ShouldBe(promises);
        (await LackingAsync("circular")).ShouldBe(promises);
        (await LackingAsync("events")).ShouldBe([.. shares, .. promises], ignoreOrder: true);
        (await LackingAsync("replay")).ShouldBe([.. shares, .. promises], ignoreOrder: true);
        (await AskAsync("events")).List("incompleteKnowledge").ShouldBeEmpty("all is known by now");
    }

    [Fact]
    public async Task Cash_too_large_to_be_kept_exactly_is_listed_by_verify_and_stops_only_the_answers_that_hold_it()
    {
        await ImportAsync("effective,from,to,amount,currency,kind\n" + string.Concat(Enumerable.Repeat("2025-01-01,a,c,9900000000000000,USD,purchase\n2025-01-02,b,c,9900000000000000,USD,purchase\n", 60)));
        var cash = await CommandLine.RunAsync(_folder.Path, "cash", "--journal", "book.db");
        (cash.ExitCode, cash.Out).ShouldBe((1, ""));
        cash.Err.ShouldStartWith("the cash of c comes to 1009800000000000000 USD with event ");
        (await CommandLine.RunAsync(_folder.Path, "cash", "--company", "a", "--journal", "book.db")).ExitCode.ShouldBe(0);
        var verified = await CommandLine.RunAsync(_folder.Path, "verify", "--journal", "book.db", "--output", "json");
        verified.ExitCode.ShouldBe(1);
        System.Text.Json.JsonDocument.Parse(verified.Out).RootElement.List("brokenInvariants").Single().Text("code").ShouldBe("cash-too-large");
        (await CommandLine.RunAsync(_folder.Path, "events", "--last", "3", "--journal", "book.db")).ExitCode.ShouldBe(0);
    }

    private async Task<IEnumerable<string>> LackingAsync(string verb, params string[] options) =>
        [.. (await AskAsync(verb, [.. options, "--as-known", "2025-03-01"])).List("incompleteKnowledge").Select(lacking => lacking.GetRawText())];

    [Fact]
    public async Task A_circle_with_a_detour()
    {
        await ImportAsync("""
            effective,from,to,amount,currency,kind
            2026-01-01,,nvidia,60,USD,opening
            2026-01-02,,openai,40,USD,opening
            2026-01-03,,oracle,10,USD,opening
            2026-02-01,nvidia,openai,30,USD,investment
            2026-02-02,openai,oracle,35,USD,purchase
            2026-02-03,oracle,nvidia,25,USD,purchase
            2026-02-10,openai,nvidia,5,USD,purchase
            2026-03-01,nvidia,coreweave,2,USD,investment
            2026-03-02,coreweave,nvidia,3,USD,purchase
            2026-03-03,coreweave,,1,USD,opex
            2026-04-01,openai,,12,USD,opex
            2026-04-02,nvidia,,20,USD,opex
            """);
        var circular = await AskAsync("circular", "--to", "2026-12-31", "--hops", "3");
        var nvidia = circular.List("companies").Single(one => one.Text("company") == "nvidia");
        circular.GetProperty("finnCyclingIndex").GetDouble().ShouldBe(0.11443448773920317, Exact);
        nvidia.Number("invested").ShouldBe(32);
        nvidia.GetProperty("roundTrip").GetProperty("direct").GetDouble().ShouldBe(0.21875, Exact);
        nvidia.GetProperty("roundTrip").GetProperty("any").GetDouble().ShouldBe(1, Exact);
        nvidia.GetProperty("financedRevenueShare").GetDouble().ShouldBe(7.0 / 33, Exact);
        circular.GetProperty("circulationShare").GetDouble().ShouldBe(0.89, Exact);

        circular.GetProperty("nettingShare").GetDouble().ShouldBe(NettingShare((30, "nvidia", "openai"), (35, "openai", "oracle"), (25, "oracle", "nvidia"), (5, "openai", "nvidia"), (2, "nvidia", "coreweave"), (3, "coreweave", "nvidia")), Exact);
        nvidia.GetProperty("roundTrip").GetProperty("anyViaAll").GetDouble().ShouldBe(1, Exact);
        nvidia.GetProperty("roundTrip").GetProperty("withinHops").EnumerateObject().Select(hop => (hop.Name, Math.Round(hop.Value.GetDouble(), 12)))
            .ShouldBe([("1", 0.21875), ("2", 1), ("3", 1)]);
        var traced = nvidia.GetProperty("traced");
        traced.Text("method").ShouldBe("haircut");
        traced.GetProperty("ratio").GetDouble().ShouldBe(0.389880952380952, Exact);
        ((double)traced.Number("held")).ShouldBe(14.380952380952381, Exact);
        new[] { "returned", "returnedOtherwise", "spentOutside", "absorbed", "held" }.Sum(part => traced.Number(part)).ShouldBe(traced.Number("invested"));

        // Oracle invested nothing: its amounts are "0", only its ratios are null, and hops have their keys all the same.
        var oracle = circular.List("companies").Single(one => one.Text("company") == "oracle");
        oracle.GetProperty("traced").Number("invested").ShouldBe(0);
        oracle.GetProperty("traced").GetProperty("ratio").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        oracle.GetProperty("roundTrip").GetProperty("withinHops").GetProperty("3").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_traced_is_explained_by_its_events_with_the_part_that_counts()
    {
        await ImportAsync("""
            effective,from,to,amount,currency,kind,source
            2026-01-01,,b,10,USD,opening,
            2026-01-02,a,b,30,USD,investment,https://example.org/deal
            2026-01-03,b,a,20,USD,purchase,
            """);
        var explained = await AskAsync("circular", "--company", "a", "--explain", "traced");
        explained.GetProperty("value").GetDouble().ShouldBe(0.5, Exact);
        var events = explained.List("events").ToList();
        events.Select(e => e.Text("type")).ShouldBe(["investment-made", "purchase-paid"]);
        events[0].Text("source").ShouldBe("https://example.org/deal");
        events[1].GetProperty("part").Number("amount").ShouldBe(15);

        var shown = await CommandLine.RunAsync(_folder.Path, "circular", "--journal", "book.db", "--company", "a", "--explain", "traced");
        shown.Out.ShouldContain("traced of a = 50.0 %: the events behind it");
        shown.Out.ShouldContain("https://example.org/deal");
    }

    [Fact]
    public async Task A_series_over_rolling_windows_forgets_what_is_older()
    {
        await ImportAsync("""
            effective,from,to,amount,currency,kind
            2025-01-10,a,b,10,USD,investment
            2025-02-10,b,a,10,USD,purchase
            2025-03-10,a,b,5,USD,purchase
            """);
        var all = await AskAsync("circular", "--every", "month");
        all.List("series").Select(point => point.GetProperty("circulationShare").GetDouble()).ShouldBe([0, 1, 0.8], Exact);
        var rolling = await AskAsync("circular", "--window", "1M", "--company", "a");
        rolling.Text("window").ShouldBe("1M");
        rolling.List("series").Select(point => point.List("companies").Single().Number("invested")).ShouldBe([10, 0, 0]);
        rolling.List("series").Select(point => point.Text("to")).ShouldBe(["2025-01-31T23:59:59.9999999Z", "2025-02-28T23:59:59.9999999Z", "2025-03-31T23:59:59.9999999Z"]);

        var plotted = await CommandLine.RunAsync(_folder.Path, "circular", "--journal", "book.db", "--every", "month");
        plotted.Out.ShouldContain("█");
        plotted.Out.ShouldContain("a -> b -> a");
    }

    private static double NettingShare(params (decimal Amount, string From, string To)[] flows)
    {
        var companies = flows.SelectMany(flow => new[] { flow.From, flow.To }).Distinct();
        var unsettled = companies.Sum(one => Math.Abs(flows.Where(f => f.To == one).Sum(f => f.Amount) - flows.Where(f => f.From == one).Sum(f => f.Amount)));
        return (double)(1 - (unsettled / (2 * flows.Sum(f => f.Amount))));
    }

    [Fact]
    public async Task Two_firms_that_hold_half_of_each_other()
    {
        await ImportAsync("""
            effective,issuer,holder,class,quantity
            2025-01-01,a,b,common,500
            2025-01-01,a,people-a,common,500
            2025-01-01,b,a,common,500
            2025-01-01,b,people-b,common,500
            """);
        var issuers = (await AskAsync("ownership", "--as-of", "2025-12-31")).List("issuers").ToDictionary(issuer => issuer.Text("issuer")!);
        issuers["a"].List("holders").Single(holder => holder.Text("holder") == "b").GetProperty("direct").GetDouble().ShouldBe(0.5);
        issuers["b"].Number("outstanding").ShouldBe(1000);
    }

    [Theory]
    [InlineData("cone-springs.csv")]
    [InlineData("oyster-reef.csv")]
    [InlineData("vienna-urban-metabolism-c.csv")]
    public async Task The_cycling_index_of_a_published_network(string network)
    {
        await ImportAsync(Table.Text($"finn/{network}"));
        var expected = double.Parse(Table.Read("finn/finn-expected.csv").Single(row => row["file"] == network)["finn_cycling_index"], System.Globalization.CultureInfo.InvariantCulture);
        var circular = await AskAsync("circular", "--to", "2026-12-31");
        circular.GetProperty("finnCyclingIndex").GetDouble().ShouldBe(expected, Exact);
        circular.GetProperty("circulationShare").GetDouble().ShouldBe(
            double.Parse(Table.Read("finn/finn-expected.csv").Single(row => row["file"] == network)["circulation_share"], System.Globalization.CultureInfo.InvariantCulture), Exact);
    }

    private async Task ImportAsync(string text)
    {
        _folder.Write("book.csv", text);
        var imported = await CommandLine.RunAsync(_folder.Path, "import", "book.csv", "--journal", "book.db");
        imported.ExitCode.ShouldBe(0, imported.ToString());
    }

    private Task<System.Text.Json.JsonElement> AskAsync(string verb, params string[] options) =>
        CommandLine.AskAsync(_folder.Path, [verb, "--journal", "book.db", .. options]);

    private async Task<decimal> CashOfAAsync(params string[] options) =>
        (await AskAsync("cash", options)).List("balances").Single(balance => balance.Text("company") == "a").Number("amount");
}
