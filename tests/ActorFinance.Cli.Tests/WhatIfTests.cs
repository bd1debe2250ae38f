using NJsonSchema;

namespace ActorFinance.Cli.Tests;

/// <summary>What-ifs as a user asks them, on the letter of intent as if signed.</summary>
public sealed class WhatIfTests(SeedBook seed) : IClassFixture<SeedBook>
{
    [Fact]
    public async Task A_file_and_the_same_edits_on_the_command_line_give_the_same_figures_and_fit_the_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "what-if.schema.json"));
        var file = await seed.AskAsync("what-if", Table.Scenario("what-if/openai-defaults.yaml"));
        var line = await seed.AskAsync("what-if", "--default", "company=openai,at=2029-12-31");
        schema.Validate(file.GetRawText()).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
        schema.Validate(line.GetRawText()).ShouldBeEmpty();
        line.GetProperty("differences").GetRawText().ShouldBe(file.GetProperty("differences").GetRawText());
        var invested = line.List("differences").Single(difference => difference.Text("measure") == "invested");
        (invested.Number("base"), invested.Number("whatIf"), invested.Number("difference")).ShouldBe((100e9m, 60e9m, -40e9m));
    }

    [Fact]
    public async Task Measures_are_asked_for_by_family_or_by_name()
    {
        async Task<string?[]> Measures(params string[] asked) =>
            [.. (await seed.AskAsync("what-if", ["--scale", "deal=NVDA-OAI-SUPPLY,by=2", "--measures", .. asked])).List("differences").Select(difference => difference.Text("measure")).Distinct()];
        (await Measures("cash")).ShouldBe(["cash", "lowestCash", "firstShortfall"]);
        (await Measures("revenueWithoutFinanced", "lowestCash")).ShouldBe(["lowestCash", "revenueWithoutFinanced"]);
    }

    /// <summary>
    /// Three of ten gigawatts (30 bn from 2027 on), or the last one two years late: evenly likely. The base has sold 50, 70, 90 and 100 bn at the ends of 2028 to
    /// 2031; the second branch sells its last 10 bn in 2033, when the first has long had its last change.
    /// </summary>
    [Fact]
    public async Task Weighted_figures_are_given_over_time_too_also_where_a_branch_has_had_its_last_change()
    {
        using var folder = new TempFolder();
        folder.Write("late.yaml", "what-if: late\nedits:\n- delay: {company: openai, milestone: 10 GW deployed, by: 2Y}\n");
        string[] asked = [Table.Scenario("what-if/three-of-ten-gigawatts.yaml"), folder["late.yaml"], "--probability", "50%", "50%", "--every", "year", "--measures", "revenue", "--company", "nvidia"];
        var answer = await seed.AskAsync("what-if", asked);
        (await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", "what-if.schema.json"))).Validate(answer.GetRawText()).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty();
        answer.GetProperty("expected").List("series").Select(point => (point.Text("at")![..4], point.List("figures").Where(figure => figure.Text("measure") == "revenue").Select(figure => figure.Number("value")).SingleOrDefault()))
            .Where(point => point.Item2 != 0).ShouldBe([("2028", 40e9m), ("2029", 50e9m), ("2030", 60e9m), ("2031", 60e9m), ("2032", 60e9m), ("2033", 65e9m)]);
        var table = await seed.RunAsync("what-if", asked);
        table.Out.ShouldContain("Expected over time");
        var rows = (await seed.RunAsync("what-if", [.. asked, "--output", "csv"])).Out.Split('\n');
        rows[0].ShouldStartWith("name,at,measure,of,unit,base,whatIf");
        rows.ShouldContain(row => row.StartsWith("expected,2031-12-31T23:59:59.9999999Z,revenue,nvidia,USD,100000000000,60000000000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_price_that_is_set_tells_what_stakes_are_worth_then()
    {
        var answer = await seed.AskAsync("what-if", "--set-price", "company=openai,path=2032-01-01=100 USD", "--measures", "stakeValue");
        answer.List("differences").Single(difference => difference.Text("of") == "nvidia in openai").Number("whatIf").ShouldBe(135_180_476m * 100);
    }

    [Fact]
    public async Task Edits_apply_in_the_order_in_which_they_stand()
    {
        var before = JournalRows.Of(seed.JournalPath);
        var dropped = await seed.RunAsync("what-if", "--drop", "deal=NVDA-OAI-LOI", "--scale", "deal=NVDA-OAI-LOI,by=2");
        dropped.ExitCode.ShouldBe(1);
        dropped.Err.ShouldContain("edit 2 (scale): matches nothing: no event of the book is under deal 'NVDA-OAI-LOI'");
        var scaled = await seed.AskAsync("what-if", "--scale", "deal=NVDA-OAI-SUPPLY,by=3.5", "--truncate", "after=2027-12-31");
        scaled.List("edits").Select(edit => edit.Text("operation")).ShouldBe(["scale", "truncate"]);
        JournalRows.Of(seed.JournalPath).ShouldBe(before);
    }

    [Theory]
    [InlineData(2, "nothing to change")]
    [InlineData(2, "'by' must be a number above 0", "--scale", "deal=NVDA-OAI-LOI")]
    [InlineData(2, "--measures 'stakes' must be one of cash, ownership, commitments, circular, burn, receivables, lowestCash", "--drop", "deal=NVDA-OAI-LOI", "--measures", "stakes")]
    [InlineData(2, "'deel' must be one of the terms of 'drop'", "--drop", "deel=NVDA-OAI-LOI")]
    [InlineData(1, "no event of the book is under deal 'NVDA-OAI-LO' (did you mean 'NVDA-OAI-LOI'?)", "--drop", "deal=NVDA-OAI-LO")]
    [InlineData(1, "'opena' is no company of the book (did you mean 'openai'?)", "--default", "company=opena,at=2029-12-31")]
    [InlineData(3, "there is no such file", "nowhere.yaml")]
    public async Task A_what_if_that_cannot_be_says_why(int exitCode, string message, params string[] arguments)
    {
        var answer = await seed.RunAsync("what-if", arguments);
        answer.ExitCode.ShouldBe(exitCode, answer.ToString());
        answer.Err.ShouldContain(message);
        answer.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_table_says_what_was_edited_where_the_two_part_and_what_differs()
    {
        var answer = await seed.RunAsync("what-if", Table.Scenario("what-if/round-of-2026.yaml"));
        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Out.ShouldContain("1. replace deal NVDA-OAI-LOI, these alone, with 2 commands: record-valuation by openai on 2026-12-31, sell-shares by openai on 2026-12-31");
        answer.Out.ShouldContain("They part on 2026-01-01: deal-contracted of nvidia is left out");
        answer.Out.ShouldContain("-70,000,000,000");
        answer.Out.ShouldContain("3.95 %");
    }
}
