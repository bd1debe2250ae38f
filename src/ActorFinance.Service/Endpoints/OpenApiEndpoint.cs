using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>The OpenAPI 3.1 document, made from the endpoints themselves and the schemas that the command line's answers are held to.</summary>
internal static class OpenApiEndpoint
{
    private static readonly Lazy<JsonObject> Made = new(Make);

    public static ServiceEndpoint Get { get; } = new("GET", "/openapi.json", Role.Anyone, "This document.", request => Answer.WriteAsync(request.Context, Document));

    public static JsonObject Document => Made.Value;

    private static JsonObject Make()
    {
        var schemas = new JsonObject();
        foreach (var name in ServiceEndpoints.All.SelectMany(endpoint => endpoint.Body.Values.Where(body => body != "command").Append(endpoint.Schema)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            AddSchema(schemas, name);
        }

        schemas["command"] = Command();
        schemas["problem"] = Problem();
        schemas[FileBody.Schema] = new JsonObject { ["type"] = "object", ["description"] = "What a YAML file of the command line holds, as YAML or as JSON; at most the service's own limit of bytes." };
        var paths = new JsonObject();
        foreach (var endpoint in ServiceEndpoints.All)
        {
            if (paths[endpoint.Path] is not JsonObject path)
            {
                paths[endpoint.Path] = path = [];
            }

            path[endpoint.Method.ToLowerInvariant()] = Operation(endpoint);
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "ActorFinance",
                ["version"] = $"{JsonAnswer.Version}",
                ["description"] = "Money and ownership between companies, at any point in time and as known at any point. Amounts, prices and shares are strings in plain decimal notation.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key." } },
            },
        };
    }

    private static JsonObject Operation(ServiceEndpoint endpoint)
    {
        var parameters = new JsonArray();
        foreach (var (name, meaning) in endpoint.PathParameters)
        {
            parameters.Add(Parameter("path", name, meaning, QueryParameter.Text(), isRequired: true));
        }

        foreach (var parameter in endpoint.Parameters)
        {
            var schema = parameter.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = parameter.Schema.DeepClone() } : parameter.Schema.DeepClone();
            parameters.Add(Parameter("query", parameter.Name, parameter.Meaning, schema, isRequired: false));
        }

        foreach (var (name, meaning) in endpoint.Headers)
        {
            parameters.Add(Parameter("header", name, meaning, QueryParameter.Text(), isRequired: false));
        }

        var operation = new JsonObject
        {
            ["operationId"] = OperationId(endpoint),
            ["summary"] = endpoint.Summary,
            ["security"] = endpoint.Role == Role.Anyone ? new JsonArray() : new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["x-role"] = endpoint.Role.ToString().ToLowerInvariant(),
            ["parameters"] = parameters,
        };
        if (endpoint.Body.Count > 0)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject(endpoint.Body.Select(body => KeyValuePair.Create(body.Key, (JsonNode?)new JsonObject { ["schema"] = Reference(body.Value) }))),
            };
        }

        operation["responses"] = Responses(endpoint);
        return operation;
    }

    private static JsonObject Responses(ServiceEndpoint endpoint)
    {
        var schema = endpoint.Schema is { } name ? Reference(name) : endpoint.Answers == Answer.Json ? new() { ["type"] = "object" } : QueryParameter.Text();
        var responses = new JsonObject
        {
            [$"{endpoint.Status}"] = new JsonObject
            {
                ["description"] = endpoint.Summary,
                ["content"] = new JsonObject { [endpoint.Answers] = new JsonObject { ["schema"] = schema } },
            },
        };
        IEnumerable<int> usual = endpoint.Role == Role.Anyone ? [400, 429, 500] : [400, 401, 403, 429, 500, 503];
        foreach (var status in usual.Concat(endpoint.Problems).Distinct().Order())
        {
            responses[$"{status}"] = new JsonObject
            {
                ["description"] = string.Join(", ", Endpoints.Problem.Own.Where(own => own.Status == status).Select(own => own.Code)),
                ["content"] = new JsonObject { [Endpoints.Problem.ContentType] = new JsonObject { ["schema"] = Reference("problem") } },
            };
        }

        return responses;
    }

    private static JsonObject Parameter(string place, string name, string meaning, JsonNode schema, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["description"] = meaning,
        ["schema"] = schema,
    };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    private static string OperationId(ServiceEndpoint endpoint) =>
        endpoint.Method.ToLowerInvariant() + string.Concat(endpoint.Path.Split('/', '.', '{', '}').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>A schema file's own definitions become components with its name before theirs.</summary>
    private static void AddSchema(JsonObject schemas, string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ActorFinance.Service.{name}.schema.json");
        if (stream is null)
        {
            schemas[name] = new JsonObject { ["type"] = "object" };
            return;
        }

        var schema = JsonNode.Parse(stream)!.AsObject();
        var definitions = schema["definitions"]?.AsObject();
        schema.Remove("definitions");
        schema.Remove("$schema");
        schemas[name] = Renamed(schema, name);
        foreach (var (definition, value) in definitions ?? [])
        {
            schemas[$"{name}-{definition}"] = Renamed(value!.DeepClone(), name);
        }
    }

    private static JsonNode Renamed(JsonNode node, string name)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members.ToList())
                {
                    if (key == "$ref" && value is JsonValue reference)
                    {
                        members[key] = reference.GetValue<string>().Replace("#/definitions/", $"#/components/schemas/{name}-", StringComparison.Ordinal);
                    }
                    else if (value is not null)
                    {
                        Renamed(value, name);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    if (item is not null)
                    {
                        Renamed(item, name);
                    }
                }

                break;
        }

        return node;
    }

    private static JsonObject Command()
    {
        var types = typeof(CompanyCommand).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => (string)derived.TypeDiscriminator!).Order(StringComparer.Ordinal);
        return new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("id", "company", "effective", "command"),
            ["properties"] = new JsonObject
            {
                ["id"] = new JsonObject { ["type"] = "string", ["description"] = CommandId.Rule },
                ["company"] = new JsonObject { ["type"] = "string", ["description"] = CompanyId.Rule },
                ["effective"] = new JsonObject { ["type"] = "string", ["description"] = Instant.Rule },
                ["rank"] = new JsonObject { ["type"] = "integer" },
                ["known"] = QueryParameter.Text(),
                ["deal"] = QueryParameter.Text(),
                ["leg"] = QueryParameter.Text(),
                ["tranche"] = QueryParameter.Text(),
                ["source"] = QueryParameter.Text(),
                ["confidence"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("high", "medium", "low") },
                ["command"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("type"),
                    ["properties"] = new JsonObject { ["type"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]) } },
                },
            },
        };
    }

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("type", "title", "status", "detail", "code"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["description"] = "An address of this service that explains it." },
            ["title"] = QueryParameter.Text(),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = QueryParameter.Text(),
            ["instance"] = QueryParameter.Text(),
            ["code"] = QueryParameter.Text(),
            ["errors"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
            ["command"] = QueryParameter.Text(),
            ["figures"] = new JsonObject { ["type"] = "object" },
            ["traceId"] = QueryParameter.Text(),
        },
    };
}
