using NJsonSchema;
using YamlDotNet.Serialization;

namespace ActorFinance.Cli.Tests;

/// <summary>Agreements as a user runs them.</summary>
public sealed class SimulateTests(SeedBook seed) : IClassFixture<SeedBook>
{
    private static readonly string Terms = Table.Scenario("agreements/nvidia-openai.yaml");

    public static TheoryData<string> Bundled =>
    [
        .. new[] { "agreements", "models" }.SelectMany(folder => Directory.GetFiles(Table.Scenario(folder), "*.yaml"))
            .Select(path => Path.GetRelativePath(Table.Scenario(""), path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Bundled))]
    public async Task A_bundled_scenario_fits_the_schema_that_editors_use(string name)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "scenario.schema.json"));
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(await File.ReadAllTextAsync(Table.Scenario(name)));
        schema.Validate(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml)).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_answer_fits_its_schema_and_has_the_figures_of_the_letter_of_intent()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "simulate.schema.json"));
        var answer = await CommandLine.AskAsync(seed.Folder.Path, "simulate", Terms, "--set", "systems-per-gigawatt=35bn USD");
        schema.Validate(answer.GetRawText()).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
        answer.List("balances").Select(balance => (balance.Text("company"), balance.Number("amount"))).ShouldBe([("nvidia", 310e9m), ("openai", -210e9m)]);
        answer.GetProperty("parameters").Text("systems-per-gigawatt").ShouldBe("35000000000 USD");
        answer.List("events").Where(each => each.Text("agreement") == "tranche/3").Select(each => each.Text("trigger")).Distinct().ShouldBe(["milestone 3 GW deployed of openai"]);
    }

    /// <summary>The book of the letter of intent as if signed, up to the middle of 2028, goes on by its terms.</summary>
    [Fact]
    public async Task A_journal_is_gone_on_from_and_never_written()
    {
        var before = JournalRows.Of(seed.JournalPath);
        var file = Path.Combine(seed.Folder.Path, "more.yaml");
        await File.WriteAllTextAsync(file, """
            scenario: more
            title: OpenAI buys one gigawatt more a year
            clock: {until: 2030-12-31}
            agreements:
              - agreement: more
                when: {every: year, from: 2028-12-31}
                then: [{company: openai, pay-purchase: {seller: nvidia, amount: 35bn USD}}]
            """);
        var answer = await CommandLine.AskAsync(seed.Folder.Path, "simulate", file, "--journal", seed.JournalPath, "--as-of", "2028-06-30");
        answer.List("balances").Select(balance => (balance.Text("company"), balance.Number("amount"))).ShouldBe([("nvidia", 165e9m), ("openai", -65e9m)]);
        answer.List("events").Count().ShouldBe(3);
        answer.Text("from").ShouldBe("2028-06-30T23:59:59.9999999Z");
        JournalRows.Of(seed.JournalPath).ShouldBe(before);
    }

    [Theory]
    [InlineData(2, "'gigawats' must be a parameter of the scenario", "--set", "gigawats=3")]
    [InlineData(2, "'3 USD' must be ratio, as 'gigawatts' is", "--set", "gigawatts=3 USD")]
    [InlineData(2, "--until 2020-01-01T23:59:59.9999999Z must be later than the start of the clock", "--until", "2020-01-01")]
    [InlineData(2, "--as-of and --as-known cut a journal", "--as-of", "2027-01-01")]
    [InlineData(1, "no company 'opena' in this journal; did you mean openai?", "--company", "opena")]
    [InlineData(3, "nowhere.db", "--journal", "nowhere.db")]
    public async Task What_cannot_be_run_says_why(int exitCode, string message, params string[] arguments)
    {
        var outcome = await CommandLine.RunAsync(seed.Folder.Path, ["simulate", Terms, .. arguments]);
        outcome.ExitCode.ShouldBe(exitCode, outcome.ToString());
        outcome.Err.ShouldContain(message);
        outcome.Out.ShouldBeEmpty();
    }

    /// <summary>Each on the command line that docs/agreements.md shows, in one folder, one after the other.</summary>
    [Fact]
    public async Task The_commands_of_the_page_run()
    {
        using var folder = new TempFolder();
        var page = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "docs", "agreements.md"));
        var commands = page.Where(line => line.StartsWith("actorfinance ", StringComparison.Ordinal)).ToList();
        commands.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var command in commands)
        {
            // Quotes hold one argument together, as in a shell.
            var arguments = command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)
                .Select(argument => argument.Replace("config/scenarios/", Table.Scenario("") + Path.DirectorySeparatorChar, StringComparison.Ordinal));
            var outcome = await CommandLine.RunAsync(folder.Path, [.. arguments]);
            outcome.ExitCode.ShouldBe(0, $"{command}: {outcome}");
        }
    }

    [Fact]
    public async Task Import_says_which_verb_runs_agreements()
    {
        var outcome = await CommandLine.RunAsync(seed.Folder.Path, "import", Terms, "--journal", "new.db");
        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Err.ShouldContain("'actorfinance simulate' runs a scenario with agreements");
    }

    [Fact]
    public async Task The_table_shows_what_was_changed_generated_and_refused()
    {
        var outcome = await CommandLine.RunAsync(seed.Folder.Path, "simulate", Terms, "--set", "gigawatts=3", "--set", "per-gigawatt=0 USD", "--events");
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Out.ShouldContain("gigawatts = 3 (the file says 10)");
        outcome.Out.ShouldContain("payment/3 (holds: outstanding(openai, 'NVDA-OAI-SUPPLY/3') > 0 USD");
    }
}
