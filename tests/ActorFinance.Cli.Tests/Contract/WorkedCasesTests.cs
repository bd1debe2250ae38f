using System.Text.Json;

namespace ActorFinance.Cli.Tests.Contract;

/// <summary>Cases worked by hand from the definitions in docs/measures, asked for on the command line with the options that choose between them.</summary>
public sealed class WorkedCasesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// x holds 60 of 60, then 60 of 100; gives z 20 of them: 40 of 100; y is issued 100 more: 40 of 200; a split makes
    /// two of each, 80 of 400, and changes nobody's part; y gives 80 back: 80 of 320.
    /// </summary>
    [Fact]
    public async Task Dilution_names_before_and_after_of_everyone_whom_an_event_moves()
    {
        await ImportAsync(
            "effective,issuer,holder,class,quantity,kind,from",
            "2025-01-01,a,x,common,60,issue,",
            "2025-02-01,a,y,common,40,issue,",
            "2025-03-01,a,z,common,20,transfer,x",
            "2025-04-01,a,y,common,100,issue,",
            "2025-05-01,a,,common,2:1,split,",
            "2025-06-01,a,y,common,80,repurchase,");
        (string, string, double, double, string, string)[] rows =
        [
            ("2025-01-01", "x", 0, 1, "60", "60"),
            ("2025-02-01", "x", 1, 0.6, "60", "100"),
            ("2025-02-01", "y", 0, 0.4, "40", "100"),
            ("2025-03-01", "x", 0.6, 0.4, "40", "100"),
            ("2025-03-01", "z", 0, 0.2, "20", "100"),
            ("2025-04-01", "x", 0.4, 0.2, "40", "200"),
            ("2025-04-01", "y", 0.4, 0.7, "140", "200"),
            ("2025-04-01", "z", 0.2, 0.1, "20", "200"),
            ("2025-05-01", "x", 0.2, 0.2, "80", "400"),
            ("2025-05-01", "y", 0.7, 0.7, "280", "400"),
            ("2025-05-01", "z", 0.1, 0.1, "40", "400"),
            ("2025-06-01", "x", 0.2, 0.25, "80", "320"),
            ("2025-06-01", "y", 0.7, 0.625, "200", "320"),
            ("2025-06-01", "z", 0.1, 0.125, "40", "320"),
        ];

        var dilution = await AskAsync("ownership", "--dilution");
        dilution.List("dilution")
            .Select(row => (row.Text("at")![..10], row.Text("holder")!, row.GetProperty("before").GetDouble(), row.GetProperty("after").GetDouble(), row.Text("shares")!, row.Text("outstanding")!))
            .ShouldBe(rows);
    }

    /// <summary>
    /// a invests 30 in b. By purchases alone b's 5 can have come back: 5/30. b's 20 lent to c carry c's purchase of 18 only where any payment carries: (5 + 18)/30, on
    /// a way of two payments.
    /// </summary>
    [Theory]
    [InlineData("purchases", 5 / 30.0)]
    [InlineData("all", 23 / 30.0)]
    public async Task What_carries_money_onward_is_chosen_by_via(string via, double withinTwo)
    {
        await ImportAsync(
            "effective,from,to,amount,currency,kind",
            "2026-01-01,a,b,30,USD,investment",
            "2026-01-02,b,c,20,USD,loan",
            "2026-01-03,b,a,5,USD,purchase",
            "2026-01-04,c,a,18,USD,purchase");

        var roundTrip = (await AskAsync("circular", "--company", "a", "--hops", "2", "--via", via)).List("companies").Single().GetProperty("roundTrip");
        roundTrip.GetProperty("direct").GetDouble().ShouldBe(5 / 30.0);
        roundTrip.GetProperty("withinHops").GetProperty("1").GetDouble().ShouldBe(5 / 30.0);
        roundTrip.GetProperty("withinHops").GetProperty("2").GetDouble().ShouldBe(withinTwo);
        roundTrip.GetProperty("any").GetDouble().ShouldBe(5 / 30.0);
        roundTrip.GetProperty("anyViaAll").GetDouble().ShouldBe(23 / 30.0);
    }

    /// <summary>
    /// b has 10 and gets 30 of a's. Of its 20 to c, by haircut 20 x 30/40 = 15 are a's, by fifo 20 - 10 = 10, by lifo 20. c had 4: of the 8 it pays a, 8 x 15/24 = 5 come back
    /// by haircut, by fifo (its own 4, then b's own 4) none, by lifo 8. Of its 6 to the outside, 6 x 10/16 = 3.75, by fifo (b's own 6) none, by lifo 6.
    /// </summary>
    [Theory]
    [InlineData("haircut", "5", "3.75", "21.25", 5 / 30.0)]
    [InlineData("fifo", "0", "0", "30", 0)]
    [InlineData("lifo", "8", "6", "16", 8 / 30.0)]
    public async Task Which_money_goes_out_first_is_chosen_by_trace(string trace, string returned, string spentOutside, string held, double ratio)
    {
        await ImportAsync(
            "effective,from,to,amount,currency,kind",
            "2026-01-01,,b,10,USD,opening",
            "2026-01-01,,c,4,USD,opening",
            "2026-01-02,a,b,30,USD,investment",
            "2026-01-03,b,c,20,USD,purchase",
            "2026-01-04,c,a,8,USD,purchase",
            "2026-01-05,c,,6,USD,opex");

        var traced = (await AskAsync("circular", "--company", "a", "--trace", trace)).List("companies").Single().GetProperty("traced");
        (traced.Text("method"), traced.Text("invested"), traced.Text("returned"), traced.Text("returnedOtherwise"), traced.Text("spentOutside"), traced.Text("absorbed"), traced.Text("held"))
            .ShouldBe((trace, "30", returned, "0", spentOutside, "0", held));
        traced.GetProperty("ratio").GetDouble().ShouldBe(ratio, 1e-15);
    }

    /// <summary>A rate is taken as it stands or turned round, at or before the payment: 2026-01-10 has one, 2026-01-01 has none.</summary>
    [Fact]
    public async Task A_payment_before_the_first_rate_of_its_pair_has_no_amount_in_the_other_currency()
    {
        _folder.Write("rate.jsonl", """{"id":"rate-1","company":"$market","effective":"2026-01-05","command":{"type":"record-fx-rate","base":"EUR","quote":"USD","rate":"1.25"}}""" + "\n");
        await ImportAsync("effective,from,to,amount,currency,kind", "2026-01-10,a,b,30,USD,investment", "2026-01-11,b,a,10,EUR,purchase");
        var rated = await CommandLine.RunAsync(_folder.Path, "import", "rate.jsonl", "--journal", "book.db");
        rated.ExitCode.ShouldBe(0, rated.ToString());

        // 30 USD are 24 EUR, and 10 EUR are 12.5 USD.
        var inEuro = (await AskAsync("circular", "--company", "a", "--currency", "EUR")).List("companies").Single();
        (inEuro.GetProperty("traced").Text("invested"), inEuro.GetProperty("roundTrip").GetProperty("direct").GetDouble()).ShouldBe(("24", 10 / 24.0));
        (await AskAsync("circular", "--company", "a", "--currency", "USD")).List("companies").Single().GetProperty("roundTrip").GetProperty("direct").GetDouble().ShouldBe(12.5 / 30);

        await ImportAsync("effective,from,to,amount,currency,kind", "2026-01-01,a,b,1,USD,investment");
        var early = await CommandLine.RunAsync(_folder.Path, "circular", "--journal", "book.db", "--currency", "EUR");
        (early.ExitCode, early.Err.Trim())
            .ShouldBe((1, "no rate between USD and EUR is recorded at or before 2026-01-01T00:00:00Z: record one, or report in another currency (--currency CODE)"));
    }

    /// <summary>b holds all of a, c all of b, a all of c: (I - C) has no inverse for the three, and d, of which c holds half and people half, ends with nobody for that half.</summary>
    [Fact]
    public async Task A_loop_of_three_that_hold_all_of_each_other_has_no_owner_and_neither_has_what_it_holds()
    {
        await ImportAsync(
            "effective,issuer,holder,class,quantity",
            "2025-01-01,a,b,common,10", "2025-01-01,b,c,common,10", "2025-01-01,c,a,common,10", "2025-01-01,d,c,common,5", "2025-01-01,d,people,common,5");

        foreach (var company in (string[])["a", "d"])
        {
            var outcome = await CommandLine.RunAsync(_folder.Path, "ownership", "--journal", "book.db", "--company", company, "--output", "json");
            outcome.ExitCode.ShouldBe(1, outcome.ToString());
            outcome.Err.Trim().ShouldBe("a, b, c hold all of each other: the group has no owner");
            using var answer = JsonDocument.Parse(outcome.Out);
            var holders = answer.RootElement.List("issuers").Single().List("holders").ToList();
            holders.ShouldAllBe(holder => holder.GetProperty("ultimate").ValueKind == JsonValueKind.Null);
            holders.Select(holder => holder.GetProperty("direct").GetDouble()).Sum().ShouldBe(1);
        }
    }

    private async Task ImportAsync(params string[] lines)
    {
        _folder.Write("book.csv", string.Join('\n', lines) + "\n");
        var imported = await CommandLine.RunAsync(_folder.Path, "import", "book.csv", "--journal", "book.db");
        imported.ExitCode.ShouldBe(0, imported.ToString());
    }

    private Task<JsonElement> AskAsync(string verb, params string[] options) => CommandLine.AskAsync(_folder.Path, [verb, "--journal", "book.db", .. options]);
}
