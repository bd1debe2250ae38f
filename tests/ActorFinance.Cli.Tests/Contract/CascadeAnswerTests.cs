using System.Text.Json;

namespace ActorFinance.Cli.Tests.Contract;

/// <summary>Loans that cannot all be repaid, as another program would ask for them.</summary>
public sealed class CascadeAnswerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_fails_in_which_round_and_what_each_creditor_gets()
    {
        await ImportAsync();

        var cascade = await AskAsync();
        Paid(cascade).ShouldBe("a 10 of 20 in 1, b 15 of 25 in 2");
        cascade.List("rounds").Select(r => $"{r.GetProperty("round").GetInt32()} {string.Join(' ', r.List("failed").Select(f => f.GetString()))}").ShouldBe(["1 a", "2 b"]);
        cascade.List("creditors").Select(c => $"{c.Text("debtor")} {c.Text("creditor")} {c.Text("owed")} {c.Text("received")}").ShouldBe(["a b 20 10", "b c 25 15"]);
        cascade.Text("currency").ShouldBe("USD");
        cascade.List("companies").Select(c => c.GetProperty("hasOpening").GetBoolean()).ShouldBe([false, true]);

        Paid(await AskAsync("--recovery", "0.5")).ShouldBe("a 5 of 20 in 1, b 7.5 of 25 in 2");
        Paid(await AskAsync("--default", "a")).ShouldBe("a 0 of 20 in 0, b 5 of 25 in 1");
        Paid(await AskAsync("--to", "2026-01-02")).ShouldBe("b 5 of 25 in 1");
        Paid(await AskAsync("--company", "a")).ShouldBe("a 10 of 20 in 1");
        Paid(await AskAsync("--as-of", "2026-01-03")).ShouldBe("a 20 of 20 in , b 25 of 25 in ");
        (await AskAsync("--from", "2027-01-01")).List("companies").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--firmness paid", 2, "--firmness 'paid' must be contracted or announced")]
    [InlineData("--recovery 1.5", 2, "--recovery '1.5' must be a number from 0 to 1")]
    [InlineData("--default bb", 1, "no company 'bb' in this journal; did you mean b?")]
    [InlineData("--currency EUR", 1, "no rate between USD and EUR is recorded")]
    public async Task A_wrong_use_is_said(string options, int code, string said)
    {
        await ImportAsync();
        var outcome = await CommandLine.RunAsync(_folder.Path, ["cascade", "--journal", "book.db", .. options.Split(' ')]);
        outcome.ExitCode.ShouldBe(code, outcome.ToString());
        outcome.Err.ShouldContain(said);
    }

    private static string Paid(JsonElement cascade) =>
        string.Join(", ", cascade.List("companies").Select(c => $"{c.Text("company")} {c.Text("paid")} of {c.Text("obligations")} in {c.GetProperty("round")}"));

    private async Task ImportAsync()
    {
        _folder.Write("book.csv", """
            effective,from,to,amount,currency,kind
            2026-01-01,,c,25,USD,opening
            2026-01-01,,b,0.01,USD,opening
            2026-01-02,b,,0.01,USD,opex
            2026-01-02,c,b,25,USD,loan
            2026-01-03,b,a,20,USD,loan
            2026-01-04,a,,10,USD,opex

            """);
        var imported = await CommandLine.RunAsync(_folder.Path, "import", "book.csv", "--journal", "book.db");
        imported.ExitCode.ShouldBe(0, imported.ToString());
    }

    private Task<JsonElement> AskAsync(params string[] options) => CommandLine.AskAsync(_folder.Path, ["cascade", "--journal", "book.db", .. options]);
}
