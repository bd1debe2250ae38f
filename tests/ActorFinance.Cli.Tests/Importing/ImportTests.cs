using System.Diagnostics;

namespace ActorFinance.Cli.Tests.Importing;

public sealed class ImportTests : IDisposable
{
    private const string Header = "effective,from,to,amount,currency,kind\n";
    private const string Rows = "2025-01-01,,a,100,USD,opening\n2025-02-01,a,b,10,USD,purchase\n2025-02-01,a,b,10,USD,purchase\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_file_twice_adds_nothing_and_a_grown_one_only_what_is_new()
    {
        var first = await ImportAsync("book.csv", Header + Rows);
        first.Out.ShouldContain("Companies named: a, b (registered where the journal did not know them).");
        first.Out.ShouldContain("5 commands written, 0 were there already");
        var before = JournalRows.Of(_folder["book.db"]);
        before.Events.ShouldBe(5, "two companies and three rows, of which two are alike");

        (await ImportAsync("book.csv", Header + Rows)).Out.ShouldContain("0 commands written, 5 were there already");
        JournalRows.Of(_folder["book.db"]).ShouldBe(before);

        // Another row alike, and one in between that moves the others down.
        var grown = await ImportAsync("grown.csv", Header + "2025-01-15,b,c,1,USD,transfer\n" + Rows + "2025-02-01,a,b,10,USD,purchase\n");
        grown.Out.ShouldContain("3 commands written, 5 were there already");
        JournalRows.Of(_folder["book.db"]).Events.ShouldBe(before.Events + 3);
        (await CashAsync("a")).ShouldBe(70);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_written_and_writes_nothing()
    {
        _folder.Write("book.csv", Header + Rows);
        var rehearsed = await CommandLine.RunAsync(_folder.Path, "import", "book.csv", "--journal", "book.db", "--dry-run");
        rehearsed.ExitCode.ShouldBe(0);
        rehearsed.Out.Trim().ShouldBe("book.csv: 5 commands would be written as 5 events, 0 are there already. Nothing was changed.");
        Directory.GetFiles(_folder.Path).ShouldBe([_folder["book.csv"]]);

        await ImportAsync("book.csv", Header + Rows);
        var before = JournalRows.Of(_folder["book.db"]);
        _folder.Write("grown.csv", Header + Rows + "2025-03-01,b,,1,USD,tax\n");
        (await CommandLine.RunAsync(_folder.Path, "import", "grown.csv", "--journal", "book.db", "--dry-run")).Out
            .Trim().ShouldBe("grown.csv: 1 command would be written as 1 event, 5 are there already. Nothing was changed.");
        JournalRows.Of(_folder["book.db"]).ShouldBe(before);
    }

    /// <summary>Decision 0027.</summary>
    [Fact]
    public async Task Two_files_for_one_day_come_row_by_row_whichever_was_imported_first_and_a_time_of_day_parts_them()
    {
        const string First = "2025-01-01,,a,1,USD,opening\n2025-01-01,,a,2,USD,other\n2025-01-01,,a,3,USD,other\n";
        await ImportAsync("first.csv", Header + First);
        await ImportAsync("second.csv", Header + "2025-01-01,,a,10,USD,other\n2025-01-01T00:00:01Z,,a,20,USD,other\n2025-01-01,,a,30,USD,other\n");
        var amounts = (await AskAsync("events")).List("events").Where(e => e.Text("type") == "external-cash-received").Select(e => e.GetProperty("fields").Text("amount"));
        amounts.ShouldBe(["1 USD", "10 USD", "2 USD", "3 USD", "30 USD", "20 USD"]);
    }

    [Fact]
    public async Task Cash_flows_take_every_kind_and_column()
    {
        await ImportAsync("book.csv", """
            effective,from,to,amount,currency,kind,known,deal,item,quantity,unit,source,confidence,id
            2025-01-01,,a,1000,USD,opening,2025-01-02,,,,,"a page, quoted",high,one
            2025-01-02,a,b,100,USD,investment,,D,,,,,,
            2025-01-03,b,a,60,USD,purchase,,D,systems,2,GW,,medium,
            2025-01-04,a,b,10,USD,refund,,D,systems,,,,low,
            2025-01-05,a,b,50,USD,loan,,L,,,,,,
            2025-01-06,b,a,20,USD,repayment,,L,,,,,,
            2025-01-07,b,a,5,USD,interest,,L,,,,,,
            2025-01-08,b,a,1,USD,dividend,,,,,,,,
            2025-01-09,a,b,2,USD,transfer,,,,,,,,
            2025-01-10T12:30:00Z,b,,3.0000000001,USD,tax,,,,,,,,
            2025-01-11,b,,1,USD,opex,,,,,,,,
            2025-01-12,b,,1,USD,capex,,,,,,,,
            2025-01-13,,b,1,USD,revenue,,,,,,,,
            2025-01-14,,b,1,USD,financing,,,,,,,,
            2025-01-15,,b,1,USD,other,,,,,,,,
            """);
        (await CashAsync("a")).ShouldBe(1000 - 100 + 60 - 10 - 50 + 20 + 5 + 1 - 2);
        (await CashAsync("b")).ShouldBe(100 - 60 + 10 + 50 - 20 - 5 - 1 + 2 - 3.0000000001m - 1 - 1 + 1 + 1 + 1);
        var events = (await AskAsync("events")).List("events").ToList();
        events.Select(e => e.Text("type")).Distinct().ShouldBe(
            ["company-registered", "external-cash-received", "investment-made", "purchase-paid", "purchase-refunded", "loan-drawn", "loan-repaid", "interest-paid", "dividend-declared", "transfer-paid", "external-cash-paid"],
            ignoreOrder: true);
        var opening = events.Single(e => e.Text("commandId") == "one");
        (opening.Text("known"), opening.Text("source"), opening.Text("confidence")).ShouldBe(("2025-01-02T00:00:00Z", "a page, quoted", "high"));
        var purchase = events.Single(e => e.Text("type") == "purchase-paid");
        (purchase.Text("deal"), purchase.GetProperty("fields").Text("item"), purchase.GetProperty("fields").Text("unit"), purchase.GetProperty("fields").Number("quantity")).ShouldBe(("D", "systems", "GW", 2));
        events.Single(e => e.Text("type") == "external-cash-paid" && e.GetProperty("fields").Text("category") == "tax").Text("effective").ShouldBe("2025-01-10T12:30:00Z");
    }

    [Fact]
    public async Task A_cap_table_takes_every_kind_and_a_price_on_an_issue_moves_no_cash()
    {
        await ImportAsync("cap.csv", """
            effective,issuer,holder,class,quantity,kind,from,price,currency,known,deal,source,confidence,id
            2025-01-01,a,x,common,1000,,,2,USD,,,,,
            2025-01-02,a,y,common,100,transfer,x,,,,,,,
            2025-01-03,a,x,common,50,repurchase,,3,USD,,,,,
            2025-01-04,a,,common,10:1,split,,,,,,,,
            2025-01-05,a,z,preferred,5.25,issue,,,,2025-01-05,D,a page,low,one
            """);
        var a = (await AskAsync("ownership")).List("issuers").Single();
        a.List("holders").Where(holder => holder.Number("shares") != 0).ToDictionary(holder => holder.Text("holder")!, holder => holder.Number("shares"))
            .ShouldBe(new Dictionary<string, decimal> { ["x"] = 8500, ["y"] = 1000, ["z"] = 5.25m }, ignoreOrder: true);
        (await CashAsync("a")).ShouldBe(-150, "only the repurchase moves cash");
    }

    [Fact]
    public async Task A_byte_order_mark_and_windows_line_ends_are_taken()
    {
        await ImportAsync("book.csv", "\uFEFF" + (Header + Rows).ReplaceLineEndings("\r\n"));
        (await CashAsync("a")).ShouldBe(80);
    }

    [Fact]
    public async Task Readers_read_beside_a_writer_and_an_interrupted_import_is_completed_by_the_next()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int Count = 20_000;
        _folder.Write("long.csv", Header + string.Concat(Enumerable.Range(1, Count).Select(row => $"2025-02-01,a{row % 10},b{row % 7},{row},USD,purchase\n")));

        // What is on disk is acknowledged into a pipe that nobody empties: the writer stands still in the middle until we let it go on.
        using var writer = CommandLine.Start(_folder.Path, environment: null, "import", "long.csv", "--journal", "book.db", "--acknowledge", "/dev/stdout");
        (await writer.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        foreach (var verb in new[] { "cash", "events", "circular", "replay", "ownership" })
        {
            var read = await CommandLine.RunAsync(_folder.Path, verb, "--journal", "book.db");
            read.ExitCode.ShouldBe(0, read.ToString());
        }

        writer.HasExited.ShouldBeFalse("the readers were to read beside it");
        using (var interrupt = Process.Start(new ProcessStartInfo("kill", ["-INT", $"{writer.Id}"]) { UseShellExecute = false })!)
        {
            await interrupt.WaitForExitAsync();
        }

        var interrupted = await CommandLine.EndAsync(writer);
        interrupted.ExitCode.ShouldBe(130, interrupted.Err);
        interrupted.Err.ShouldContain("import long.csv again to complete it");
        var kept = JournalRows.Of(_folder["book.db"]).Events;
        kept.ShouldBeInRange(1, Count + 16);

        var completed = await CommandLine.RunAsync(_folder.Path, "import", "long.csv", "--journal", "book.db");
        completed.ExitCode.ShouldBe(0, completed.ToString());
        completed.Out.ShouldContain($"{kept:#,0} were there already");
        JournalRows.Of(_folder["book.db"]).Events.ShouldBe(Count + 17);
    }

    [Fact]
    public async Task A_void_of_three_companies_is_imported_as_any_other_command_and_rehearsed_first()
    {
        await ImportAsync("deal.jsonl", string.Concat(Line("r1", "issuer", new { type = "register-company", name = "issuer", currency = "USD" }),
            Line("r2", "buyer", new { type = "register-company", name = "buyer", currency = "USD" }),
            Line("r3", "seller", new { type = "register-company", name = "seller", currency = "USD", cashPolicy = "reject-shortfall" }),
            Line("c", "issuer", new { type = "create-share-class", @class = "common", votesPerShare = "1" }),
            Line("i", "issuer", new { type = "issue-shares", holder = "seller", @class = "common", quantity = "100" }),
            Line("t", "issuer", new { type = "transfer-shares", from = "seller", to = "buyer", @class = "common", quantity = "10", pricePerShare = "3 USD" })));
        (await CashAsync("seller")).ShouldBe(30);
        var transfer = (await AskAsync("events")).List("events").Single(e => e.Text("type") == "shares-transferred").Text("eventId")!;

        var order = Line("v", "issuer", new { type = "void-event", @event = transfer, reason = "a mistake" });
        _folder.Write("void.jsonl", order);
        (await CommandLine.RunAsync(_folder.Path, "import", "void.jsonl", "--journal", "book.db", "--dry-run")).Out
            .ShouldStartWith("void.jsonl: 1 command would be written as 5 events");
        (await ImportAsync("void.jsonl", order)).Out.ShouldContain("1 command written");
        (await CashAsync("seller")).ShouldBe(0);
        (await CommandLine.RunAsync(_folder.Path, "verify", "--journal", "book.db")).ExitCode.ShouldBe(0);

        static string Line(string id, string company, object command) =>
            System.Text.Json.JsonSerializer.Serialize(new { id, company, effective = "2026-01-01", command }) + "\n";
    }

    private async Task<Outcome> ImportAsync(string name, string text)
    {
        _folder.Write(name, text);
        var imported = await CommandLine.RunAsync(_folder.Path, "import", name, "--journal", "book.db");
        imported.ExitCode.ShouldBe(0, imported.ToString());
        return imported;
    }

    private Task<System.Text.Json.JsonElement> AskAsync(string verb) => CommandLine.AskAsync(_folder.Path, verb, "--journal", "book.db");

    private async Task<decimal> CashAsync(string company) =>
        (await AskAsync("cash")).List("balances").Single(balance => balance.Text("company") == company).Number("amount");
}
