using System.Reflection;
using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Service.Endpoints;

/// <summary>
/// The document's schemas: those that the command line's answers are held to (docs/schema), and the commands'. Draft 7 there is 2020-12 here: what the
/// files use means the same in both.
/// </summary>
internal static class OpenApiSchemas
{
    private const string Components = "#/components/schemas/";
    private const string Definitions = "#/definitions/";
    private const string Command = "command";
    private const string Null = "null";

    /// <summary>What a job's answer may be, by what it was asked.</summary>
    private static readonly string[] s_results = ["what-if", "simulate", "simulate-runs", "simulate-sweep", "branch-list"];

    /// <summary>What no file describes.</summary>
    private static readonly Dictionary<string, Func<JsonObject>> s_own = new(StringComparer.Ordinal)
    {
        [JobsEndpoint.ResultSchema] = () => new()
        {
            ["description"] = "What the command line prints with --output json, by the job's kind.",
            ["anyOf"] = new JsonArray([.. s_results.Select(Of)]),
        },
        [FileBody.Schema] = () => new() { ["type"] = "object", ["description"] = "What a YAML file of the command line holds, as YAML or as JSON; at most the service's own limit of bytes." },
        [CommandsEndpoint.LinesSchema] = () => new() { ["type"] = "string", ["description"] = "Commands as JSON, one a line, each with its id." },
        [Answer.AnySchema] = () => new() { ["type"] = "object" },
    };

    public static JsonObject Of(string name) => new() { ["$ref"] = Components + name };

    /// <summary>All that the endpoints name, and what those refer to.</summary>
    public static JsonObject Make(IReadOnlyList<ServiceEndpoint> endpoints)
    {
        var schemas = new JsonObject();
        var named = endpoints.SelectMany(endpoint => endpoint.Body.Values.Append(endpoint.Schema)).OfType<string>().Append("problem").Concat(s_results);
        foreach (var name in named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (name == Command)
            {
                foreach (var (part, schema) in CommandSchema.All(Command, part => Components + part))
                {
                    schemas[part] = schema;
                }
            }
            else if (s_own.TryGetValue(name, out var own))
            {
                schemas[name] = own();
            }
            else
            {
                Add(schemas, name);
            }
        }

        return schemas;
    }

    /// <summary>A file's own definitions become components with its name before theirs.</summary>
    private static void Add(JsonObject schemas, string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ActorFinance.Service.{name}.schema.json")
            ?? throw new InvalidOperationException($"there is no schema '{name}'");
        var schema = JsonNode.Parse(stream)!.AsObject();
        var definitions = schema["definitions"]?.AsObject() ?? [];
        schema.Remove("definitions");
        schema.Remove("$schema");
        schemas[name] = Moved(schema, name, definitions);
        foreach (var (definition, value) in definitions)
        {
            schemas[$"{name}-{definition}"] = Moved(value!.DeepClone(), name, definitions);
        }
    }

    private static JsonNode Moved(JsonNode node, string name, JsonObject definitions)
    {
        switch (node)
        {
            case JsonObject members:
                OrNull(members, definitions);
                foreach (var (key, value) in members.ToList())
                {
                    if (key == "$ref" && value is JsonValue reference)
                    {
                        members[key] = reference.GetValue<string>().Replace(Definitions, $"{Components}{name}-", StringComparison.Ordinal);
                    }
                    else if (value is not null)
                    {
                        Moved(value, name, definitions);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>())
                {
                    Moved(item, name, definitions);
                }

                break;
        }

        return node;
    }

    /// <summary>"Null, or this text" as one type that may be null: of two alternatives generators of clients make a class of its own.</summary>
    private static void OrNull(JsonObject members, JsonObject definitions)
    {
        if (members["oneOf"] is not JsonArray { Count: 2 } two
            || (string?)two[0]!["type"] != Null
            || (string?)two[1]!["$ref"] is not { } reference
            || definitions[reference[Definitions.Length..]] is not JsonObject definition
            || definition["type"] is not JsonValue type
            || type.GetValue<string>() == "object")
        {
            return;
        }

        members.Remove("oneOf");
        foreach (var (key, value) in definition.Where(member => !members.ContainsKey(member.Key)))
        {
            members[key] = key == "type" ? new JsonArray(value!.DeepClone(), Null) : value?.DeepClone();
        }
    }
}
