using System.Text.Json.Nodes;
using CsCheck;

namespace ActorFinance.Service.Tests.Document;

/// <summary>JSON that a schema allows, and JSON that it does not.</summary>
internal static class SchemaGen
{
    private static readonly Gen<string> Text = Gen.Frequency((6, Gen.Char.AlphaNumeric.Array[1, 12].Select(letters => new string(letters))), (1, Gen.OneOf(Words.Hostile)));

    /// <summary>A value of the schema; texts by the field's name, where patterns allow.</summary>
    public static Gen<JsonNode?> Of(string name, JsonObject schema) => Of(name, DocumentSchemas.Resolved(schema), depth: 0);

    /// <summary>The value with something in it made wrong: another type, a field less or more, a bound passed, a text that means harm.</summary>
    public static Gen<JsonNode?> Broken(Gen<JsonNode?> sound) =>
        from value in sound
        from place in Gen.Int[0, 200]
        from kind in Gen.Int[0, 6]
        from text in Gen.OneOf(Words.Hostile)
        select Break(value, place, kind, text);

    /// <summary>The text of one value of a parameter.</summary>
    public static Gen<string> Parameter(Parameter parameter)
    {
        var sound = parameter.ValueSchema switch
        {
            var one when one["enum"] is JsonArray names => Gen.OneOf([.. names.Select(each => (string)each!)]),
            var one when (string?)one["type"] == "boolean" => Gen.OneOf("true", "false"),
            var one when (string?)one["type"] == "integer" && Words.For(parameter.Name) is ["text"] => Gen.Int[(int)one["minimum"]!, Math.Min((int)one["maximum"]!, 12)].Select(number => $"{number}"),
            _ => Gen.OneOf(Words.For(parameter.Name)),
        };
        return Gen.Frequency((7, sound), (1, Gen.OneOf(Words.Hostile)));
    }

    private static Gen<JsonNode?> Of(string name, JsonObject schema, int depth)
    {
        schema = DocumentSchemas.Resolved(schema);
        if (schema["const"] is { } constant)
        {
            return Gen.Const(constant).Select(JsonNode? (value) => value.DeepClone());
        }

        if (schema["enum"] is JsonArray names)
        {
            return Gen.Int[0, names.Count - 1].Select(JsonNode? (at) => names[at]?.DeepClone());
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray alternatives)
        {
            return Gen.Int[0, alternatives.Count - 1].SelectMany(at => Of(name, alternatives[at]!.AsObject(), depth + 1));
        }

        string[] types = schema["type"] is JsonArray several ? [.. several.Select(each => (string)each!)] : [(string?)schema["type"] ?? "object"];
        return Gen.OneOf(types).SelectMany(type => type switch
        {
            "null" => Gen.Const((JsonNode?)null),
            "boolean" => Gen.Bool.Select(JsonNode? (value) => JsonValue.Create(value)),
            "integer" => Gen.OneOf(Gen.Int[0, 5], Gen.Int).Select(JsonNode? (value) => JsonValue.Create(value)),
            "number" => Gen.OneOf(Gen.Int[0, 100].Select(value => (decimal)value), Gen.Decimal).Select(JsonNode? (value) => JsonValue.Create(value)),
            "array" => Of(name, schema["items"]!.AsObject(), depth + 1).Array[0, 3].Select(JsonNode? (items) => new JsonArray(items)),
            "object" => Object(schema, depth),
            _ => Gen.Frequency((5, Gen.OneOf(Words.For(name))), (1, Text)).Select(JsonNode? (text) => JsonValue.Create(text)),
        });
    }

    private static Gen<JsonNode?> Object(JsonObject schema, int depth)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
        var members = Gen.Const(new List<(string Name, JsonNode? Value)>());
        foreach (var (name, value) in (schema["properties"]?.AsObject() ?? []).ToList())
        {
            var isWanted = required.Contains(name) ? Gen.Const(true) : Gen.Int[0, 3].Select(die => die == 0 && depth < 6);
            members =
                from before in members
                from wanted in isWanted
                from member in wanted ? Of(name, value!.AsObject(), depth + 1) : Gen.Const((JsonNode?)null)
                select wanted ? [.. before, (name, member)] : before;
        }

        return members.Select(JsonNode? (all) => new JsonObject(all.Select(member => KeyValuePair.Create(member.Name, member.Value?.DeepClone()))));
    }

    private static JsonNode? Break(JsonNode? value, int place, int kind, string text)
    {
        var root = new JsonArray(value?.DeepClone());
        var places = Places(root).ToList();
        var (parent, key) = places[place % places.Count];
        switch (kind)
        {
            case 0 when parent is JsonObject fewer:
                fewer.Remove((string)key);
                break;
            case 1 when parent is JsonObject more:
                more[text.Length == 0 ? "more" : text] = true;
                break;
            default:
                Set(parent, key, kind switch
                {
                    2 => null,
                    3 => JsonValue.Create(-1),
                    4 => new JsonArray(1, "2", null),
                    5 => new JsonObject { ["type"] = text },
                    _ => JsonValue.Create(text),
                });
                break;
        }

        return root[0]?.DeepClone();
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(member => Place(node, member.Key, member.Value)),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(at => Place(node, at, items[at])),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Place(JsonNode parent, object key, JsonNode? value) => [(parent, key), .. value is null ? [] : Places(value)];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int at)
        {
            parent[at] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }
}
