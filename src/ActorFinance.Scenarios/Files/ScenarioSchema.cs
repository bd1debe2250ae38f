using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// The JSON Schema of a scenario file, made from the same shapes that check it. Draft 7, because that is what editors read.
/// <c>docs/schema/scenario.schema.json</c> is its output; a test says so.
/// </summary>
public static class ScenarioSchema
{
    internal const string Draft = "http://json-schema.org/draft-07/schema#";

    /// <summary>What the schema can say of a value's text beyond that it is text; the reader knows the rest.</summary>
    internal static readonly Dictionary<Type, string> Patterns = new()
    {
        [typeof(Money)] = @"^[+-]?[0-9]+(\.[0-9]+)?(tn|bn|m|k)? [A-Z]{3}$",
        [typeof(Instant)] = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$",
        [typeof(Currency)] = "^[A-Z]{3}$",
        [typeof(CompanyId)] = @"^(\$market|[a-z0-9]+(-[a-z0-9]+)*)$",
        [typeof(HolderId)] = "^[a-z0-9]+(-[a-z0-9]+)*$",
        [typeof(ShareClassId)] = "^[a-z0-9]+(-[a-z0-9]+)*$",
        [typeof(Quantity)] = @"^[0-9]+(\.[0-9]+)?(tn|bn|m|k)?$",
        [typeof(ShareQuantity)] = @"^[0-9]+(\.[0-9]+)?(tn|bn|m|k)?$",
        [typeof(Fraction)] = @"^(0|1|0\.[0-9]{1,12}|1\.0+)$",
    };

    public static string Text() => Written(Root);

    internal static string Written(Action<Utf8JsonWriter> root)
    {
        var json = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(json, options))
        {
            root(writer);
        }

        return Encoding.UTF8.GetString(json.WrittenSpan) + "\n";
    }

    private static void Root(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", Draft);
        writer.WriteString("title", "A scenario of ActorFinance");
        writer.WriteString("description", "Companies and, in order, what happens to them; or the agreements from which it follows. Made from the model's commands; do not edit.");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        Names(writer, "required", ["scenario", "title"]);
        AgreementSchema.CommandsOrAgreements(writer);
        writer.WriteStartObject("properties");
        Property(writer, "scenario", () => Leaf(writer, ScenarioFile.Slug, "^[a-z0-9]+(-[a-z0-9]+)*$", "The scenario's id."));
        Property(writer, "title", () => writer.WriteString("type", "string"));
        Property(writer, "description", () => writer.WriteString("type", "string"));
        Property(writer, "assumptions", () => List(writer, () => writer.WriteString("type", "string")));
        Property(writer, "defaults", () => Fields(writer, ScenarioFile.DefaultsShape, "What entries have that do not state it."));
        Property(writer, "companies", () => List(writer, () => Fields(writer, ScenarioFile.CompanyShape, "A company to register, unless it is known.")));
        Property(writer, "commands", () => List(writer, () => Entry(writer)));
        AgreementSchema.Properties(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static void Entry(Utf8JsonWriter writer)
    {
        writer.WriteString("description", "Who decides, when it holds, and exactly one command.");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        Names(writer, "required", ["company", "effective"]);
        writer.WriteStartArray("oneOf");
        foreach (var name in CommandShapes.Types.Keys)
        {
            writer.WriteStartObject();
            Names(writer, "required", [name]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("properties");
        foreach (var field in CommandEntry.Shape.Members)
        {
            Property(writer, field.Name, () => Of(writer, field.Shape));
        }

        foreach (var (name, _) in CommandShapes.Types)
        {
            Property(writer, name, () => Fields(writer, CommandShapes.Command(name), description: null));
        }

        writer.WriteEndObject();
    }

    private static void Of(Utf8JsonWriter writer, Shape shape)
    {
        switch (shape)
        {
            case Shape.Leaf leaf:
                Leaf(writer, leaf, PatternOf(leaf), leaf.Names.Count > 0 || leaf.Form is LeafForm.Integer or LeafForm.Boolean || leaf.Rule == "text" ? null : leaf.Rule);
                break;
            case Shape.Sequence sequence:
                List(writer, () => Of(writer, sequence.Item));
                break;
            case Shape.Fields fields:
                Fields(writer, fields, description: null);
                break;
        }
    }

    private static void Fields(Utf8JsonWriter writer, Shape.Fields fields, string? description)
    {
        if (description is not null)
        {
            writer.WriteString("description", description);
        }

        if (fields.Members.Count == 0)
        {
            Names(writer, "type", ["object", "null"]);
        }
        else
        {
            writer.WriteString("type", "object");
        }

        Members(writer, fields, Of);
    }

    /// <summary>The fields, which of them are required, and that there are no others.</summary>
    internal static void Members(Utf8JsonWriter writer, Shape.Fields fields, Action<Utf8JsonWriter, Shape> content)
    {
        writer.WriteBoolean("additionalProperties", false);
        var required = fields.Members.Where(field => field.IsRequired).Select(field => field.Name).ToList();
        if (required.Count > 0)
        {
            Names(writer, "required", required);
        }

        writer.WriteStartObject("properties");
        foreach (var field in fields.Members)
        {
            Property(writer, field.Name, () => content(writer, field.Shape));
        }

        writer.WriteEndObject();
    }

    internal static void Leaf(Utf8JsonWriter writer, Shape.Leaf leaf, string? pattern, string? description)
    {
        if (description is not null)
        {
            writer.WriteString("description", char.ToUpperInvariant(description[0]) + description[1..]);
        }

        if (leaf.Names.Count > 0)
        {
            Names(writer, "enum", leaf.Names);
            return;
        }

        switch (leaf.Form)
        {
            case LeafForm.Integer:
                writer.WriteString("type", "integer");
                break;
            case LeafForm.Boolean:
                writer.WriteString("type", "boolean");
                break;
            case LeafForm.Number:
                Names(writer, "type", ["number", "string"]);
                break;
            default:
                writer.WriteString("type", "string");
                break;
        }

        if (pattern is not null)
        {
            writer.WriteString("pattern", pattern);
        }
    }

    internal static void List(Utf8JsonWriter writer, Action item)
    {
        writer.WriteString("type", "array");
        Property(writer, "items", item);
    }

    internal static void Property(Utf8JsonWriter writer, string name, Action content)
    {
        writer.WriteStartObject(name);
        content();
        writer.WriteEndObject();
    }

    internal static void Names(Utf8JsonWriter writer, string name, IEnumerable<string> names, IEnumerable<bool>? truths = null)
    {
        writer.WriteStartArray(name);
        foreach (var each in names)
        {
            writer.WriteStringValue(each);
        }

        foreach (var truth in truths ?? [])
        {
            writer.WriteBooleanValue(truth);
        }

        writer.WriteEndArray();
    }

    /// <summary>The pattern that every text of the leaf has; null: the schema cannot say.</summary>
    internal static string? PatternOf(Shape.Leaf leaf) =>
        Patterns.Where(pair => ReferenceEquals(CommandShapes.Of(pair.Key), leaf)).Select(pair => pair.Value).FirstOrDefault();
}
