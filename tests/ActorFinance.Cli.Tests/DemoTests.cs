using System.Globalization;
using System.Text.Json;

namespace ActorFinance.Cli.Tests;

/// <summary>The demo's story holds no figure of its own: each is what the verbs answer for the journal that it came from.</summary>
public sealed class DemoTests(DemoTests.Told told) : IClassFixture<DemoTests.Told>
{
    private const string Deals = "ai.db";
    private const string Seed = "ai.db.seed.db";

    [Theory]
    [InlineData(0, Deals, "2025-10-01")]
    [InlineData(1, Deals, "2026-04-30")]
    [InlineData(2, Seed, null)]
    public async Task Every_figure_is_the_one_that_the_verbs_give_for_its_journal(int column, string journal, string? known)
    {
        string[] cut = known is null ? ["--journal", journal] : ["--journal", journal, "--as-known", known];
        var cash = await CommandLine.AskAsync(told.Folder.Path, ["cash", .. cut]);
        var ownership = await CommandLine.AskAsync(told.Folder.Path, ["ownership", .. cut]);
        var paid = await CommandLine.AskAsync(told.Folder.Path, ["circular", .. cut]);
        var all = await CommandLine.AskAsync(told.Folder.Path, ["circular", .. cut, "--firmness", "announced", "--in-kind"]);

        var holders = Find(ownership.GetProperty("issuers"), "issuer", "openai")?.GetProperty("holders");
        var nvidia = Find(paid.GetProperty("companies"), "company", "nvidia");
        var nvidiaInAll = Find(all.GetProperty("companies"), "company", "nvidia");
        var pair = nvidia is { } investor ? Find(investor.GetProperty("roundTrip").GetProperty("pairs"), "company", "openai") : null;

        Cell("NVIDIA paid into OpenAI", column).ShouldBe(Short(pair is { } p ? Amount(p.GetProperty("invested")) : 0));
        Cell("NVIDIA's part of OpenAI", column).ShouldBe(
            holders is { } some && Find(some, "holder", "nvidia") is { } held ? Share(held.GetProperty("direct")) : "–");
        Cell("NVIDIA's cash", column).ShouldBe(Cash(cash, "nvidia"));
        Cell("OpenAI's cash", column).ShouldBe(Cash(cash, "openai"));
        Cell("back to NVIDIA, paid", column).ShouldBe(Ratio(nvidia?.GetProperty("roundTrip").GetProperty("any")));
        Cell("back to NVIDIA, all", column).ShouldBe(Ratio(nvidiaInAll?.GetProperty("roundTrip").GetProperty("any")));
        Cell("NVIDIA's sales it financed, all", column).ShouldBe(Ratio(nvidiaInAll?.GetProperty("financedRevenueShare")));
        Cell("cycling index, paid", column).ShouldBe(Ratio(paid.GetProperty("finnCyclingIndex")));
        Cell("cycling index, all", column).ShouldBe(Ratio(all.GetProperty("finnCyclingIndex")));
        Cell("deals without a price", column).ShouldBe(paid.GetProperty("unpricedDeals").GetInt32().ToString(CultureInfo.InvariantCulture));
        foreach (var cycle in all.GetProperty("cycles").EnumerateArray().Take(3))
        {
            var names = cycle.GetProperty("companies").EnumerateArray().Select(name => name.GetString()!).ToList();
            told.Outcome.Out.ShouldContain($"{Short(Amount(cycle.GetProperty("bottleneck")))}  {string.Join(" -> ", names.Append(names[0]))}");
        }
    }

    [Fact]
    public void It_fits_a_screen_and_a_half_and_ends_with_three_commands_to_try()
    {
        var lines = told.Outcome.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBeLessThanOrEqualTo(60);
        lines.Count(line => line.TrimStart().StartsWith("actorfinance ", StringComparison.Ordinal)).ShouldBe(3);
        told.Outcome.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Told_again_on_the_same_journals_it_adds_nothing_and_says_the_same()
    {
        var before = JournalRows.Of(told.Folder[Deals]);

        var again = await CommandLine.RunAsync(told.Folder.Path, "demo", "--journal", Deals);

        again.ExitCode.ShouldBe(0, again.ToString());
        again.Out.ShouldBe(told.Outcome.Out);
        JournalRows.Of(told.Folder[Deals]).ShouldBe(before);
    }

    private string Cell(string question, int column)
    {
        var line = told.Outcome.Out.Split('\n').Single(candidate => candidate.Trim().StartsWith(question, StringComparison.Ordinal));
        return line.Trim()[question.Length..].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[column];
    }

    private static JsonElement? Find(JsonElement list, string field, string value) =>
        list.EnumerateArray().Where(item => item.GetProperty(field).GetString() == value).Select(item => (JsonElement?)item).FirstOrDefault();

    private static decimal Amount(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string Cash(JsonElement cash, string company) =>
        Find(cash.GetProperty("balances"), "company", company) is { } balance
            ? Short(Amount(balance.GetProperty("amount"))) + (balance.GetProperty("hasOpening").GetBoolean() ? "" : "*")
            : "–";

    private static string Short(decimal amount) => Math.Abs(amount) switch
    {
        >= 1_000_000_000m => (amount / 1_000_000_000m).ToString("#,0.00", CultureInfo.InvariantCulture) + " bn USD",
        >= 1_000_000m => (amount / 1_000_000m).ToString("#,0.00", CultureInfo.InvariantCulture) + " m USD",
        _ => amount.ToString("#,0.##########", CultureInfo.InvariantCulture) + " USD",
    };

    private static string Share(JsonElement direct) => (direct.GetDecimal() * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Ratio(JsonElement? ratio) =>
        ratio is { ValueKind: JsonValueKind.Number } number ? (number.GetDouble() * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>The demo, told once.</summary>
    public sealed class Told : IAsyncLifetime, IDisposable
    {
        public TempFolder Folder { get; } = new();

        public Outcome Outcome { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Outcome = await CommandLine.RunAsync(Folder.Path, "demo", "--journal", Deals);
            Outcome.ExitCode.ShouldBe(0, Outcome.ToString());
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => Folder.Dispose();
    }
}
