using System.Text.Json;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Orders;
using ActorFinance.Scenarios.Agreements.Reading;
using static ActorFinance.Scenarios.Files.ScenarioSchema;

namespace ActorFinance.Scenarios.Files;

/// <summary>The part of a scenario's schema that agreements are written in: the names that the readers take, and what a schema can say of their values.</summary>
internal static class AgreementSchema
{
    private static readonly string[] s_scalar = ["string", "number", "boolean"];

    /// <summary>What an agreement can order.</summary>
    private static IEnumerable<string> Commands => CommandShapes.Types.Where(command => command.Value != typeof(VoidEvent)).Select(command => command.Key);

    public static void CommandsOrAgreements(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("anyOf");
        foreach (var name in new[] { "commands", "agreements", "values" })
        {
            writer.WriteStartObject();
            Names(writer, "required", [name]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Properties(Utf8JsonWriter writer)
    {
        Property(writer, "clock", () => Mapping(writer, "Where history ends and how far the clock runs; both days count.", ["from", "until"], [], _ => writer.WriteString("type", "string")));
        Property(writer, "parameters", () => Named(writer, "Names and values; or {value, source}; or {path, between, source}, with values by date.", () => Parameter(writer)));
        Property(writer, "values", () => List(writer, () => Mapping(writer, "Values that are computed together, in the order in which they need each other.", ValueReader.Fields, ["every", "define"], name => ValueField(writer, name))));
        Property(writer, "agreements", () => List(writer, () => Mapping(writer, "Terms: when they act, and the orders that they then give.", AgreementReader.Fields, ["agreement", "when", "then"], name => AgreementField(writer, name))));
        Property(writer, "figures", () => Mapping(writer, "Named expressions that are read at the end, and on a schedule.", [.. ScheduleReader.Fields, "define"], ["define"], name => FigureField(writer, name)));
        SampleSchema.Property(writer);
        writer.WriteEndObject();
        writer.WriteStartObject("definitions");
        Property(writer, "trigger", () =>
        {
            Mapping(writer, "When an agreement acts.", [.. TriggerReader.Kinds, "from", "to"], [], name => TriggerField(writer, name));
            writer.WriteStartArray("oneOf");
            foreach (var kind in TriggerReader.Kinds)
            {
                writer.WriteStartObject();
                Names(writer, "required", [kind]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        Property(writer, "order", () => Order(writer));
    }

    private static void Parameter(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("oneOf");
        writer.WriteStartObject();
        Expression(writer);
        writer.WriteEndObject();
        writer.WriteStartObject();
        Mapping(writer, "A value or a path, and where it is from.", ParameterReader.Fields, [], name =>
        {
            if (name == "path")
            {
                Named(writer, "Values by date.", () => Expression(writer));
            }
            else if (name == "between")
            {
                writer.WriteString("description", "Whether each value holds from its date on, or the parameter moves evenly from one to the next.");
                Names(writer, "enum", ParameterReader.Ways);
            }
            else
            {
                Expression(writer);
            }
        });
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void ValueField(Utf8JsonWriter writer, string name)
    {
        switch (name)
        {
            case "simultaneous":
                Mapping(writer, "Circles are solved together, until no value changes by more.", ["tolerance"], ["tolerance"], _ => Names(writer, "type", ["number", "string"]));
                break;
            case "define":
                Named(writer, "Names and expressions; or {is, start}.", () =>
                {
                    writer.WriteStartArray("oneOf");
                    writer.WriteStartObject();
                    Expression(writer);
                    writer.WriteEndObject();
                    writer.WriteStartObject();
                    Mapping(writer, "An expression, and the value before the first.", ValueReader.DefinitionFields, ["is"], _ => Expression(writer));
                    writer.WriteEndObject();
                    writer.WriteEndArray();
                });
                break;
            default:
                Schedule(writer, name);
                break;
        }
    }

    private static void AgreementField(Utf8JsonWriter writer, string name)
    {
        switch (name)
        {
            case "agreement":
                writer.WriteString("type", "string");
                writer.WriteString("pattern", "^[a-z0-9]+(-[a-z0-9]+)*$");
                break;
            case "each":
                List(writer, () => Named(writer, "One row: constants by name.", () => Expression(writer)));
                break;
            case "when":
                writer.WriteString("$ref", "#/definitions/trigger");
                break;
            case "refused":
                Names(writer, "enum", ["report", "stop"]);
                break;
            case "then":
                List(writer, () => writer.WriteString("$ref", "#/definitions/order"));
                break;
            default:
                Expression(writer);
                break;
        }
    }

    private static void FigureField(Utf8JsonWriter writer, string name)
    {
        if (name == "define")
        {
            Named(writer, "Names and expressions.", () => Expression(writer));
        }
        else
        {
            Schedule(writer, name);
        }
    }

    private static void TriggerField(Utf8JsonWriter writer, string name)
    {
        switch (name)
        {
            case "all-of" or "any-of":
                List(writer, () => writer.WriteString("$ref", "#/definitions/trigger"));
                break;
            case "milestone":
                Mapping(writer, "A company says that it has reached it.", ["company", "reached"], ["company", "reached"], _ => writer.WriteString("type", "string"));
                break;
            case "event":
                writer.WriteString("description", "Every event that matches all that is stated, such as {type: purchase-paid, payer: openai}.");
                writer.WriteString("type", "object");
                break;
            default:
                Schedule(writer, name);
                break;
        }
    }

    private static void Schedule(Utf8JsonWriter writer, string name)
    {
        if (name == "every")
        {
            writer.WriteString("description", $"One of {string.Join(", ", CalendarUnit.Names)}, or several, such as '2 weeks'.");
        }

        Expression(writer);
    }

    /// <summary>An order of an agreement: a command in which every amount, number and date may be an expression.</summary>
    private static void Order(Utf8JsonWriter writer)
    {
        writer.WriteString("description", "Who decides, and exactly one command; amounts, numbers and dates are expressions, text may hold some in braces.");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        Names(writer, "required", ["company"]);
        writer.WriteStartArray("oneOf");
        foreach (var name in Commands)
        {
            writer.WriteStartObject();
            Names(writer, "required", [name]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("properties");
        foreach (var field in OrderReader.Fields)
        {
            Property(writer, field, () => Expression(writer));
        }

        foreach (var name in Commands)
        {
            Property(writer, name, () => Fields(writer, CommandShapes.Command(name)));
        }

        writer.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter writer, Shape.Fields fields)
    {
        Names(writer, "type", fields.Members.Count == 0 ? ["object", "null"] : ["object"]);
        Members(writer, fields, Opened);
    }

    private static void Opened(Utf8JsonWriter writer, Shape shape)
    {
        switch (shape)
        {
            case Shape.Sequence sequence:
                List(writer, () => Opened(writer, sequence.Item));
                break;
            case Shape.Fields fields:
                Fields(writer, fields);
                break;
            case Shape.Leaf { Names.Count: > 0 } names:
                Names(writer, "enum", names.Names);
                break;
            default:
                Expression(writer);
                break;
        }
    }

    internal static void Expression(Utf8JsonWriter writer) => Names(writer, "type", s_scalar);

    internal static void Named(Utf8JsonWriter writer, string description, Action content)
    {
        writer.WriteString("description", description);
        writer.WriteString("type", "object");
        Property(writer, "additionalProperties", content);
    }

    internal static void Mapping(Utf8JsonWriter writer, string description, IReadOnlyList<string> fields, IReadOnlyList<string> required, Action<string> content)
    {
        writer.WriteString("description", description);
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        if (required.Count > 0)
        {
            Names(writer, "required", required);
        }

        writer.WriteStartObject("properties");
        foreach (var field in fields)
        {
            Property(writer, field, () => content(field));
        }

        writer.WriteEndObject();
    }
}
