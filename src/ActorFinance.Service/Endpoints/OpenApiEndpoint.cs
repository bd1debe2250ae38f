using System.Text.Json.Nodes;
using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>The OpenAPI 3.1 document, made from the endpoints themselves and the schemas that the command line's answers are held to.</summary>
internal static class OpenApiEndpoint
{
    private static readonly Lazy<JsonObject> Made = new(Make);

    public static ServiceEndpoint Get { get; } = new("GET", "/openapi.json", Role.Anyone, "This document.", request => Answer.WriteAsync(request.Context, Document)) { Schema = Answer.AnySchema };

    public static JsonObject Document => Made.Value;

    private static JsonObject Make()
    {
        var schemas = OpenApiSchemas.Make(ServiceEndpoints.All);
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
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "Where this document was found." }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key, or a token of the identity provider." } },
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
            parameters.Add(Parameter("query", parameter.Name, parameter.Meaning, schema, parameter.IsRequired));
        }

        foreach (var (name, meaning) in endpoint.IsTagged ? endpoint.Headers.Append(KeyValuePair.Create("If-None-Match", "The ETag of an answer that the caller has.")) : endpoint.Headers)
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
                ["content"] = new JsonObject(endpoint.Body.Select(body => KeyValuePair.Create(body.Key, (JsonNode?)new JsonObject { ["schema"] = OpenApiSchemas.Of(body.Value) }))),
            };
        }

        operation["responses"] = Responses(endpoint);
        return operation;
    }

    private static JsonObject Responses(ServiceEndpoint endpoint)
    {
        var schema = endpoint.Schema is { } name ? OpenApiSchemas.Of(name) : QueryParameter.Text();
        var responses = new JsonObject
        {
            [$"{endpoint.Status}"] = Response(
                endpoint.Summary,
                endpoint.Answers,
                schema,
                endpoint.IsTagged ? [("ETag", "The offset that the answer stands on.")] : [],
                endpoint.Status == StatusCodes.Status202Accepted ? [("Location", "Where the job is.")] : [],
                endpoint.IsPaged ? [("Link", "With rel=next: the next page.")] : []),
        };
        if (endpoint.IsTagged)
        {
            responses[$"{StatusCodes.Status304NotModified}"] = Response("The caller has this answer: nothing was written since.", contentType: null, schema: null, [("ETag", "As it was sent.")]);
        }

        IEnumerable<int> usual = endpoint.Role == Role.Anyone ? [400, 429, 500] : [400, 401, 403, 429, 500, 503];
        foreach (var status in usual.Concat(endpoint.Problems).Distinct().Order())
        {
            responses[$"{status}"] = Response(
                string.Join(", ", Problem.Own.Where(own => own.Status == status).Select(own => own.Code)),
                Problem.ContentType,
                OpenApiSchemas.Of("problem"),
                status is 429 or 503 ? [("Retry-After", "Seconds after which it is worth trying again.")] : [],
                status == 401 ? [("WWW-Authenticate", "Bearer.")] : []);
        }

        return responses;
    }

    private static JsonObject Response(string description, string? contentType, JsonNode? schema, params IEnumerable<(string Name, string Meaning)>[] headers)
    {
        var response = new JsonObject { ["description"] = description };
        var named = headers.SelectMany(one => one).ToList();
        if (named.Count > 0)
        {
            response["headers"] = new JsonObject(named.Select(header => KeyValuePair.Create(
                header.Name, (JsonNode?)new JsonObject { ["description"] = header.Meaning, ["schema"] = QueryParameter.Text() })));
        }

        if (contentType is not null)
        {
            response["content"] = new JsonObject { [contentType] = new JsonObject { ["schema"] = schema } };
        }

        return response;
    }

    private static JsonObject Parameter(string place, string name, string meaning, JsonNode schema, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["description"] = meaning,
        ["schema"] = schema,
    };

    private static string OperationId(ServiceEndpoint endpoint) =>
        endpoint.Method.ToLowerInvariant() + string.Concat(endpoint.Path.Split('/', '.', '{', '}').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
