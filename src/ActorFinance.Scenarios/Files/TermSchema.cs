using System.Text.Json;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Files.AgreementSchema;
using static ActorFinance.Scenarios.Files.ScenarioSchema;

namespace ActorFinance.Scenarios.Files;

/// <summary>What the schema of a what-if says of the value of each term: as text, a number, or several.</summary>
internal static class TermSchema
{
    private const string Digits = @"[0-9]+(\.[0-9]+)?";
    private const string Suffix = "(tn|bn|m|k)?";

    /// <summary>Some digit but 0, wherever it stands.</summary>
    private const string AboveZero = @"\+?(?=[0-9.]*[1-9])" + Digits;

    private const string Key = "[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}";
    private const string Slug = "[a-z0-9]+(-[a-z0-9]+)*";
    private const string Company = @"(\$market|(?!outside(\||$))" + Slug + ")";
    private const string Text = "[^|]+";
    private const string Span = "-?([0-9]+[YQMD])+";
    private const string Factor = "(" + AboveZero + Suffix + "|" + AboveZero + "%)";
    private const string PositiveMoney = AboveZero + Suffix + " [A-Z]{3}";
    private const string Rate = AboveZero + Suffix;

    private static readonly string[] s_text = ["string"];

    private static readonly string s_instant = Bare(Patterns[typeof(Instant)]);

    public static void Term(Utf8JsonWriter writer, string operation, string term)
    {
        switch (term, operation)
        {
            case (EditTerms.With, _):
                WhatIfSchema.Commands(writer);
                break;
            case (EditTerms.Path, _):
                Path(writer, operation == "set-price" ? PositiveMoney : Rate, operation == "set-rate");
                break;
            case ("by", "shift" or "delay"):
                Pattern(writer, "Years, quarters, months and days, such as 12M, -2Q, 1Y6M or 90D.", Span);
                break;
            case ("by", "substitute"):
                Names(writer, "enum", EnumWords.All<Substitute>().Keys);
                break;
            case ("by", _) or ("in-kind", _):
                Number(writer, "A number above 0, such as 0.6 or 60%.", Factor, number => number.Above = 0);
                break;
            case ("growth", _):
                Number(writer, "Above -100%, such as 0, 10% or -0.1.", $@"(\+?{Digits}(%|tn|bn|m|k)?|-0(\.[0-9]+)?|-[0-9]{{1,2}}(\.[0-9]+)?%)", number => number.Above = -1);
                break;
            case ("recovery", _):
                Share(writer, "A share from 0 to 1, such as 0.4 or 40%.");
                break;
            case ("linked", _):
                Names(writer, "enum", ["yes", "no", "true", "false"], [true, false]);
                break;
            case ("never", _):
                Names(writer, "enum", ["yes", "true"], [true]);
                break;
            case ("firmness", _):
                Names(writer, "enum", EnumWords.All<SelectedFirmness>().Keys);
                break;
            case ("confidence", _):
                Names(writer, "enum", EnumWords.All<Confidence>().Keys);
                break;
            case ("anti-dilution", _):
                Names(writer, "enum", EnumWords.All<AntiDilution>().Keys);
                break;
            case ("item" or "milestone", _):
                Expression(writer);
                writer.WriteNumber("minLength", 1);
                break;
            case ("tranche", _):
                writer.WriteString("description", "A range such as 4..10, 4.. or ..3, or names such as 1|2.");
                writer.WriteStartArray("oneOf");
                Forms(writer, $@"([0-9]+\.\.[0-9]*|\.\.[0-9]+|(?!.*\.\.){Barred(Text)})", $@"(?!.*\.\.){Text}", TypesOf(term));
                writer.WriteEndArray();
                break;
            case ("amount", _) or ("from" or "to" or "known-from" or "known-to" or "at" or "not-before" or "after", _) or ("pair", _):
                Pattern(writer, null, PatternOf(term));
                break;
            default:
                if (EditTerms.TakesSeveral(operation, term))
                {
                    writer.WriteStartArray("oneOf");
                    Forms(writer, Barred(PatternOf(term)), PatternOf(term), TypesOf(term));
                    writer.WriteEndArray();
                }
                else
                {
                    One(writer, PatternOf(term), TypesOf(term));
                }

                break;
        }
    }

    public static void Share(Utf8JsonWriter writer, string description) =>
        Number(writer, description, @"\+?(0(\.[0-9]+)?|1(\.0+)?|([0-9]{1,2}(\.[0-9]+)?|100(\.0+)?)%)", bounds => (bounds.Minimum, bounds.Maximum) = (0, 1));

    /// <summary>What an editor may take the text of a term for: 5 is a number to it, and true a truth value.</summary>
    private static string[] TypesOf(string term) => term switch
    {
        "event" or "type" or "kind" or "pre-money" => s_text,
        "company" or "payer" or "payee" or "protects" or "class" => ["string", "integer", "boolean"],
        _ => ["string", "number", "boolean"],
    };

    private static string PatternOf(string term) => term switch
    {
        "event" => "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "deal" or "guarantee" => Key,
        "company" or "payer" or "payee" => Company,
        "type" => $"({string.Join('|', EditTerms.EventTypes)})",
        "kind" => $"({string.Join('|', EnumWords.All<FlowKind>().Keys)})",
        "leg" or "senior" or "junior" => Text,
        "from" or "to" or "known-from" or "known-to" or "at" or "not-before" or "after" => s_instant,
        "amount" or "pre-money" => PositiveMoney,
        "protects" or "class" => Slug,
        "pair" => @"([A-Z]{3})/(?!\1)[A-Z]{3}",
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, "has no pattern"),
    };

    /// <summary>As text with bars, a list, or a mapping of dates.</summary>
    private static void Path(Utf8JsonWriter writer, string value, bool mayBeNumber)
    {
        writer.WriteString("description", "What holds from which date on: {2026-12-31: 600 USD}, or 2026-12-31=600 USD, several with bars or as a list.");
        writer.WriteStartArray("oneOf");
        var point = $"{s_instant}={value}";
        Forms(writer, Barred(point), point, s_text);
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteNumber("minProperties", 1);
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteStartObject("patternProperties");
        Property(writer, $"^{s_instant}$", () =>
        {
            if (mayBeNumber)
            {
                Number(writer, null, value, number => number.Above = 0);
            }
            else
            {
                Pattern(writer, null, value);
            }
        });
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>Values with bars between, or a list of them.</summary>
    private static void Forms(Utf8JsonWriter writer, string whole, string item, string[] types)
    {
        writer.WriteStartObject();
        One(writer, whole, types);
        writer.WriteEndObject();
        writer.WriteStartObject();
        List(writer, () => One(writer, item, types));
        writer.WriteNumber("minItems", 1);
        writer.WriteEndObject();
    }

    private static void One(Utf8JsonWriter writer, string pattern, string[] types)
    {
        Names(writer, "type", types);
        writer.WriteString("pattern", $"^{pattern}$");
        if (types.Length > 1 && !pattern.Contains(Text, StringComparison.Ordinal))
        {
            writer.WriteNumber("minimum", 0);
        }
    }

    private static void Pattern(Utf8JsonWriter writer, string? description, string pattern)
    {
        if (description is not null)
        {
            writer.WriteString("description", description);
        }

        writer.WriteString("type", "string");
        writer.WriteString("pattern", $"^{pattern}$");
    }

    /// <summary>A number, or text of one (with a suffix or a per cent sign).</summary>
    private static void Number(Utf8JsonWriter writer, string? description, string pattern, Action<Bounds> bounded)
    {
        var bounds = new Bounds();
        bounded(bounds);
        if (description is not null)
        {
            writer.WriteString("description", description);
        }

        Names(writer, "type", ["number", "string"]);
        writer.WriteString("pattern", $"^{pattern}$");
        foreach (var (name, bound) in new[] { ("exclusiveMinimum", bounds.Above), ("minimum", bounds.Minimum), ("maximum", bounds.Maximum) })
        {
            if (bound is { } stated)
            {
                writer.WriteNumber(name, stated);
            }
        }
    }

    private static string Barred(string pattern) => $@"{pattern}(\|{pattern})*";

    private static string Bare(string pattern) => $"({pattern[1..^1]})";

    private sealed class Bounds
    {
        public int? Above { get; set; }

        public int? Minimum { get; set; }

        public int? Maximum { get; set; }
    }
}
