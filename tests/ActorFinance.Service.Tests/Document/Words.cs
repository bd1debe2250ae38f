using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Document;

/// <summary>What values are made of: some that mean something to the book of the AI deals, by the name of the field, and some that mean harm.</summary>
internal static class Words
{
    /// <summary>Stands for the job that was begun last.</summary>
    public const string LastJob = "LAST-JOB";

    private static readonly string[] Companies = ["nvidia", "openai", "oracle", "amd", "nobody"];
    private static readonly string[] Times = ["2026-01-01", "2026-03-31T14:00:00Z", "9999-12-31", "0001-01-01", "2028-12-31"];
    private static readonly string[] Deals = ["NVDA-OAI-LOI", "none"];
    private static readonly string[] Events = ["investment-made", "purchase-paid", "step-posted"];

    /// <summary>Refused, or taken as the texts that they are; never more.</summary>
    public static readonly string[] Hostile =
    [
        "", " ", "\0", "a\0b", "\r\nX-Evil: 1", "../../etc/passwd", "..%2f..%2f", "%00", "%", "' OR 1=1 --", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "NaN", "Infinity", "1e400", "1e-400", "-1", "-0",
        "99999999999999999999", "9223372036854775807", "9223372036854775808", "2147483648", "0x10", "１２", "null", "true", "[]", "{}", "\"", "\\", "\u202Eevil", "\uFEFF", "💩", "ﬀ", "e\u0301", "0000-00-00", "2026-02-30", "2026-13-01",
        "2026-01-01T00:00:00", "24:00", "10000-01-01", "nvidia:1", "nvidia:99999999999", ":", "a:", "--", "-", "NVIDIA", "nvidia ", "$market", "outside", new string('a', 65), new string('9', 400), new string('x', 1_000), $"0.{new string('0', 300)}1",
    ];

    private static readonly IReadOnlyDictionary<string, string[]> ByName = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["company"] = Companies, ["party"] = Companies, ["seller"] = Companies, ["buyer"] = Companies, ["payee"] = Companies, ["investee"] = Companies, ["lender"] = Companies, ["borrower"] = Companies,
        ["holder"] = [.. Companies, "fund", "outside"],
        ["deal"] = Deals, ["asOf"] = Times, ["to"] = [.. Times, "renamed", "kept"], ["until"] = ["2028-12-31", "2026-01-01", "0001-01-01"], ["effective"] = ["2026-01-01", "2026-03-31T14:00:00Z"],
        ["known"] = ["2026-01-01"], ["from"] = [.. Times, "beginning", "now", "0", "5", "kept"], ["asKnown"] = ["0", "5", "30", "1000000", "2025-10-01", .. Times], ["atLeast"] = ["0", "1", "30", "openai:1", "openai:99999"],
        ["type"] = Events, ["currency"] = ["USD", "EUR", "XXX"], ["cursor"] = ["AAAA", "MC4wLjE"], ["subscription"] = ["spare", "second", "new-one", "nobody"], ["offset"] = ["1", "2", "3", "30", "0"], ["branch"] = ["kept", "other", "renamed", "new-one"],
        ["name"] = ["kept", "other", "renamed"], ["job"] = [LastJob, LastJob, "none"], ["code"] = ["busy", "above-authorised", "none"], ["consumer"] = ["me", "you"], ["reason"] = ["because"], ["probability"] = ["0.4", "40%", "1"],
        ["set"] = ["gigawatts=3", "none=1", "gigawatts"], ["sweep"] = ["gigawatts=3..5:1", "gigawatts=1..0", "x"], ["figure"] = ["cash: openai in USD", "cash: nobody"], ["runs"] = ["1", "3"], ["seed"] = ["0", "7"],
        ["Idempotency-Key"] = ["key-1", "key-2"], ["Last-Event-ID"] = ["0", "5", "1000000"], ["If-None-Match"] = ["\"1-30\"", "*", "W/\"1-30\""],
        ["id"] = ["order-1", "order-2", "order-3", "order-4"], ["amount"] = ["5 USD", "10bn USD", "0.0000000001 USD", "1 EUR"], ["class"] = ["common"],
    };

    public static string[] For(string name) => ByName.GetValueOrDefault(name, ["text"]);

    /// <summary>Bodies of the addresses that take files of the command line.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        WhatIf, "what-if: paid\nedits:\n  - insert:\n      - {id: promoted, company: openai, effective: 2026-03-01, pay-purchase: {seller: nvidia, amount: 5 USD}}\n",
        "{\"what-if\": \"json\", \"probability\": 0.5, \"edits\": [{\"shift\": {\"deal\": \"NVDA-OAI-LOI\", \"by\": \"3M\"}}]}",
        Simulation, "scenario: one\ntitle: One\nclock: {from: 2026-01-01, until: 2026-03-01}\nagreements: []\n",
    ];

    public const string WhatIf = "what-if: late\ntitle: Late\nedits:\n  - drop: {company: oracle}\n";

    public const string Simulation = """
        scenario: daily
        title: One dollar a day
        clock: {from: 2026-01-01, until: 2026-02-01}
        companies:
          - {id: acme, name: Acme, currency: USD}
        agreements:
          - agreement: daily
            when: {every: day, from: 2026-01-02}
            then:
              - company: acme
                receive-external-cash: {amount: 1 USD, category: revenue}

        """;

    /// <summary>A query's text as the value that its schema means.</summary>
    public static JsonNode? Typed(JsonObject schema, string text) => (string?)schema["type"] switch
    {
        "integer" when long.TryParse(text, System.Globalization.NumberStyles.None, provider: null, out var number) => JsonValue.Create(number),
        "boolean" when text is "true" or "false" => JsonValue.Create(text == "true"),
        _ => JsonValue.Create(text),
    };
}
