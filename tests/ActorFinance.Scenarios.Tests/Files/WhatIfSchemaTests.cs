using System.Text;
using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Files;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace ActorFinance.Scenarios.Tests.Files;

/// <summary>The schema that editors check what-ifs by, against the reader that the program checks them by.</summary>
public sealed class WhatIfSchemaTests
{
    private const string FileName = "what-if-file.schema.json";

    /// <summary>Every operation with every term that can stand beside the others, as JSON, which is YAML too.</summary>
    private static readonly string[] s_edits =
    [
        """
        {"drop": {"event": "01a2156e-3eb7-7bd5-a203-42d5cc4a839a", "deal": "NVDA-OAI-LOI", "company": ["openai", "nvidia"], "payer": "nvidia", "payee": "openai", "type": "purchase-paid|investment-made",
          "kind": ["purchase"], "item": "systems", "milestone": "1 GW deployed", "leg": "a|b", "tranche": "4..10", "from": "2026-01-01", "to": "2027-12-31T14:00:00Z", "known-from": "2025-01-01",
          "known-to": "2026-01-01", "firmness": "paid", "confidence": "low", "linked": "no", "reason": "why", "source": "where"}}
        """,
        """{"scale": {"deal": "A", "by": 0.6, "linked": true}}""",
        """{"shift": {"deal": "A", "by": "-1Y6M", "linked": "yes"}}""",
        """{"replace": {"deal": "A", "amount": "30bn USD", "at": "2026-12-31"}}""",
        """{"replace": {"deal": "A", "with": [{"company": "openai", "effective": "2026-12-31", "reach-milestone": {"milestone": "IPO"}}]}}""",
        """{"split": {"deal": "A", "in-kind": "40%"}}""",
        """{"merge": {"deal": "A", "tranche": [1, "2"]}}""",
        """{"substitute": {"deal": "A", "by": "fee"}}""",
        """{"set-valuation": {"deal": "A", "growth": "-10%", "anti-dilution": "full-ratchet", "protects": "nvidia"}}""",
        """{"set-valuation": {"deal": "A", "by": 0.9}}""",
        """{"set-valuation": {"deal": "A", "pre-money": ["500bn USD", "400bn USD"]}}""",
        """{"set-price": {"company": "amd", "class": "common", "path": {"2027-12-31": "600 USD"}}}""",
        """{"set-rate": {"pair": "USD/KRW", "path": "2026-01-01=1500|2027-01-01=1600"}}""",
        """{"set-rate": {"pair": "USD/KRW", "by": 1.1}}""",
        """{"set-condition": {"company": "openai", "milestone": "IPO", "at": "2026-12-31"}}""",
        """{"set-condition": {"company": "openai", "milestone": "IPO", "not-before": "2026-12-31"}}""",
        """{"set-condition": {"company": "openai", "milestone": "IPO", "never": "yes"}}""",
        """{"delay": {"company": "openai", "milestone": "1 GW deployed", "by": "12M"}}""",
        """{"call": {"guarantee": "NVDA-CRWV-BACKSTOP", "at": "2027-06-30"}}""",
        """{"default": {"company": "openai", "at": "2029-12-31", "recovery": "40%", "senior": ["loans"], "junior": "oracle|D"}}""",
        """{"freeze": {"company": "openai", "at": "2029-12-31"}}""",
        """{"truncate": {"after": "2029-12-31"}}""",
        """{"insert": [{"company": "openai", "effective": "2026-12-31", "receive-external-cash": {"amount": "5bn USD", "category": "financing"}}]}""",
    ];

    /// <summary>What a term may be changed to, as JSON. Days that no calendar has, unknown currencies and ranges that run backwards only the reader knows.</summary>
    private static readonly string[] s_values =
    [
        "null", "\"\"", "\"x y\"", "0", "1", "5", "-1", "1.5", "0.25", "\"0\"", "\"0.0\"", "\"-1\"", "\"1.0\"", "\"60%\"", "\"100%\"", "\"101%\"", "\"-100%\"", "\"-99.5%\"", "\"0%\"", "\"10bn\"", "\"12M\"", "\"-2Q\"", "\"90\"",
        "\"1X\"", "\"2027-01-01\"", "\"2027-01-01T00:00:00Z\"", "\"2027-01-01T00:00\"", "\"01.01.2027\"", "\"openai\"", "\"OpenAI\"", "\"outside\"", "\"$market\"", "\"openai|nvidia\"", "\"openai|\"", "\"A/B\"",
        "\"-A\"", "\"USD/KRW\"", "\"USD/USD\"", "\"5 USD\"", "\"-5 USD\"", "\"0 USD\"", "\"5bn USD|6bn USD\"", "\"5 usd\"", "\"yes\"", "\"no\"", "true", "false", "\"maybe\"", "\"paid\"", "\"paid|contracted\"", "\"low\"",
        "\"purchase\"", "\"purchase|loan\"", "\"purchase-paid\"", "\"purchase-payd\"", "\"4..\"", "\"..3\"", "\"..\"", "\"1|2\"", "\"cash\"", "\"weighted-average\"", "\"2027-01-01=5 USD\"", "\"2027-01-01=5\"", "\"2027-01-01=0\"",
        "\"01a2156e-3eb7-7bd5-a203-42d5cc4a839a\"", "[]", "{}", "[\"openai\", \"nvidia\"]", "[\"purchase\", \"loan\"]", "[\"5 USD\"]", "[[\"a\"]]", "[null]", "{\"2027-01-01\": \"5 USD\"}", "{\"2027-01-01\": 5}",
        "{\"2027-01-01\": 0}", "{\"x\": \"5 USD\"}", "[\"2027-01-01=5 USD\"]", "[{\"company\": \"a\"}]",
    ];

    /// <summary>Terms that an edit may get on top, most of them of another operation.</summary>
    private static readonly (string Name, string Value)[] s_more =
    [
        ("odd", "1"), ("deal", "\"B\""), ("tranche", "\"1..\""), ("milestone", "\"IPO\""), ("at", "\"2027-01-01\""), ("never", "true"), ("protects", "\"nvidia\""), ("growth", "0"), ("by", "2"),
        ("with", """[{"company": "a", "effective": "2027-01-01", "complete-deal": {}}]"""), ("path", "\"2027-01-01=5\""), ("amount", "\"5 USD\""),
    ];

    [Fact]
    public void The_schema_is_the_one_that_the_reader_checks_by()
    {
        if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_SCHEMA") is { Length: > 0 } target && target.EndsWith(FileName, StringComparison.Ordinal))
        {
            File.WriteAllText(target, WhatIfSchema.Text());
        }

        (File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schema", FileName)) == WhatIfSchema.Text()).ShouldBeTrue($"run this test with ACTORFINANCE_WRITE_SCHEMA=docs/schema/{FileName} to write the file anew");
    }

    [Fact]
    public async Task The_bundled_what_ifs_name_the_schema_and_fit_it()
    {
        var schema = await JsonSchema.FromJsonAsync(WhatIfSchema.Text());
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "scenarios", "what-if"), "*.yaml"))
        {
            var text = await File.ReadAllTextAsync(file);
            text.ShouldStartWith($"# yaml-language-server: $schema=../../../docs/schema/{FileName}\n");
            var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(text);
            schema.Validate(new SerializerBuilder().JsonCompatible().Build().Serialize(tree)).Select(error => $"{error.Path}: {error.Kind}").ShouldBeEmpty(file);
        }
    }

    [Fact]
    public async Task Schema_and_reader_take_and_refuse_the_same_files()
    {
        var schema = await JsonSchema.FromJsonAsync(WhatIfSchema.Text());
        var (taken, refused, differ) = (0, 0, new List<string>());

        // One file in four, or all of them when more is asked for.
        var every = Math.Max(1, 4 / (int)Effort.Samples(1));
        foreach (var file in Files().Where((_, place) => place % every == 0).Select(file => file.ToJsonString()))
        {
            var problems = WhatIfFile.Parse("f.yaml", Encoding.UTF8.GetBytes(file)) is WhatIfResult.Rejected rejected ? string.Join("; ", rejected.Problems) : null;
            var errors = schema.Validate(file).Select(error => $"{error.Path}: {error.Kind}").ToList();
            if (problems is null != (errors.Count == 0))
            {
                differ.Add($"{file}\n  reader: {problems ?? "takes it"}\n  schema: {(errors.Count == 0 ? "takes it" : string.Join("; ", errors))}");
            }

            (taken, refused) = problems is null ? (taken + 1, refused) : (taken, refused + 1);
        }

        string.Join('\n', differ.Take(20)).ShouldBeEmpty();
        taken.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(700);
    }

    /// <summary>Each edit as it is, and with one thing changed: a term with another value, a term gone, one more, the operation misspelt; and heads with other values.</summary>
    private static IEnumerable<JsonObject> Files()
    {
        foreach (var edit in s_edits)
        {
            yield return FileOf(edit);
            var (operation, terms) = JsonNode.Parse(edit)!.AsObject().Single();
            yield return FileOf(edit.Replace($"\"{operation}\"", $"\"{operation}x\"", StringComparison.Ordinal));
            if (terms is not JsonObject stated)
            {
                foreach (var value in s_values)
                {
                    yield return FileOf($"{{\"{operation}\": {value}}}");
                }

                continue;
            }

            foreach (var name in stated.Select(term => term.Key))
            {
                yield return Changed(edit, operation, body => body.Remove(name));
                foreach (var value in s_values)
                {
                    yield return Changed(edit, operation, body => body[name] = JsonNode.Parse(value));
                }
            }

            foreach (var (name, value) in s_more)
            {
                yield return Changed(edit, operation, body => body.TryAdd(name, JsonNode.Parse(value)));
            }
        }

        foreach (var name in new[] { "what-if", "title", "author", "reason", "source", "probability", "edits", "odd" })
        {
            foreach (var value in s_values)
            {
                var file = FileOf(s_edits[1]);
                file[name] = JsonNode.Parse(value);
                yield return file;
            }
        }
    }

    private static JsonObject Changed(string edit, string operation, Action<JsonObject> change)
    {
        var file = FileOf(edit);
        change(file["edits"]![0]![operation]!.AsObject());
        return file;
    }

    private static JsonObject FileOf(string edit) => new() { ["what-if"] = "test", ["edits"] = new JsonArray(JsonNode.Parse(edit)) };
}
