using NJsonSchema;

namespace ActorFinance.Cli.Tests;

/// <summary>Kept branches as a user works with them, each test on a journal of its own.</summary>
public sealed class BranchTests : IDisposable
{
    private const string Book =
        """
        effective,from,to,amount,currency,kind
        2026-01-01,,a,100,USD,opening
        2026-02-01,a,b,30,USD,investment
        2026-03-01,b,a,20,USD,purchase
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_branch_is_kept_listed_shown_renamed_edited_and_archived_and_the_journal_never_changes()
    {
        await ImportedAsync();
        var before = await File.ReadAllBytesAsync(_folder["book.db"]);
        (await DoneAsync("keep", "half", "--scale", "payer=a,by=0.5", "--title", "Half as much", "--author", "an analyst")).Out.ShouldContain("Branch 'half' is kept on offset ");
        (await DoneAsync("keep", "none", "--from", "half", "--drop", "payer=b")).Out.ShouldContain("on top of 'half'");

        var listed = await AskAsync("list");
        (await SchemaAsync("branch-list")).Validate(listed.GetRawText()).ShouldBeEmpty();
        listed.List("branches").Select(branch => (branch.Text("name"), branch.Text("from"), branch.List("edits").Count(), branch.Text("state")))
            .ShouldBe([("half", null, 1, "kept"), ("none", "half", 2, "kept")]);

        var first = await DoneAsync("show", "half", "--output", "json");
        var again = await DoneAsync("show", "half", "--output", "json");
        again.Out.ShouldBe(first.Out);
        (await SchemaAsync("what-if")).Validate(first.Out).ShouldBeEmpty();
        var what = await CommandLine.RunAsync(_folder.Path, "what-if", "--journal", "book.db", "--scale", "payer=a,by=0.5", "--output", "csv");
        (await DoneAsync("show", "half", "--output", "csv")).Out.ShouldBe(what.Out);
        var compared = await AskAsync("compare", "half", "none");
        (await SchemaAsync("what-if")).Validate(compared.GetRawText()).ShouldBeEmpty();
        compared.List("branches").Select(branch => branch.Text("name")).ShouldBe(["half", "none"]);

        await DoneAsync("rename", "half", "less");
        await DoneAsync("edit", "less", "--append", "--scale", "payer=a,by=2", "--reason", "back again");
        (await AskAsync("show", "less")).List("differences").ShouldBeEmpty();
        await DoneAsync("archive", "less");
        (await AskAsync("list")).List("branches").Select(branch => branch.Text("name")).ShouldBe(["none"]);
        (await AskAsync("list", "--all")).List("branches").Select(branch => branch.Text("state")).ShouldBe(["archived", "kept"]);
        (await File.ReadAllBytesAsync(_folder["book.db"])).ShouldBe(before);
    }

    [Fact]
    public async Task A_branch_of_inserts_is_promoted_once_and_the_journal_is_then_what_it_showed()
    {
        await ImportedAsync();
        var file = _folder.Write("more.yaml", "what-if: more\nedits:\n  - insert:\n      - {company: a, effective: 2026-04-01, invest: {investee: b, amount: 25 USD}}\n      - {company: b, effective: 2026-05-01, pay-purchase: {seller: a, amount: 15 USD}}\n");
        await DoneAsync("keep", "more", file);
        var branch = (await AskAsync("show", "more")).List("differences").Where(difference => difference.Text("measure") == "cash").Select(difference => (difference.Text("of"), difference.Text("whatIf"))).ToList();
        branch.ShouldBe([("a", "80"), ("b", "20")], ignoreOrder: true);

        (await DoneAsync("promote", "more")).Out.ShouldContain("2 orders accepted");
        var cash = (await CommandLine.AskAsync(_folder.Path, "cash", "--journal", "book.db")).List("balances").Select(balance => (balance.Text("company"), balance.Text("amount"))).ToList();
        cash.ShouldBe(branch, ignoreOrder: true);
        var twice = await RunAsync("promote", "more");
        (twice.ExitCode, twice.Err.Contains("was promoted", StringComparison.Ordinal)).ShouldBe((1, true), twice.ToString());
        (await RunAsync("show", "more")).Err.ShouldContain("the journal has grown by 2 events since");
    }

    [Fact]
    public async Task A_branch_that_the_companies_refuse_is_promoted_not_at_all()
    {
        await ImportedAsync();
        await DoneAsync("keep", "clash", _folder.Write("clash.yaml", "what-if: clash\nedits:\n  - insert:\n      - {company: a, effective: 2026-04-01, create-share-class: {class: common, votesPerShare: 1}}\n      - {company: a, effective: 2026-05-01, issue-shares: {holder: b, class: common, quantity: 10}}\n"));
        _folder.Write("class.yaml", "scenario: class\ntitle: Class\ncompanies: []\ncommands:\n  - {company: a, effective: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}\n");
        (await CommandLine.RunAsync(_folder.Path, "import", "class.yaml", "--journal", "book.db")).ExitCode.ShouldBe(0);
        var before = JournalRows.Of(_folder["book.db"]);
        var refused = await RunAsync("promote", "clash");
        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Err.ShouldContain("nothing was changed");
        JournalRows.Of(_folder["book.db"]).ShouldBe(before);
        (await AskAsync("list")).List("branches").ShouldHaveSingleItem().Text("state").ShouldBe("kept");
    }

    [Fact]
    public async Task What_cannot_be_says_why()
    {
        await ImportedAsync();
        await DoneAsync("keep", "half", "--scale", "payer=a,by=0.5");
        await RefusedAsync(1, "cannot be promoted: edit 1 (scale payer a by 0.5, these alone) changes what is recorded", "promote", "half");
        await RefusedAsync(1, "no branch 'hal' is kept (did you mean 'half'?)", "show", "hal");
        await RefusedAsync(1, "'half' is the name of a branch", "keep", "half", "--drop", "payer=a");
        await RefusedAsync(1, "edit 1 (drop): matches nothing: 'nobody' is no company of the book", "keep", "gone", "--drop", "payer=nobody");
        await RefusedAsync(2, "must be", "keep", "Not A Name", "--drop", "payer=a");
        await RefusedAsync(2, "a branch is kept on an offset", "keep", "then", "--drop", "payer=a", "--as-known", "2026-02-01");
        (await AskAsync("list")).List("branches").Select(branch => branch.Text("name")).ShouldBe(["half"]);
    }

    private static Task<JsonSchema> SchemaAsync(string name) => JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schema", $"{name}.schema.json"));

    private async Task ImportedAsync()
    {
        _folder.Write("book.csv", Book);
        (await CommandLine.RunAsync(_folder.Path, "import", "book.csv", "--journal", "book.db")).ExitCode.ShouldBe(0);
    }

    private Task<Outcome> RunAsync(string verb, params string[] arguments) => CommandLine.RunAsync(_folder.Path, ["branch", verb, .. arguments, "--journal", "book.db"]);

    private async Task<Outcome> DoneAsync(string verb, params string[] arguments)
    {
        var outcome = await RunAsync(verb, arguments);
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        return outcome;
    }

    private Task<System.Text.Json.JsonElement> AskAsync(string verb, params string[] arguments) => CommandLine.AskAsync(_folder.Path, ["branch", verb, .. arguments, "--journal", "book.db"]);

    private async Task RefusedAsync(int exitCode, string message, string verb, params string[] arguments)
    {
        var outcome = await RunAsync(verb, arguments);
        outcome.ExitCode.ShouldBe(exitCode, outcome.ToString());
        outcome.Err.ShouldContain(message);
        outcome.Out.ShouldBeEmpty();
    }
}
