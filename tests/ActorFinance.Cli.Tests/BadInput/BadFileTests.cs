namespace ActorFinance.Cli.Tests.BadInput;

/// <summary>A journal with a company of every sort of fact, that no bad file may change.</summary>
public sealed class BookThatStays : ImportedBook
{
    private const string Lines = """
        {"id":"1","company":"payer","effective":"2025-01-01","command":{"type":"register-company","name":"Payer","currency":"USD"}}
        {"id":"2","company":"issuer-inc","effective":"2025-01-01","command":{"type":"register-company","name":"Issuer","currency":"USD"}}
        {"id":"3","company":"payer","effective":"2025-01-01","command":{"type":"receive-external-cash","amount":"100 USD","category":"opening"}}
        {"id":"4","company":"issuer-inc","effective":"2025-01-01","command":{"type":"create-share-class","class":"common","votesPerShare":"1"}}
        {"id":"5","company":"issuer-inc","effective":"2025-01-01","command":{"type":"issue-shares","holder":"others","class":"common","quantity":"1000"}}
        {"id":"6","company":"issuer-inc","effective":"2025-02-01","command":{"type":"sell-shares","investor":"payer","class":"common","amount":"50 USD","pricePerShare":"1 USD"}}
        """;

    protected override string File() => Folder.Write("book.jsonl", Lines);
}

/// <summary>
/// Files with a fault: the place and the rule are said, the exit code is 1, a journal keeps its rows, and none appears where there was none.
/// </summary>
public sealed class BadFileTests(BookThatStays book) : IClassFixture<BookThatStays>
{
    private const string Flow = "effective,from,to,amount,currency,kind\n";
    private const string KnownFlow = "effective,from,to,amount,currency,kind,known,deal,id\n";
    private const string Cap = "effective,issuer,holder,class,quantity,kind,from,price,currency\n";
    private const string Yaml = "scenario: s\ntitle: S\ncompanies:\n  - {id: a, name: A, currency: USD}\n  - {id: b, name: B, currency: USD}\ncommands:\n";
    private const string Rich = "  - {company: a, effective: 2025-01-01, receive-external-cash: {amount: 100 USD, category: opening}}\n";
    private const string Common = "  - {company: a, effective: 2025-01-01, create-share-class: {class: common, votesPerShare: 1, authorised: 1000}}\n  - {company: a, effective: 2025-01-01, issue-shares: {holder: x, class: common, quantity: 900}}\n";
    private const string Commitment = "  - {company: a, effective: 2025-01-01, deal: D, contract-deal: {terms: {kind: purchase, from: a, to: b, headline: 10 USD}}}\n  - {company: a, effective: 2025-01-01, deal: D, commit-purchase: {terms: {commitment: C, from: a, to: b, amount: 10 USD}}}\n";
    private const string RegisterA = """{"id":"a","company":"a","effective":"2025-01-01","command":{"type":"register-company","name":"A","currency":"USD"}}""" + "\n";

    /// <summary>The file's name, its text, and what is said of it.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        // Malformed
        { "flows.csv", "", "flows.csv:1: must be a header" },
        { "flows.csv", Flow, "flows.csv:2: must be a row; there is only a header" },
        { "flows.csv", "effective,from,to,sum,currency,kind\n2025-01-01,,a,1,USD,opening\n", "flows.csv:1" },
        { "flows.csv", Flow + "@2025-02-01,a,b,1,USD\n", "flows.csv:2002: '5 fields' must be a row of 6 fields, as the header has" },
        { "flows.csv", Flow + "@2025-02-01,a,b,1,USD,\"purchase\n", "flows.csv:2002:22: '\"purchase\\u000a' must be closed by a quote" },
        { "flows.csv", Flow + "@2025-02-01,\0,a,1,USD,opening\n", "flows.csv:2002:12: 'NUL' must be text without NUL characters" },
        { "lines.jsonl", "\n", "lines.jsonl:1: must be commands, one a line; the file is empty" },
        { "lines.jsonl", RegisterA + "@{\"id\":\"x\",\n", "lines.jsonl:2002:10: '{\"id\":\"x\",' must be well-formed JSON" },
        { "lines.jsonl", RegisterA + """@{"id":"x","company":"a","effective":"2025-01-01","command":{"type":"complete-deal"},"id":"y"}""", "field 'id': 'id' must be stated once" },
        { "lines.jsonl", RegisterA + """@{"id":"x","company":"a","effective":"2025-01-01","command":{"type":"pay-purchases"}}""", "lines.jsonl:2002:68: field 'command.type': 'pay-purchases' must be a command type such as pay-purchase (did you mean 'pay-purchase'?)" },
        { "book.yaml", "", "book.yaml:1: must be a scenario; the file is empty" },
        { "book.yaml", Yaml + "@  - {company: a, effective: [2025-01-01}\n", "book.yaml:407:" },
        { "book.yaml", Yaml + "@  - company: a\n\teffective: 2025-01-01\n", "book.yaml:407:14: '- company: a' must be well-formed YAML (While scanning a plain scalar, found a tab" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-01-01, pay-purchse: {seller: b, amount: 1 USD}}\n", "book.yaml:407:41: field 'commands[400].pay-purchse': 'pay-purchse' must be a command type such as pay-purchase" },
        { "book.yaml", "scenario: s\ntitle: &t S\ncommands: []\n", "book.yaml:2:8: '&t' must be written without an anchor" },
        { "book.txt", "anything", "book.txt:1: 'book.txt' must be a file whose name ends in .yaml, .yml, .jsonl or .csv" },

        // Companies
        { "flows.csv", Flow + "@2025-02-01,a,NVIDIA,1,USD,purchase\n", "flows.csv:2002:14: field 'to': 'NVIDIA' must be" },
        { "flows.csv", Flow + "@2025-02-01,a,a,1,USD,purchase\n", "flows.csv:2002:14: field 'to': 'a' must be another company than 'from'" },
        { "flows.csv", Flow + "@2025-02-01,,,1,USD,opening\n", "flows.csv:2002:12: field 'from': '' must be a company, where 'to' is empty" },
        { "lines.jsonl", RegisterA + """@{"id":"x","company":"nobody","effective":"2025-02-01","command":{"type":"reach-milestone","milestone":"m"}}""", "lines.jsonl:2002: nobody: unknown-company: company 'nobody' is not registered" },
        { "lines.jsonl", RegisterA + """@{"id":"x","company":"a","effective":"2025-02-01","command":{"type":"pay-purchase","seller":"nobody","amount":"1 USD"}}""", "lines.jsonl:2002: a: unknown-company: company 'nobody' is not registered" },
        { "book.yaml", Yaml + "@  - {company: nobody, effective: 2025-02-01, reach-milestone: {milestone: m}}\n", "book.yaml:407" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, register-company: {name: A, currency: USD}}\n", "book.yaml:407: a: company-already-registered: company 'a' is registered already" },

        // Amounts
        { "flows.csv", Flow + "@2025-02-01,,a,-5,USD,opening\n", "flows.csv:2002:15: field 'amount': '-5' must be an amount above 0" },
        { "flows.csv", Flow + "@2025-02-01,,a,0,USD,opening\n", "flows.csv:2002:15: field 'amount': '0' must be an amount above 0" },
        { "flows.csv", Flow + "@2025-02-01,,a,10000000000000000,USD,opening\n", "flows.csv:2002:15: field 'amount': '10000000000000000' must be an amount above 0" },
        { "flows.csv", Flow + "@2025-02-01,,a,99999999999999999999999999999999,USD,opening\n", "flows.csv:2002:15: field 'amount': '99999999999999999999999999999999' must be an amount above 0" },
        { "flows.csv", Flow + "@2025-02-01,,a,1.00000000001,USD,opening\n", "flows.csv:2002:15: field 'amount': '1.00000000001' must be an amount above 0 of at most 10 decimals" },
        { "flows.csv", Flow + "@2025-02-01,,a,1e3,USD,opening\n", "flows.csv:2002:15: field 'amount': '1e3' must be an amount above 0" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: 1.00000000001 USD}}\n", "book.yaml:407:75: field 'commands[400].pay-purchase.amount': '1.00000000001 USD' must be" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: -1 USD}}\n", "book.yaml:407" },
        { "lines.jsonl", RegisterA + """@{"id":"x","company":"a","effective":"2025-02-01","command":{"type":"receive-external-cash","amount":"1","category":"opening"}}""", "lines.jsonl:2002:101: field 'command.amount': '1' must be" },
        { "book.yaml", Yaml.Replace("name: A, currency: USD", "name: A, currency: USD, cashPolicy: reject-shortfall", StringComparison.Ordinal) + string.Concat(Enumerable.Repeat("  - {company: a, effective: 2025-02-01, receive-external-cash: {amount: 9999999999999999 USD, category: opening}}\n", 101)), "book.yaml:107: a: total-too-large: what 'a' takes in, in all, in USD would be 1009999999999999899" },

        // Currencies
        { "flows.csv", Flow + "@2025-02-01,,a,1,usd,opening\n", "flows.csv:2002:17: field 'currency': 'usd' must be" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, give-guarantee: {guarantee: G, ceiling: 5 USD}}\n  - {company: a, effective: 2025-02-01, call-guarantee: {guarantee: G, amount: 1 EUR}}\n", "book.yaml:408: a: currencies-differ: " },
        { "book.yaml", Yaml + Commitment + "@  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: 5 EUR, draws: C}}\n", "book.yaml:409: a: currencies-differ: " },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, record-fx-rate: {base: EUR, quote: USD, rate: 1.1}}\n", "book.yaml:407: a: not-for-market: " },

        // Times
        { "flows.csv", Flow + "@2025-02-30,,a,1,USD,opening\n", "flows.csv:2002:1: field 'effective': '2025-02-30' must be" },
        { "flows.csv", Flow + "@yesterday,,a,1,USD,opening\n", "flows.csv:2002:1: field 'effective': 'yesterday' must be" },
        { "flows.csv", Flow + "@,,a,1,USD,opening\n", "flows.csv:2002:1: field 'effective': '' must be" },
        { "flows.csv", KnownFlow + "2025-02-01,,a,1,USD,opening,2199-01-01,,\n", "flows.csv:2: a: known-after-recorded: known time 2199-01-01" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 0000-00-00, reach-milestone: {milestone: m}}\n", "book.yaml:407:29: field 'commands[400].effective': '0000-00-00' must be" },

        // Shares
        { "cap.csv", Cap + "@2025-02-01,issuer,x,common,0,,,,\n", "cap.csv:2002:28: field 'quantity': '0' must be above 0" },
        { "cap.csv", Cap + "@2025-02-01,issuer,x,common,5001,transfer,h1,,\n", "cap.csv:2002: issuer: not-enough-shares: 'h1' holds 5000 common, needs 5001" },
        { "cap.csv", Cap + "@2025-02-01,issuer,h1,common,5001,repurchase,,,\n", "cap.csv:2002: issuer: not-enough-shares: 'h1' holds 5000 common, needs 5001" },
        { "cap.csv", Cap + "@2024-01-01,issuer,x,common,1,transfer,h1,,\n", "cap.csv:2002: issuer: " },
        { "cap.csv", Cap + "@2025-02-01,issuer,issuer,common,1,,,,\n", "cap.csv:2002:19: field 'holder': 'issuer' must be another than the issuer" },
        { "cap.csv", Cap + "@2025-02-01,issuer,,common,10,split,,,\n", "cap.csv:2002:27: field 'quantity': '10' must be n:d for a split" },
        { "book.yaml", Yaml + Common + "@  - {company: a, effective: 2025-02-01, issue-shares: {holder: y, class: common, quantity: 200}}\n", "book.yaml:409: a: above-authorised: asked 200 common, authorised 1000, outstanding 900, pending 0, free 100" },
        { "book.yaml", Yaml + Common + "@  - {company: a, effective: 2025-02-01, issue-shares: {holder: y, class: common, quantity: 1.5}}\n", "book.yaml:409: a: too-many-decimals: 1.5 common has more than the 0 decimals of its class" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, issue-shares: {holder: y, class: preferred, quantity: 1}}\n", "book.yaml:407: a: unknown-share-class: this company has no share class 'preferred' by then" },
        { "book.yaml", Yaml + Common + "@  - {company: a, effective: 2025-02-01, sell-shares: {investor: b, class: common, amount: 10 USD, pricePerShare: 100 USD}}\n", "book.yaml:409: a: buys-no-share: " },
        { "book.yaml", Yaml + Common + "@  - {company: a, effective: 2025-02-01, sell-shares: {investor: b, class: common, amount: 10 USD, valuation: none}}\n", "book.yaml:409: a: unknown-valuation: this company recorded no valuation 'none' by then" },
        { "book.yaml", Yaml + Common + "@  - {company: a, effective: 2025-02-01, grant-warrant: {warrant: W, holder: y, class: common, strike: 1 USD, tranches: [{name: t, quantity: 50}]}}\n  - {company: a, effective: 2025-02-02, exercise-warrant: {warrant: W, quantity: 10}}\n", "book.yaml:410: a: above-vested: warrant 'W' has 0 vested, 0 exercised or pending, asked 10" },

        // Promises and policies
        { "book.yaml", Yaml + Commitment + "@  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: 11 USD, draws: C}}\n", "book.yaml:409: a: draw-above-commitment: commitment 'C' has 10 USD outstanding, asked 11 USD" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: 11 USD, draws: C}}\n", "book.yaml:407: a: unknown-commitment: this company has no commitment 'C' by then" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, deal: E, commit-purchase: {terms: {commitment: E, from: a, to: b, amount: 10 USD, due: [{at: 2026-01-01, amount: 9 USD}]}}}\n", "book.yaml:407: a: due-amounts-differ: commitment 'E' is 10 USD, its due amounts add up to 9 USD" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, deal: D, complete-deal: }\n", "book.yaml:407: a: unknown-deal: this company announced or contracted no deal 'D' by then" },
        { "book.yaml", Yaml + "@  - {company: a, effective: 2025-02-01, give-guarantee: {guarantee: G, ceiling: 5 USD}}\n  - {company: a, effective: 2025-02-01, call-guarantee: {guarantee: G, amount: 6 USD}}\n", "book.yaml:408: a: above-ceiling: guarantee 'G' has a ceiling of 5 USD, called so far 0 USD, asked 6 USD" },
        { "book.yaml", Yaml.Replace("name: A, currency: USD", "name: A, currency: USD, cashPolicy: reject-shortfall", StringComparison.Ordinal) + Rich + "@  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: 101 USD}}\n", "book.yaml:408: a: shortfall: 'a' rejects a shortfall: it has 100 USD and needs 101 USD" },
        { "book.yaml", Yaml.Replace("name: B, currency: USD", "name: B, currency: USD, cashPolicy: reject-shortfall", StringComparison.Ordinal) + Common + "@  - {company: a, effective: 2025-02-01, sell-shares: {investor: b, class: common, amount: 10 USD, pricePerShare: 1 USD}}\n", "book.yaml:409: a: payer-refused: 'b' refused its side: shortfall: " },

        // Ids
        { "flows.csv", KnownFlow + "2025-02-01,,a,1,USD,opening,,,one\n2025-02-01,,a,2,USD,opening,,,one\n", "flows.csv:3: field 'id': 'one' must be the id of one command; line 2 gives it another content" },
        { "lines.jsonl", RegisterA + """@{"id":"long-0","company":"a","effective":"2025-01-01","command":{"type":"reach-milestone","milestone":"other"}}""", "lines.jsonl:2002:1: field 'id': 'long-0' must be the id of one command; line 2 gives it another content" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_bad_file_is_said_with_place_and_rule_and_changes_nothing(string name, string text, string said)
    {
        using var folder = new TempFolder();
        folder.Write(name, LongFile.Write(name, text));
        var before = JournalRows.Of(book.JournalPath);

        var refused = await CommandLine.RunAsync(folder.Path, "import", name, "--journal", book.JournalPath);
        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Err.ShouldContain(said);
        refused.Err.ShouldContain("nothing was changed");
        refused.Out.ShouldBeEmpty();
        JournalRows.Of(book.JournalPath).ShouldBe(before);
    }

    [Fact]
    public void The_table_is_long_and_enough_of_it_has_its_fault_in_the_last_row_of_a_long_file()
    {
        Cases.Count.ShouldBeGreaterThanOrEqualTo(60);
        Cases.Count(row => LongFile.Has((string)row[1])).ShouldBeGreaterThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("flows.csv", Flow + "2025-02-01,,a,-5,USD,opening\n", "flows.csv:2:15: field 'amount': '-5'")]
    [InlineData("cap.csv", Cap + "2025-02-01,issuer,x,common,1,transfer,y,,\n", "cap.csv:2: issuer: not-enough-shares: 'y' holds 0 common, needs 1")]
    [InlineData("lines.jsonl", "{", "lines.jsonl:1:2: '{' must be well-formed JSON")]
    [InlineData("book.yaml", Yaml + Commitment + "  - {company: a, effective: 2025-02-01, pay-purchase: {seller: b, amount: 11 USD, draws: C}}\n", "book.yaml:9: a: draw-above-commitment")]
    public async Task A_bad_file_makes_no_journal(string name, string text, string said)
    {
        using var folder = new TempFolder();
        var file = folder[folder.Write(name, text)];
        var refused = await CommandLine.RunAsync(folder.Path, "import", name, "--journal", "new.db");
        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Err.ShouldContain(said);
        Directory.GetFiles(folder.Path).ShouldBe([file]);
    }

    [Fact]
    public async Task All_faults_are_shown_not_only_the_first()
    {
        using var folder = new TempFolder();
        folder.Write("flows.csv", Flow + "2025-02-01,,a,-1,USD,opening\n2025-02-30,,a,1,usd,opening\n");
        var refused = await CommandLine.RunAsync(folder.Path, "import", "flows.csv");
        refused.Err.ShouldContain("flows.csv:2:15: field 'amount': '-1'");
        refused.Err.ShouldContain("flows.csv:3:1: field 'effective': '2025-02-30'");
        refused.Err.ShouldContain("flows.csv:3:17: field 'currency': 'usd'");
        refused.Err.ShouldContain("3 problems in flows.csv; nothing was changed");
    }

    [Fact]
    public async Task An_id_that_the_journal_has_with_other_content_is_refused()
    {
        using var folder = new TempFolder();
        folder.Write("again.jsonl", """{"id":"3","company":"payer","effective":"2025-01-01","command":{"type":"receive-external-cash","amount":"200 USD","category":"opening"}}""");
        var before = JournalRows.Of(book.JournalPath);
        var refused = await CommandLine.RunAsync(folder.Path, "import", "again.jsonl", "--journal", book.JournalPath);
        refused.ExitCode.ShouldBe(1);
        refused.Err.ShouldContain("again.jsonl:1: payer: command-id-reused: command id '3' was taken with a different content; a new order needs a new id");
        JournalRows.Of(book.JournalPath).ShouldBe(before);
    }
}
