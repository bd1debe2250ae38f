using System.Text.Json;
using NJsonSchema;

namespace ActorFinance.Cli.Tests.Contract;

/// <summary>Answers over both bundled books, against the schemas under docs/schema.</summary>
public sealed class JsonSchemaTests(DealsBook deals, SeedBook seed) : IClassFixture<DealsBook>, IClassFixture<SeedBook>
{
    public static TheoryData<string, string> Questions => new()
    {
        { "cash", "" },
        { "cash", "--as-of 2025-12-31 --as-known 2025-10-01" },
        { "cash", "--as-known 0" },
        { "cash", "--burn 3M" },
        { "cash", "--burn 90D --as-of 2025-12-31" },
        { "ownership", "" },
        { "ownership", "--basis voting --as-of 2025-12-31" },
        { "ownership", "--basis fully-diluted" },
        { "ownership", "--as-known 0" },
        { "ownership", "--dilution" },
        { "ownership", "--every quarter --company openai" },
        { "ownership", "--changes --as-of 2025-12-31" },
        { "ownership", "--company openai --explain nvidia" },
        { "cascade", "" },
        { "cascade", "--firmness announced --default openai --recovery 0.4" },
        { "cascade", "--as-known 0" },
        { "circular", "" },
        { "circular", "--firmness announced --in-kind --from 2025-01-01" },
        { "circular", "--as-known 0" },
        { "circular", "--hops 3 --via all --trace fifo --firmness contracted" },
        { "circular", "--company nvidia --trace lifo" },
        { "circular-series", "--every quarter --firmness contracted" },
        { "circular-series", "--window 12M --every year --company openai" },
        { "circular-series", "--every month --as-known 0" },
        { "circular-explain", "--explain finnCyclingIndex" },
        { "circular-explain", "--explain circulationShare --firmness announced" },
        { "circular-explain", "--explain cycles" },
        { "circular-explain", "--explain traced --company nvidia" },
        { "circular-explain", "--explain anyViaAll --company openai --firmness announced" },
        { "circular-explain", "--explain any --company nvidia --as-of 2001-01-01" },
        { "events", "" },
        { "events", "--all" },
        { "events", "--company openai --last 3" },
        { "replay", "" },
        { "replay", "--as-known 0" },
        { "verify", "" },
        { "verify", "--seal" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task An_answer_fits_its_schema(string verb, string options)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", $"{verb}.schema.json"));
        foreach (var book in new ImportedBook[] { deals, seed })
        {
            var answer = await book.AskAsync(verb.Split('-')[0], options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            schema.Validate(answer.GetRawText()).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_demos_answer_fits_its_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "demo.schema.json"));
        using var folder = new TempFolder();
        var answer = await CommandLine.RunAsync(folder.Path, "demo", "--output", "json");
        answer.ExitCode.ShouldBe(0, answer.ToString());
        schema.Validate(answer.Out).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schemas_are_no_blank_cheque()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "cash.schema.json"));
        var answer = (await seed.AskAsync("cash")).GetRawText();
        schema.Validate(answer.Replace("\"60000000000\"", "6e10", StringComparison.Ordinal)).ShouldNotBeEmpty();
        schema.Validate(answer.Replace("\"hasOpening\"", "\"opening\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_hops_limit_is_only_there_when_hops_are_asked_for()
    {
        NamesIn(await deals.AskAsync("circular")).ShouldNotContain("withinHops");
        NamesIn(await deals.AskAsync("circular", "--hops", "2")).ShouldContain("withinHops");
    }

    [Fact]
    public async Task The_same_question_gives_the_same_bytes()
    {
        var first = await deals.RunAsync("circular", "--as-known", "2026-04-30", "--output", "json");
        (await deals.RunAsync("circular", "--as-known", "2026-04-30", "--output", "json")).ShouldBe(first);
    }

    [Fact]
    public async Task Replay_counts_what_the_events_are_and_adds_up_what_cash_says()
    {
        var replay = await deals.AskAsync("replay", "--as-known", "2026-04-30");
        var events = (await deals.AskAsync("events", "--as-known", "2026-04-30")).List("events").ToList();
        replay.GetProperty("counted").GetInt32().ShouldBe(events.Count);
        replay.List("types").ToDictionary(type => type.Text("type")!, type => type.GetProperty("count").GetInt32())
            .ShouldBe(events.CountBy(e => e.Text("type")!).ToDictionary(), ignoreOrder: true);
        replay.List("totalCash").Single().Number("amount").ShouldBe((await deals.AskAsync("cash", "--as-known", "2026-04-30")).List("balances").Sum(balance => balance.Number("amount")));
        replay.GetProperty("recorded").GetInt64().ShouldBe(JournalRows.Of(deals.JournalPath).Events);
    }

    private static HashSet<string> NamesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(property => NamesIn(property.Value).Append(property.Name))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(NamesIn)],
        _ => [],
    };
}
