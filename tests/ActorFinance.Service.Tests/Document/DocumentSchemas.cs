using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Service.Endpoints;
using Json.Schema;

namespace ActorFinance.Service.Tests.Document;

/// <summary>The schemas of the OpenAPI document, by a validator of JSON Schema 2020-12 that is not ours.</summary>
internal static class DocumentSchemas
{
    private const string Components = "#/components/schemas/";
    private const string Discriminator = "discriminator";
    private static readonly JsonObject All = OpenApiEndpoint.Document["components"]!["schemas"]!.AsObject();
    private static readonly EvaluationOptions Listed = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private static readonly ConcurrentDictionary<string, JsonSchema> Built = new(StringComparer.Ordinal);

    /// <summary>The schema itself, where it is only named.</summary>
    public static JsonObject Resolved(JsonObject schema) => (string?)schema["$ref"] is { } reference ? All[reference[Components.Length..]]!.AsObject() : schema;

    /// <summary>What the value breaks; null when it fits.</summary>
    public static string? Misfit(JsonObject schema, JsonNode? value)
    {
        var results = BuiltOf(schema).Evaluate(JsonSerializer.SerializeToElement(value), Listed);
        return results.IsValid
            ? null
            : string.Join('\n', (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Take(8).Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}").DefaultIfEmpty("does not fit"));
    }

    private static JsonSchema BuiltOf(JsonObject schema) => Built.GetOrAdd(schema.ToJsonString(), static text =>
    {
        var whole = JsonNode.Parse(text)!.AsObject();
        var definitions = new JsonObject();
        Collect(whole, definitions);
        whole["$defs"] = definitions;
        WithoutDiscriminators(whole);
        return JsonSchema.FromText(whole.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal), new BuildOptions { SchemaRegistry = new() });
    });

    /// <summary>What is referred to, and what that refers to.</summary>
    private static void Collect(JsonNode? node, JsonObject definitions)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members)
                {
                    if (key == "$ref" && (string)value! is var reference && !definitions.ContainsKey(reference[Components.Length..]))
                    {
                        var name = reference[Components.Length..];
                        definitions[name] = All[name]!.DeepClone();
                        Collect(All[name], definitions);
                    }
                    else if (key is not ("$ref" or Discriminator))
                    {
                        Collect(value, definitions);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, definitions);
                }

                break;
        }
    }

    /// <summary>They are OpenAPI's own, for generators.</summary>
    private static void WithoutDiscriminators(JsonNode node)
    {
        (node as JsonObject)?.Remove(Discriminator);
        foreach (var child in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => (IEnumerable<JsonNode?>)[] })
        {
            if (child is not null)
            {
                WithoutDiscriminators(child);
            }
        }
    }
}
