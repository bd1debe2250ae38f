using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFinance.Service.Endpoints;

/// <summary>A small JSON object as the body of a request: only what is known, each once.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 8,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <exception cref="ProblemException">It is not such an object.</exception>
    public static async Task<T> ReadAsync<T>(ServiceRequest request, string rule)
        where T : class
    {
        RequestBody.TypeOf(request.Context.Request, Answer.Json);
        var body = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, Strict) ?? throw new JsonException();
        }
        catch (JsonException wrong)
        {
            var field = wrong.Path is { Length: > 2 } path ? path[2..] : "body";
            throw new ProblemException(Problem.Invalid([new InvalidField(field, "", rule, (int?)wrong.LineNumber + 1, (int?)wrong.BytePositionInLine + 1)]));
        }
    }
}
