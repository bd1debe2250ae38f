using System.Text;
using ActorFinance.Scenarios.Files;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Files;

/// <summary>
/// What people get wrong in files, and the exact sentence they are told. <c>@</c> in a text stands for 300 sound rows or entries, so that the fault is
/// in the last row of a long file.
/// </summary>
public sealed class BadInputTests
{
    private const string Flow = "effective,from,to,amount,currency,kind\n";
    private const string WideFlow = "effective,from,to,amount,currency,kind,known,deal,item,quantity,unit,source,confidence,id\n";
    private const string Cap = "effective,issuer,holder,class,quantity,kind,from,price,currency\n";
    private const string Yaml = "scenario: s\ntitle: S\ncommands:\n";
    private const string CashKinds = "investment, purchase, refund, loan, repayment, interest, dividend, transfer";
    private const string Categories = "opening, revenue, opex, capex, tax, financing, other";
    private const string Slug = "a slug of at most 64 characters: a-z and 0-9 in words joined by single hyphens";
    private const string Amount = "an amount above 0 of at most 10 decimals, below 1e16, such as 1250.50 or 10bn";
    private const string Date = "a date such as 2026-03-31 or an RFC 3339 time such as 2026-03-31T14:00:00Z";
    private const string Sum = "an amount of at most 10 decimals below 1e16 and an ISO 4217 currency, such as '10bn USD'";
    private const string Currency = "an ISO 4217 currency code in capitals, such as USD";
    private const string Json = """{"id":"x","company":"a","effective":"2026-01-01","command":""";

    private static readonly string[] EntryFields = ["company", "effective", "id", "known", "rank", "deal", "leg", "tranche", "source", "confidence"];

    public static TheoryData<string, string, string> Cases => new()
    {
        // Cash flows
        { "a.csv", "", "a.csv:1: must be a header; the file is empty. Headers: effective,from,to,amount,currency,kind[,known,deal,item,quantity,unit,source,confidence,id] or effective,issuer,holder,class,quantity[,kind,from,price,currency,known,deal,source,confidence,id]" },
        { "a.csv", Flow, "a.csv:2: must be a row; there is only a header" },
        { "a.csv", "effective,from,to,amount,currency\n2026-01-01,,a,1,USD\n", "a.csv:1: field 'kind' is missing: must be a column of the header effective,from,to,amount,currency,kind[,known,deal,item,quantity,unit,source,confidence,id]" },
        { "a.csv", "effective,from,to,amount,currency,kind,knwon\n2026-01-01,,a,1,USD,opening,\n", "a.csv:1:40: field 'header': 'knwon' must be one of effective, from, to, amount, currency, kind, known, deal, item, quantity, unit, source, confidence, id (did you mean 'known'?)" },
        { "a.csv", "effective,from,to,amount,currency,kind,kind\n2026-01-01,,a,1,USD,opening,\n", "a.csv:1:40: field 'header': 'kind' must be a column that stands once" },
        { "a.csv", Flow + "@2026-13-01,,a,1,USD,opening\n", "a.csv:302:1: field 'effective': '2026-13-01' must be " + Date },
        { "a.csv", Flow + "@yesterday,,a,1,USD,opening\n", "a.csv:302:1: field 'effective': 'yesterday' must be " + Date },
        { "a.csv", Flow + "@,,a,1,USD,opening\n", "a.csv:302:1: field 'effective': '' must be " + Date },
        { "a.csv", Flow + "@2026-01-01,,a,-5,USD,opening\n", "a.csv:302:15: field 'amount': '-5' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,0,USD,opening\n", "a.csv:302:15: field 'amount': '0' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,10000000000000000,USD,opening\n", "a.csv:302:15: field 'amount': '10000000000000000' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,1.00000000001,USD,opening\n", "a.csv:302:15: field 'amount': '1.00000000001' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,1e3,USD,opening\n", "a.csv:302:15: field 'amount': '1e3' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,\"1,000\",USD,opening\n", "a.csv:302:15: field 'amount': '1,000' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,,USD,opening\n", "a.csv:302:15: field 'amount': '' must be " + Amount },
        { "a.csv", Flow + "@2026-01-01,,a,1,usd,opening\n", "a.csv:302:17: field 'currency': 'usd' must be " + Currency },
        { "a.csv", Flow + "@2026-01-01,,a,1,US Dollar,opening\n", "a.csv:302:17: field 'currency': 'US Dollar' must be " + Currency },
        { "a.csv", Flow + "@2026-01-01,,NVIDIA,1,USD,opening\n", "a.csv:302:13: field 'to': 'NVIDIA' must be " + Slug + ", not 'outside'" },
        { "a.csv", Flow + "@2026-01-01,$market,a,1,USD,purchase\n", "a.csv:302:12: field 'from': '$market' must be " + Slug + ", not 'outside'" },
        { "a.csv", Flow + "@2026-01-01,a,outside,1,USD,purchase\n", "a.csv:302:14: field 'to': 'outside' must be " + Slug + ", not 'outside'" },
        { "a.csv", Flow + "@2026-01-01,a,a,1,USD,purchase\n", "a.csv:302:14: field 'to': 'a' must be another company than 'from'" },
        { "a.csv", Flow + "@2026-01-01,,,1,USD,opening\n", "a.csv:302:12: field 'from': '' must be a company, where 'to' is empty: a flow has a company on one side at least" },
        { "a.csv", Flow + "@2026-01-01,a,b,1,USD,purchse\n", "a.csv:302:22: field 'kind': 'purchse' must be one of " + CashKinds + " (did you mean 'purchase'?)" },
        { "a.csv", Flow + "@2026-01-01,a,b,1,USD,opex\n", "a.csv:302:22: field 'kind': 'opex' must be one of " + CashKinds + ", for a flow between companies" },
        { "a.csv", Flow + "@2026-01-01,a,,1,USD,loan\n", "a.csv:302:21: field 'kind': 'loan' must be one of " + Categories + ", for a flow with the outside" },
        { "a.csv", Flow + "@2026-01-01,a,b,1,USD\n", "a.csv:302: '5 fields' must be a row of 6 fields, as the header has" },
        { "a.csv", Flow + "@2026-01-01,a,b,1,USD,purchase,\n", "a.csv:302: '7 fields' must be a row of 6 fields, as the header has" },
        { "a.csv", Flow + "@2026-01-01,a,b,1,USD,\"purchase\n", "a.csv:302:22: '\"purchase\\u000a' must be closed by a quote" },
        { "a.csv", Flow + "@2026-01-01,a,b\"c,1,USD,purchase\n", "a.csv:302:15: 'b\"c,1,USD,purchase\\u000a' must be quoted as a whole, its own quotes doubled, when it contains a quote" },
        { "a.csv", Flow + "@2026-01-01,a,\"b\"c,1,USD,purchase\n", "a.csv:302:17: 'c,1,USD,purchase\\u000a' must be a comma or the end of the line, after a quoted field" },
        { "a.csv", WideFlow + "2026-01-01,a,b,1,USD,investment,,,GPU,,,,,\n", "a.csv:2:35: field 'item': 'GPU' must be empty unless the kind is purchase or refund" },
        { "a.csv", WideFlow + "2026-01-01,a,b,1,USD,purchase,2026-02-30,,,,,,,\n", "a.csv:2:31: field 'known': '2026-02-30' must be " + Date },
        { "a.csv", WideFlow + "2026-01-01,a,b,1,USD,purchase,,a deal,,,,,,\n", "a.csv:2:32: field 'deal': 'a deal' must be 1 to 128 characters of A-Z, a-z, 0-9 and . _ : / + - that starts with a letter or digit" },
        { "a.csv", WideFlow + "2026-01-01,a,b,1,USD,purchase,,,,-1,,,,\n", "a.csv:2:34: field 'quantity': '-1' must be a number of 0 or more, at most 10 decimals, below 1e16" },
        { "a.csv", WideFlow + "2026-01-01,a,b,1,USD,purchase,,,,,,,sure,\n", "a.csv:2:37: field 'confidence': 'sure' must be one of high, medium, low" },
        { "a.csv", WideFlow + "2026-01-01,a,b,1,USD,purchase,,,,,,,,one\n2026-01-01,a,b,2,USD,purchase,,,,,,,,one\n", "a.csv:3: field 'id': 'one' must be the id of one command; line 2 gives it another content" },
        { "a.csv", "date;payer;payee\n2026-01-01;a;b\n", "a.csv:1: field 'effective' is missing: must be a column of the header effective,from,to,amount,currency,kind[,known,deal,item,quantity,unit,source,confidence,id]" },

        // Cap tables
        { "c.csv", Cap + "@2025-01-01,a,x,common,0,,,,\n", "c.csv:302:23: field 'quantity': '0' must be above 0" },
        { "c.csv", Cap + "2025-01-01,a,x,common,-1,,,,\n", "c.csv:2:23: field 'quantity': '-1' must be a number of shares of 0 or more, at most 10 decimals, below 1e16" },
        { "c.csv", Cap + "2025-01-01,a,,common,1,,,,\n", "c.csv:2:14: field 'holder': '' must be " + Slug },
        { "c.csv", Cap + "2025-01-01,a,a,common,1,,,,\n", "c.csv:2:14: field 'holder': 'a' must be another than the issuer, which never holds its own shares" },
        { "c.csv", Cap + "2025-01-01,a,x,Common Stock,1,,,,\n", "c.csv:2:16: field 'class': 'Common Stock' must be " + Slug },
        { "c.csv", Cap + "2025-01-01,a,x,common,1,transfer,,,\n", "c.csv:2:34: field 'from': '' must be " + Slug },
        { "c.csv", Cap + "2025-01-01,a,x,common,1,transfer,x,,\n", "c.csv:2:14: field 'holder': 'x' must be another than 'from'" },
        { "c.csv", Cap + "2025-01-01,a,x,common,1,issue,y,,\n", "c.csv:2:31: field 'from': 'y' must be empty unless the kind is transfer" },
        { "c.csv", Cap + "2025-01-01,a,x,common,1,,,2.50,\n", "c.csv:2:32: field 'currency': '' must be " + Currency + ", beside a price" },
        { "c.csv", Cap + "2025-01-01,a,x,common,1,,,-2,USD\n", "c.csv:2:27: field 'price': '-2' must be " + Amount },
        { "c.csv", Cap + "2025-01-01,a,,common,10,split,,,\n", "c.csv:2:22: field 'quantity': '10' must be n:d for a split, two different whole numbers from 1 to 1000000, such as 10:1" },
        { "c.csv", Cap + "2025-01-01,a,x,common,2:1,split,,,\n", "c.csv:2:14: field 'holder': 'x' must be empty for a split, which is of the whole class" },
        { "c.csv", Cap + "2025-01-01,a,x,common,1,sale,,,\n", "c.csv:2:25: field 'kind': 'sale' must be one of issue, transfer, repurchase, split, or empty for an issue" },

        // Commands
        { "o.jsonl", "\n\n", "o.jsonl:1: must be commands, one a line; the file is empty" },
        { "o.jsonl", "@{\"id\":\"x\",\n", "o.jsonl:301:10: '{\"id\":\"x\",' must be well-formed JSON (Expected start of a property name or value, but instead reached end of data)" },
        { "o.jsonl", "@[1]\n", "o.jsonl:301:1: field '': '[...]' must be a mapping of fields" },
        { "o.jsonl", "@" + Json + """{"type":"pay-purchase","seller":"b","amount":"ten USD"}}""", "o.jsonl:301:105: field 'command.amount': 'ten USD' must be " + Sum },
        { "o.jsonl", Json + """{"type":"pay-purchase","seller":"b","amount":"1 USD"},"id":"y"}""", "o.jsonl:1:114: field 'id': 'id' must be stated once" },
        { "o.jsonl", Json + """{"type":"pay-purchases","seller":"b","amount":"1 USD"}}""", "o.jsonl:1:68: field 'command.type': 'pay-purchases' must be a command type such as pay-purchase (did you mean 'pay-purchase'?)" },
        { "o.jsonl", Json + """{"type":"pay-purchase","seller":"b"}}""", "o.jsonl:1:60: field 'command.amount' is missing: must be " + Sum },
        { "o.jsonl", Json + """{"type":"pay-purchase","seller":"b","amount":5}}""", "o.jsonl:1:105: field 'command.amount': '5' must be " + Sum },
        { "o.jsonl", Json + """{"type":"pay-transfer","payee":"b","amount":"1 USD","purpose":"gift"}}""", "o.jsonl:1:122: field 'command.purpose': 'gift' must be one of revenue-share, royalty, fee, other" },
        { "o.jsonl", Json + """{"type":"complete-deal"},"rank":1.5}""", "o.jsonl:1:92: field 'rank': '1.5' must be a whole number" },
        { "o.jsonl", Json + """{"type":"reach-milestone","milestone":"x"}}""" + "\n@" + Json + """{"type":"reach-milestone","milestone":"y"}}""", "o.jsonl:302:1: field 'id': 'x' must be the id of one command; line 1 gives it another content" },
        { "o.jsonl", """{"company":"a","effective":"2026-01-01","command":{"type":"complete-deal"}}""", "o.jsonl:1:1: field 'id' is missing: must be 1 to 200 visible characters" },

        // Scenarios
        { "s.yaml", "", "s.yaml:1: must be a scenario; the file is empty" },
        { "s.yaml", "- a\n- b\n", "s.yaml:1:1: field 'scenario': '[...]' must be a mapping of fields" },
        { "s.yaml", "title: S\ncommands: []\n", "s.yaml:1:1: field 'scenario' is missing: must be " + Slug },
        { "s.yaml", "scenario: s\ntitle: S\ntittle: S\ncommands: []\n", "s.yaml:3:1: field 'tittle': 'tittle' must be one of the fields of a scenario: scenario, title, description, assumptions, defaults, companies, commands (did you mean 'title'?)" },
        { "s.yaml", "scenario: s\ntitle: S\n", "s.yaml:1:1: field 'commands' is missing: must be a list of commands" },
        { "s.yaml", "scenario: s\nscenario: t\ntitle: S\ncommands: []\n", "s.yaml:2:1: field 'scenario': 'scenario' must be stated once; line 1 states it first" },
        { "s.yaml", "scenario: s\ntitle: &t S\ncommands: []\n", "s.yaml:2:8: '&t' must be written without an anchor" },
        { "s.yaml", "scenario: s\ntitle: *t\ncommands: []\n", "s.yaml:2:8: '*t' must be written out; aliases are not taken" },
        { "s.yaml", "scenario: s\ntitle: !!str S\ncommands: []\n", "s.yaml:2:8: 'tag:yaml.org,2002:str' must be written without a tag" },
        { "s.yaml", "scenario: s\ntitle: S\ncommands: []\n---\nscenario: t\n", "s.yaml:4:1: '---' must be one document" },
        { "s.yaml", "scenario: s\ntitle: S\ncompanies:\n  - {id: a, name: A, currency: USD}\n  - {id: a, name: B, currency: USD}\ncommands: []\n", "s.yaml:5:10: field 'id': 'a' must be listed once; line 4 lists it first" },
        { "s.yaml", "scenario: s\ntitle: S\ncompanies:\n  - {id: a, name: A, currency: USD, kind: grup}\ncommands: []\n", "s.yaml:4:43: field 'companies[0].kind': 'grup' must be one of company, group (did you mean 'group'?)" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    pay-purchase: {seller: b, amount: ten USD}\n", "s.yaml:306:39: field 'commands[300].pay-purchase.amount': 'ten USD' must be " + Sum },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-02-30\n    complete-deal:\n", "s.yaml:305:16: field 'commands[300].effective': '2026-02-30' must be " + Date },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n", "s.yaml:304:5: field 'commands[300]' is missing: must be one command, such as pay-purchase: {seller: nvidia, amount: 10bn USD}" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    complete-deal:\n    reach-milestone: {milestone: x}\n", "s.yaml:307:5: field 'commands[300]': 'reach-milestone' must be one command, such as pay-purchase: {seller: nvidia, amount: 10bn USD}" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    pay-purchse: {seller: b, amount: 1 USD}\n", "s.yaml:306:5: field 'commands[300].pay-purchse': 'pay-purchse' must be a command type such as pay-purchase, or one of " + string.Join(", ", EntryFields) + " (did you mean 'pay-purchase'?)" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    pay-purchase: {seller: b, amont: 1 USD, amount: 1 USD}\n", "s.yaml:306:31: field 'commands[300].pay-purchase.amont': 'amont' must be one of the fields of pay-purchase: seller, amount, draws, item, quantity, unit, inKind (did you mean 'amount'?)" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    split-shares: {class: common, numerator: 1.5, denominator: 1}\n", "s.yaml:306:46: field 'commands[300].split-shares.numerator': '1.5' must be a whole number" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    invest: {investee: b, amount: 1 USD, inKind: yes}\n", "s.yaml:306:50: field 'commands[300].invest.inKind': 'yes' must be true or false" },
        { "s.yaml", Yaml + "@  - company: a\n    effective: 2026-01-01\n    id: one\n    reach-milestone: {milestone: x}\n  - company: a\n    effective: 2026-01-01\n    id: one\n    reach-milestone: {milestone: y}\n", "s.yaml:308:5: field 'id': 'one' must be the id of one command; line 304 gives it another content" },

        // Any file
        { "a.txt", "", "a.txt:1: 'a.txt' must be a file whose name ends in .yaml, .yml, .jsonl or .csv" },
        { "a.csv", Flow + "@2026-01-01,\0,a,1,USD,opening\n", "a.csv:302:12: 'NUL' must be text without NUL characters" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bad_input_is_said_with_place_field_value_and_rule(string name, string text, string message)
    {
        var problems = Rejected(name, text.Replace("@", LongPart(name, text), StringComparison.Ordinal));
        problems[0].ToString().ShouldBe(message);
    }

    [Fact]
    public void The_table_is_long_enough_and_a_quarter_of_it_has_its_fault_at_the_end_of_a_long_file()
    {
        Cases.Count.ShouldBeGreaterThanOrEqualTo(60);
        Cases.Count(row => ((string)row[1]).Contains('@', StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public void Malformed_yaml_is_said_with_its_line()
    {
        var problem = Rejected("s.yaml", Yaml.Replace("@", "", StringComparison.Ordinal) + "  - {company: a, effective: [2026-01-01}\n").Single();
        (problem.Line, problem.Value).ShouldBe((4, "- {company: a, effective: [2026-01-01}"));
        problem.Rule.ShouldStartWith("well-formed YAML (");
    }

    [Fact]
    public void Text_that_is_no_utf8_is_said_with_its_place()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Flow + "2026-01-01,,caf"), 0xE9, .. Encoding.UTF8.GetBytes(",1,USD,opening\n")];
        Rejected("a.csv", bytes)[0].ToString().ShouldBe("a.csv:2:16: '0xE9' must be UTF-8 text");
    }

    [Fact]
    public void A_line_without_end_is_said_and_not_read()
    {
        Rejected("o.jsonl", "{}\n" + new string(' ', SourceText.LineLimit + 1))[0].ToString().ShouldBe("o.jsonl:2: '1048577 characters' must be a line of at most 1048576 characters");
    }

    [Theory]
    [InlineData("o.jsonl", "[", "]")]
    [InlineData("s.yaml", "[", "]")]
    [InlineData("s.yaml", "{a: ", "}")]
    public void Depth_without_bound_is_said_and_not_followed(string name, string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 20_000)) + "1" + string.Concat(Enumerable.Repeat(close, 20_000));
        Rejected(name, deep).Count.ShouldBe(1);
    }

    [Fact]
    public void All_faults_of_a_file_are_said_in_its_order()
    {
        var problems = Rejected("a.csv", Flow + "2026-01-01,,A,-1,usd,opening\n2026-01-01,a,b,1,USD,purchase\n2026-01-01,,,1,USD,opening\n");
        problems.Select(problem => (problem.Line, problem.Field)).ShouldBe([(2, "to"), (2, "amount"), (2, "currency"), (4, "from")]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_another_matter()
    {
        CommandFile.Read("/nowhere/a.csv").ShouldBe(new ReadResult.Unreadable("/nowhere/a.csv", "there is no such file"));
        CommandFile.Read(Path.GetTempPath()).ShouldBe(new ReadResult.Unreadable(Path.GetTempPath(), "is a folder, not a file"));
    }

    private static string LongPart(string name, string text)
    {
        var row = Path.GetExtension(name) switch
        {
            ".csv" when text.StartsWith(Cap, StringComparison.Ordinal) => "2025-01-01,a,x,common,1,,,,\n",
            ".csv" => "2026-01-01,a,b,1,USD,purchase\n",
            ".jsonl" => """{"id":"sound","company":"a","effective":"2026-01-01","command":{"type":"complete-deal"}}""" + "\n",
            _ => "  - {company: a, effective: 2026-01-01, reach-milestone: {milestone: sound}}\n",
        };
        return string.Concat(Enumerable.Repeat(row, 300));
    }
}
