using ActorFinance.Cli.Tests.BadInput;

namespace ActorFinance.Cli.Tests.Output;

/// <summary>What people see: help, empty states, near names, and plain text where no terminal is.</summary>
public sealed class TerminalTests(BookToBreak book) : IClassFixture<BookToBreak>
{
    private const string Escape = "\u001b";

    private static readonly string[] s_verbs = ["demo", "import", "events", "cash", "ownership", "circular", "cascade", "what-if", "replay", "verify"];

    public static TheoryData<string> Verbs => [.. s_verbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_has_help_with_an_example(string verb)
    {
        var help = await CommandLine.RunAsync(book.Folder.Path, verb, "--help");
        help.ExitCode.ShouldBe(0);
        help.Out.ShouldContain($"Example: actorfinance {verb}");
        help.Out.ShouldContain("--journal");
    }

    [Fact]
    public async Task The_program_lists_its_verbs()
    {
        var help = await CommandLine.RunAsync(book.Folder.Path, "--help");
        help.ExitCode.ShouldBe(0);
        foreach (var verb in s_verbs)
        {
            help.Out.ShouldContain($"  {verb} ");
        }
    }

    [Theory]
    [InlineData("cash")]
    [InlineData("cash", "--every", "month")]
    [InlineData("cash", "--changes", "--company", "b")]
    [InlineData("ownership")]
    [InlineData("circular")]
    [InlineData("events")]
    [InlineData("replay")]
    public async Task A_pipe_gets_plain_lines(params string[] arguments)
    {
        var answer = await CommandLine.RunAsync(book.Folder.Path, new Dictionary<string, string> { ["TERM"] = "xterm-256color" }, [.. arguments, "--journal", ImportedBook.Journal]);
        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Out.ShouldNotContain(Escape);
        answer.Out.ShouldNotContain("…");
        answer.Err.ShouldNotContain(Escape);
        (await CommandLine.RunAsync(book.Folder.Path, new Dictionary<string, string> { ["NO_COLOR"] = "1" }, [.. arguments, "--journal", ImportedBook.Journal])).Out.ShouldBe(answer.Out);
    }

    /// <summary>A table that is too wide goes on below, with its first columns again: no number is broken, and nothing is left out.</summary>
    [Fact]
    public async Task A_narrow_terminal_gets_the_columns_in_parts()
    {
        string[] command = ["circular", "--journal", ImportedBook.Journal];
        var wide = await CommandLine.RunAsync(book.Folder.Path, command);
        var narrow = await CommandLine.RunAsync(book.Folder.Path, new Dictionary<string, string> { ["COLUMNS"] = "60" }, command);
        static IEnumerable<string> Cells(string text) => text.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).SelectMany(line => line.Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        narrow.Out.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ShouldAllBe(line => line.TrimEnd().Length <= 60);
        Cells(narrow.Out).Distinct().Order().ShouldBe(Cells(wide.Out).Distinct().Order());
        narrow.Out.Split('\n').Count(line => line.TrimStart().StartsWith("Company ", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Amounts_have_thousands_separators_and_a_currency()
    {
        var cash = await book.RunAsync("cash");
        cash.Out.ShouldContain("5,050   USD");
        cash.Out.ShouldContain("all times, as known at offset 103");
    }

    [Fact]
    public async Task A_date_that_counts_to_its_last_tick_is_shown_as_a_date_and_another_instant_whole()
    {
        (await book.RunAsync("cash", "--as-of", "2025-03-31")).Out.ShouldContain("\nas of 2025-03-31, as known at offset 103");
        (await book.RunAsync("cash", "--as-of", "2025-03-31T00:00:00Z")).Out.ShouldContain("\nas of 2025-03-31T00:00:00Z, ");
        (await book.RunAsync("cash", "--every", "month", "--company", "b")).Out.ShouldContain("\n  2025-02-28 ");
        (await book.AskAsync("cash", "--as-of", "2025-03-31")).GetProperty("asOf").GetString().ShouldBe("2025-03-31T23:59:59.9999999Z");
    }

    [Fact]
    public async Task Long_sources_are_folded_in_a_pipe_and_whole_in_csv()
    {
        var source = $"https://example.com/{string.Join('-', Enumerable.Repeat("word", 40))}";
        using var folder = new TempFolder();
        folder.Write("book.csv", $"effective,from,to,amount,currency,kind,source\n2025-01-01,nvidia,openai,1,USD,investment,{source}\n2025-01-02,openai,nvidia,1,USD,purchase,{source}\n");
        await CommandLine.RunAsync(folder.Path, "import", "book.csv");
        string[] explain = ["circular", "--company", "nvidia", "--explain", "direct"];
        var table = await CommandLine.RunAsync(folder.Path, explain);
        table.ExitCode.ShouldBe(0, table.ToString());
        table.Out.Split('\n').Max(line => line.Length).ShouldBeLessThan(170);
        string.Concat(table.Out.Where(letter => !char.IsWhiteSpace(letter))).ShouldContain(source[..48]);
        (await CommandLine.RunAsync(folder.Path, [.. explain, "--output", "csv"])).Out.ShouldContain(source);
    }

    [Fact]
    public async Task Csv_is_plain_numbers_under_a_header()
    {
        var cash = await book.RunAsync("cash", "--output", "csv");
        var lines = cash.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines[0].ShouldBe("company,currency,amount,lowest,lowestAt,lowestEvent,firstShortfall,firstShortfallAt,firstShortfallEvent");
        lines.Single(line => line.StartsWith("b,", StringComparison.Ordinal)).ShouldStartWith("b,USD,5050,1,2025-02-01T00:00:00Z,");
    }

    [Theory]
    [InlineData("cash", "actorfinance import FILE")]
    [InlineData("ownership", "Import a cap table")]
    [InlineData("circular", "--firmness contracted or announced may show more")]
    [InlineData("events", "--as-known may show some")]
    public async Task Nothing_to_show_says_what_to_do_next(string verb, string said)
    {
        var empty = await book.RunAsync(verb, "--as-known", "0");
        empty.ExitCode.ShouldBe(0, empty.ToString());
        empty.Out.ShouldContain(said);
    }

    [Fact]
    public async Task A_company_that_is_not_there_brings_the_near_names()
    {
        using var folder = new TempFolder();
        folder.Write("book.csv", "effective,from,to,amount,currency,kind\n2025-01-01,nvidia,openai,1,USD,investment\n2025-01-01,oracle,coreweave,1,USD,investment\n");
        await CommandLine.RunAsync(folder.Path, "import", "book.csv");
        (await CommandLine.RunAsync(folder.Path, "cash", "--company", "nvida")).ShouldSatisfyAllConditions(
            refused => refused.ExitCode.ShouldBe(1),
            refused => refused.Err.Trim().ShouldBe("no company 'nvida' in this journal; did you mean nvidia?"));
        (await CommandLine.RunAsync(folder.Path, "cash", "--company", "weave")).Err.Trim().ShouldBe("no company 'weave' in this journal; did you mean coreweave?");
        (await CommandLine.RunAsync(folder.Path, "cash", "--company", "nobody-at-all")).Err.Trim().ShouldBe("no company 'nobody-at-all' in this journal; it has coreweave, nvidia, openai, oracle");
    }
}
