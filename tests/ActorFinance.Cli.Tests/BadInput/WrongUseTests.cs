namespace ActorFinance.Cli.Tests.BadInput;

/// <summary>The command line itself is wrong: exit code 2, the option, the value and the rule; and 1 for what is not found.</summary>
public sealed class WrongUseTests(BookToBreak book) : IClassFixture<BookToBreak>
{
    public static TheoryData<string, int, string> Cases => new()
    {
        { "ownerships", 2, "There is no command 'ownerships' (did you mean 'ownership'?)." },
        { "frobnicate", 2, "There is no command 'frobnicate'." },
        { "cash --as-of 2025-13-01", 2, "--as-of '2025-13-01' must be" },
        { "cash --as-of yesterday", 2, "--as-of 'yesterday' must be" },
        { "cash --as-known -1", 2, "-1" },
        { "cash --as-known 99999999999999999999", 2, "--as-known '99999999999999999999' must be an offset of at most" },
        { "cash --as-known soon", 2, "--as-known 'soon' must be an offset (digits only), a date" },
        { "cash --company NVIDIA", 2, "--company 'NVIDIA' must be" },
        { "cash --output xml", 2, "xml" },
        { "cash --every week", 2, "week" },
        { "cash --every month --changes", 2, "--changes and --every exclude each other" },
        { "cash --frobnicate", 2, "--frobnicate" },
        { "ownership --basis shares", 2, "--basis 'shares' must be outstanding, voting or fully-diluted" },
        { "circular --from 2025-02-30", 2, "--from '2025-02-30' must be" },
        { "circular --to tomorrow", 2, "--to 'tomorrow' must be" },
        { "circular --currency dollar", 2, "--currency 'dollar' must be" },
        { "circular --firmness sure", 2, "sure" },
        { "circular --cycles -1", 2, "--cycles" },
        { "circular --length 1", 2, "--length 2 to 12" },
        { "circular --hops 0", 2, "--hops must be 1 to 20" },
        { "circular --hops many", 2, "many" },
        { "circular --via loans", 2, "loans" },
        { "circular --trace average", 2, "average" },
        { "circular --every week", 2, "week" },
        { "circular --every change", 2, "--every must be month, quarter or year" },
        { "cash --every change", 2, "--every must be month, quarter or year, not 'change'" },
        { "what-if --drop deal=D --every half-year", 2, "--every must be month, quarter or year, not 'half-year'" },
        { "circular --window 3", 2, "--window '3' must be a count and D, M or Y, such as 90D, 12M or 2Y" },
        { "circular --explain wealth", 2, "--explain 'wealth' must be finnCyclingIndex" },
        { "circular --explain traced", 2, "--explain traced needs --company" },
        { "circular --explain cycles --every month", 2, "leave out --every and --window" },
        { "circular --from 2026-01-01 --to 2025-01-01", 2, "the window ends before it starts: --from 2025-12-31T23:59:59.9999999Z --to 2025-01-01T23:59:59.9999999Z" },
        { "circular --from 2026-01-01 --as-of 2025-01-01", 2, "the window ends before it starts" },
        { "circular --from 2025-02-30 --to 2025-03-01 --cycles 3", 2, "--from '2025-02-30' must be" },
        { "circular --company nobody", 1, "no company 'nobody' in this journal" },
        { "events --last many", 2, "many" },
        { "import", 2, "FILE" },
        { "cash --company nobody", 1, "no company 'nobody' in this journal" },
        { "cash --as-known 999999", 1, "--as-known 999999 is beyond the journal's end at offset" },
        { "events --type share-issue", 1, "no event type 'share-issue'" },
        { "circular --currency EUR", 1, "no rate between USD and EUR is recorded at or before 2025-01-01" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_wrong_use_is_said_with_option_and_rule(string commandLine, int code, string said)
    {
        var before = JournalRows.Of(book.JournalPath);
        var arguments = commandLine.Split(' ');
        string[] journal = arguments[0] is "frobnicate" ? [] : ["--journal", ImportedBook.Journal];
        var refused = await CommandLine.RunAsync(book.Folder.Path, [.. arguments, .. journal]);
        refused.ExitCode.ShouldBe(code, refused.ToString());
        refused.Err.ShouldContain(said);
        refused.Out.ShouldBeEmpty();
        JournalRows.Of(book.JournalPath).ShouldBe(before);
    }

    [Fact]
    public async Task Money_in_two_currencies_is_never_added()
    {
        using var folder = new TempFolder();
        folder.Write("flows.csv", "effective,from,to,amount,currency,kind\n2025-01-01,a,b,10,USD,purchase\n2025-01-02,b,a,10,EUR,purchase\n");
        await CommandLine.RunAsync(folder.Path, "import", "flows.csv");
        var refused = await CommandLine.RunAsync(folder.Path, "circular");
        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Err.ShouldContain("are in EUR, USD: name a reporting currency, since amounts in several are never added (--currency CODE)");
        (await CommandLine.AskAsync(folder.Path, "cash")).GetProperty("balances").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task A_total_that_would_not_be_exact_has_no_answer_and_says_so()
    {
        using var folder = new TempFolder();
        folder.Write("flows.csv", "effective,from,to,amount,currency,kind\n" + string.Concat(Enumerable.Range(0, 101).Select(row => $"2025-01-01,p{row},a,9999999999999999,USD,purchase\n")));
        (await CommandLine.RunAsync(folder.Path, "import", "flows.csv")).ExitCode.ShouldBe(0);
        var refused = await CommandLine.RunAsync(folder.Path, "cash");
        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Err.ShouldContain("a total of 1e18 or more is not kept exactly");
        refused.Err.ShouldNotContain("   at ");
    }
}
