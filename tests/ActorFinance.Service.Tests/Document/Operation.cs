using System.Text.Json.Nodes;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Tests.Document;

/// <summary>A parameter of the OpenAPI document.</summary>
internal sealed record Parameter(string Name, string Place, bool IsRequired, JsonObject Schema)
{
    public bool IsRepeated => (string?)Schema["type"] == "array";

    /// <summary>Of one value.</summary>
    public JsonObject ValueSchema => IsRepeated ? Schema["items"]!.AsObject() : Schema;
}

/// <summary>An operation as the OpenAPI document has it: nothing here knows the service's own table.</summary>
internal sealed record Operation(
    string Method,
    string Path,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyDictionary<string, JsonObject> Bodies,
    IReadOnlyDictionary<int, JsonObject> Responses)
{
    private const int Success = 299;

    public static IReadOnlyList<Operation> All { get; } = [.. Read(OpenApiEndpoint.Document)];

    /// <summary>What it answers with when all is well, such as 202.</summary>
    public int SuccessStatus => Responses.Keys.First(status => status <= Success);

    public string SuccessType => Responses[SuccessStatus]["content"]!.AsObject().Single().Key;

    public bool IsStream => SuccessType == "text/event-stream";

    public override string ToString() => $"{Method} {Path}";

    /// <summary>The operation that a request is for.</summary>
    public static Operation Of(string method, string address)
    {
        var parts = PartsOf(address.Split('?')[0]);
        return All
            .Where(one => one.Method == method && PartsOf(one.Path) is var path && path.Length == parts.Length && path.Zip(parts).All(pair => pair.Item1[0] == '{' || pair.Item1 == pair.Item2))
            .MinBy(one => one.Path.Count(letter => letter == '{'))!;
    }

    private static string[] PartsOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<Operation> Read(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        let operation = method.Value!.AsObject()
        select new Operation(
            method.Key.ToUpperInvariant(),
            path.Key,
            [.. operation["parameters"]!.AsArray().Select(one => new Parameter((string)one!["name"]!, (string)one["in"]!, (bool)one["required"]!, one["schema"]!.AsObject()))],
            Contents(operation["requestBody"]?["content"]?.AsObject()),
            operation["responses"]!.AsObject().ToDictionary(response => int.Parse(response.Key), response => response.Value!.AsObject()));

    private static Dictionary<string, JsonObject> Contents(JsonObject? content) =>
        (content ?? []).ToDictionary(body => body.Key, body => body.Value!["schema"]!.AsObject(), StringComparer.Ordinal);
}
