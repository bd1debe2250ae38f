using System.Globalization;

namespace ActorFinance.Cli.Tests.Scenarios;

public sealed class SeedBook : ImportedBook
{
    protected override string File() => Table.Scenario("nvidia-openai.yaml");
}

/// <summary>The letter of intent as if signed, as the program answers it from the journal, against hledger and a hand calculation.</summary>
public sealed class SeedScenarioTests(SeedBook book) : IClassFixture<SeedBook>
{
    [Fact]
    public async Task The_table_of_the_tranches_is_reproduced_to_every_printed_digit()
    {
        var dilution = (await book.AskAsync("ownership", "--company", "openai", "--dilution")).List("dilution").Where(row => row.Text("holder") == "nvidia").ToList();
        var events = (await book.AskAsync("events", "--company", "openai")).List("events").ToList();
        var issues = events.Where(e => e.Text("type") == "shares-issued" && e.GetProperty("fields").Text("holder") == "nvidia").ToList();
        var valuations = events.Where(e => e.Text("type") == "valuation-recorded").ToList();
        var actual = dilution.Select((row, i) => new Dictionary<string, string>
        {
            ["date"] = row.Text("at")![..10],
            ["tranche"] = issues[i].Text("tranche")!,
            ["pre_money_bn"] = Printed(valuations[i].GetProperty("fields").Money("preMoney") / Table.Billion),
            ["price_bn_per_M_share"] = Printed(PriceBefore(valuations[i].GetProperty("fields").Money("preMoney"), row.Number("outstanding"), issues[i].GetProperty("fields"))),
            ["new_shares_M"] = Printed(issues[i].GetProperty("fields").Number("quantity") / 1e6m),
            ["shares_after_M"] = Printed(row.Number("outstanding") / 1e6m),
            ["nvidia_shares_M"] = Printed(row.Number("shares") / 1e6m),
            ["nvidia_stake"] = Printed((decimal)row.GetProperty("after").GetDouble()),
        });
        actual.Select(Line).ShouldBe(Table.Read("seed-scenario-dilution.csv").Select(Line));
    }

    [Fact]
    public async Task Cash_by_half_year_is_that_of_the_ledger()
    {
        foreach (var row in Table.Read("seed-cash-by-half-year.hledger.csv"))
        {
            foreach (var (period, balance) in row.Where(cell => cell.Key != "account"))
            {
                var cash = await CashAtAsync(period.Split("..")[1]);
                cash[row["account"].Split(':')[0]].ShouldBe(Billions(balance), period);
            }
        }
    }

    [Theory]
    [InlineData("2028-12-31", "seed-balances-2028-12-31.hledger.csv")]
    [InlineData("2031-12-31", "seed-balances-end.hledger.csv")]
    public async Task Cash_what_was_invested_and_what_was_bought_are_those_of_the_ledger(string asOf, string file)
    {
        var expected = Table.Read(file).ToDictionary(row => row["account"], row => Billions(row["balance"]));
        var cash = await CashAtAsync(asOf);
        var nvidia = (await book.AskAsync("circular", "--to", asOf)).List("companies").Single(one => one.Text("company") == "nvidia");
        cash["nvidia"].ShouldBe(expected["nvidia:cash"]);
        cash["openai"].ShouldBe(expected["openai:cash"]);
        nvidia.Number("invested").ShouldBe(expected["nvidia:stake:openai"]);
        nvidia.GetProperty("roundTrip").List("pairs").Single().Number("purchased").ShouldBe(-expected["nvidia:revenue"]);
    }

    [Fact]
    public async Task The_shares_end_as_the_ledger_has_them()
    {
        var expected = Table.Read("seed-shares-end.hledger.csv").ToDictionary(row => row["account"], row => Table.Number(row["balance"].Split(' ')[0]) * 1e6m);
        var openai = (await book.AskAsync("ownership")).List("issuers").Single();
        var holders = openai.List("holders").ToDictionary(holder => holder.Text("holder")!, holder => holder.Number("shares"));
        holders.Where(holder => holder.Value != 0).ToDictionary().ShouldBe(new Dictionary<string, decimal> { ["nvidia"] = expected["nvidia"], ["others"] = expected["others"] }, ignoreOrder: true);
        openai.Number("outstanding").ShouldBe(-expected["issued"]);
    }

    [Fact]
    public async Task All_that_nvidia_invests_comes_back()
    {
        var circular = await book.AskAsync("circular", "--to", "2031-12-31");
        circular.List("companies").Single(one => one.Text("company") == "nvidia").GetProperty("roundTrip").GetProperty("any").GetDouble().ShouldBe(1);
        circular.List("cycles").First().List("companies").Select(company => company.GetString()).ShouldBe(["nvidia", "openai"]);
    }

    private async Task<Dictionary<string, decimal>> CashAtAsync(string asOf) =>
        (await book.AskAsync("cash", "--as-of", asOf)).List("balances").ToDictionary(balance => balance.Text("company")!, balance => balance.Number("amount"));

    /// <summary>In bn a million shares: pre-money by the shares outstanding before the issue.</summary>
    private static decimal PriceBefore(decimal preMoney, decimal after, System.Text.Json.JsonElement issue) =>
        preMoney / Table.Billion / ((after - issue.Number("quantity")) / 1e6m);

    private static string Printed(decimal value) => value.ToString("0.000000000", CultureInfo.InvariantCulture);

    private static string Line(IReadOnlyDictionary<string, string> row) => string.Join(' ', row.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}"));

    private static decimal Billions(string text) => Table.Number(text.Split(' ')[0]) * Table.Billion;
}
