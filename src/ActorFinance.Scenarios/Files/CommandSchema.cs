using System.Text.Json.Nodes;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// The JSON Schema (2020-12) of commands as JSON, made from the same shapes that check them: the envelope, and one schema a command type, told apart by its
/// field <c>type</c>. What may be null may also be left out.
/// </summary>
public static class CommandSchema
{
    private const string Discriminator = "type";

    /// <summary>The schemas by name: <paramref name="name"/> for the whole, and <c>name-invest</c> and so on for the types.</summary>
    /// <param name="name">Of the whole.</param>
    /// <param name="reference">The address of a schema by its name.</param>
    public static IEnumerable<(string Name, JsonObject Schema)> All(string name, Func<string, string> reference)
    {
        yield return (name, Envelope(name, reference));
        foreach (var type in Types)
        {
            yield return ($"{name}-{type}", Command(type));
        }
    }

    private static IEnumerable<string> Types => CommandShapes.Types.Keys.Order(StringComparer.Ordinal);

    private static JsonObject Envelope(string name, Func<string, string> reference)
    {
        // An id may also come from beside the body.
        var members = CommandShapes.Envelope.Members.Select(field => field with { IsRequired = field.IsRequired && field.Name != "id" }).ToList();
        var envelope = Record(members.Where(field => field.Shape is not Shape.AnyCommand));
        envelope["properties"]!["command"] = new JsonObject
        {
            ["oneOf"] = new JsonArray([.. Types.Select(type => new JsonObject { ["$ref"] = reference($"{name}-{type}") })]),
            ["discriminator"] = new JsonObject
            {
                ["propertyName"] = Discriminator,
                ["mapping"] = new JsonObject(Types.Select(type => KeyValuePair.Create(type, (JsonNode?)reference($"{name}-{type}")))),
            },
        };
        envelope["required"]!.AsArray().Add("command");
        return envelope;
    }

    private static JsonObject Command(string type)
    {
        var command = Record(CommandShapes.Command(type).Members);
        command["required"]!.AsArray().Insert(0, Discriminator);
        command["properties"]!.AsObject().Insert(0, Discriminator, new JsonObject { ["type"] = "string", ["const"] = type });
        return command;
    }

    private static JsonObject Of(Shape shape) => shape switch
    {
        Shape.Leaf leaf => Leaf(leaf),
        Shape.Sequence sequence => new() { ["type"] = "array", ["items"] = Of(sequence.Item) },
        Shape.Fields fields => Record(fields.Members),
        _ => throw new InvalidOperationException($"{shape.GetType().Name} stands in no field"),
    };

    private static JsonObject Record(IEnumerable<Field> fields)
    {
        var members = fields.ToList();
        return new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. members.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name))]),
            ["properties"] = new JsonObject(members.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)(field.IsNullable ? OrNull(Of(field.Shape)) : Of(field.Shape))))),
        };
    }

    private static JsonObject Leaf(Shape.Leaf leaf)
    {
        var schema = new JsonObject
        {
            ["type"] = leaf.Form switch
            {
                LeafForm.Integer => "integer",
                LeafForm.Boolean => "boolean",
                LeafForm.Number => new JsonArray("number", "string"),
                _ => "string",
            },
        };
        if (leaf.Names.Count > 0)
        {
            schema["enum"] = new JsonArray([.. leaf.Names.Select(name => JsonValue.Create(name))]);
            return schema;
        }

        if (leaf.Form == LeafForm.Integer)
        {
            (schema["minimum"], schema["maximum"]) = (int.MinValue, int.MaxValue);
        }
        else if (leaf.Form != LeafForm.Boolean && leaf.Rule != "text")
        {
            schema["description"] = leaf.Rule;
        }

        if (ScenarioSchema.PatternOf(leaf) is { } pattern)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        schema["type"] = schema["type"] is JsonArray several ? new JsonArray([.. several.Select(one => one!.DeepClone()), "null"]) : new JsonArray(schema["type"]!.DeepClone(), "null");
        if (schema["enum"] is JsonArray names)
        {
            names.Add(null);
        }

        return schema;
    }
}
