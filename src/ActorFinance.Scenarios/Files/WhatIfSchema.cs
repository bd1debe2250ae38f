using System.Text.Json;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Files.ScenarioSchema;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// The JSON Schema of a what-if file: the operations and terms that its reader takes, and what a pattern can say of a value. <c>docs/schema/what-if-file.schema.json</c>
/// is its output; a test says so, and that schema and reader take and refuse the same files. What only the reader knows: days that the calendar has, ISO's currencies, the
/// order of a range's ends, how long a span may be.
/// </summary>
public static class WhatIfSchema
{
    private static readonly Dictionary<string, string[]> s_required = new(StringComparer.Ordinal)
    {
        ["scale"] = ["by"], ["shift"] = ["by"], ["split"] = ["in-kind"], ["substitute"] = ["by"], ["set-price"] = ["company", EditTerms.Path], ["set-rate"] = ["pair"],
        ["set-condition"] = ["company", "milestone"], ["delay"] = ["company", "milestone", "by"], ["call"] = ["guarantee", "at"], ["default"] = ["company", "at"],
        ["freeze"] = ["company", "at"], ["truncate"] = ["after"],
    };

    /// <summary>Of these terms just one is said.</summary>
    private static readonly Dictionary<string, string[]> s_oneOf = new(StringComparer.Ordinal)
    {
        ["set-valuation"] = ["growth", "by", "pre-money"], ["set-rate"] = ["by", EditTerms.Path], ["set-condition"] = ["at", "not-before", "never"],
    };

    public static string Text() => Written(Root);

    private static void Root(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", Draft);
        writer.WriteString("title", "A what-if of ActorFinance");
        writer.WriteString("description", "Edits of a book, in order, and why they are asked. Made from the reader's own terms; do not edit.");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        Names(writer, "required", ["what-if", "edits"]);
        writer.WriteStartObject("properties");
        Said(writer, "what-if", "Its name.");
        Said(writer, "title", "What it asks, in a line.");
        Said(writer, "author", null);
        Said(writer, "reason", null);
        Said(writer, "source", "Where that is said.");
        Property(writer, "probability", () => TermSchema.Share(writer, "How likely it is, such as 0.4 or 40%."));
        Property(writer, "edits", () =>
        {
            List(writer, () => Edit(writer));
            writer.WriteNumber("minItems", 1);
        });
        writer.WriteEndObject();
        writer.WriteStartObject("definitions");
        Property(writer, "command", () => Entry(writer));
        foreach (var term in EditTerms.Selecting)
        {
            Property(writer, term, () => TermSchema.Term(writer, "drop", term));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Edit(Utf8JsonWriter writer)
    {
        writer.WriteString("description", "One operation with its terms.");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteNumber("minProperties", 1);
        writer.WriteNumber("maxProperties", 1);
        writer.WriteStartObject("properties");
        foreach (var operation in WhatIfFile.Operations)
        {
            Property(writer, operation, () =>
            {
                if (EditTerms.Operations.Contains(operation))
                {
                    Operation(writer, operation);
                }
                else
                {
                    Commands(writer);
                }
            });
        }

        writer.WriteEndObject();
    }

    private static void Operation(Utf8JsonWriter writer, string operation)
    {
        var terms = EditTerms.NamesOf(operation);
        var selects = terms.Contains("payer");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        if (s_required.TryGetValue(operation, out var required))
        {
            Names(writer, "required", required);
        }

        Action[] rules =
        [
            .. selects ? (Action[])[() => Requiring(writer, "anyOf", EditTerms.Selecting)] : [],
            .. s_oneOf.TryGetValue(operation, out var alone) ? (Action[])[() => Requiring(writer, "oneOf", alone)] : [],
            .. operation == "replace" ? (Action[])[() => WithOrTerms(writer)] : [],
            .. terms.Contains("protects") ? (Action[])[() => Beside(writer, "protects", "anti-dilution")] : [],
        ];
        if (rules.Length > 0)
        {
            writer.WriteStartArray("allOf");
            foreach (var rule in rules)
            {
                rule();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartObject("properties");
        foreach (var term in terms)
        {
            Property(writer, term, () =>
            {
                if (selects && EditTerms.Selecting.Contains(term))
                {
                    Refer(writer, term);
                }
                else
                {
                    TermSchema.Term(writer, operation, term);
                }
            });
        }

        foreach (var note in WhatIfFile.Notes)
        {
            Said(writer, note, null);
        }

        writer.WriteEndObject();
    }

    internal static void Commands(Utf8JsonWriter writer)
    {
        writer.WriteString("description", "Commands, as a scenario writes them.");
        List(writer, () => Refer(writer, "command"));
        writer.WriteNumber("minItems", 1);
    }

    private static void Refer(Utf8JsonWriter writer, string definition) => writer.WriteString("$ref", $"#/definitions/{definition}");

    private static void Said(Utf8JsonWriter writer, string name, string? description) => Property(writer, name, () =>
    {
        if (description is not null)
        {
            writer.WriteString("description", description);
        }

        Names(writer, "type", ["string", "number", "boolean"]);
        writer.WriteString("pattern", @"\S");
    });

    private static void Requiring(Utf8JsonWriter writer, string how, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(how);
        foreach (var name in names)
        {
            Required(writer, name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Required(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        Names(writer, "required", [name]);
        writer.WriteEndObject();
    }

    /// <summary>Commands, or else an amount or a day.</summary>
    private static void WithOrTerms(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("oneOf");
        Required(writer, EditTerms.With);
        Requiring(writer, "anyOf", ["amount", "at"]);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Beside(Utf8JsonWriter writer, string name, string other)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("anyOf");
        Required(writer, other);
        writer.WriteStartObject();
        Property(writer, "not", () => Names(writer, "required", [name]));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
