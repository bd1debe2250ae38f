using System.Net.Mime;
using ActorFinance.Scenarios.Files;
using Microsoft.Net.Http.Headers;

namespace ActorFinance.Service.Endpoints;

/// <summary>A YAML file of the command line as the body of a request; JSON is YAML too.</summary>
internal static class FileBody
{
    /// <summary>How problems name it.</summary>
    public const string Name = "body";

    /// <summary>In the OpenAPI document.</summary>
    public const string Schema = "file";

    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string> { [MediaTypeNames.Application.Yaml] = Schema, [Answer.Json] = Schema };

    /// <exception cref="ProblemException">It is of another type.</exception>
    public static async Task<byte[]> ReadAsync(ServiceRequest request)
    {
        var body = request.Context.Request;
        if (!MediaTypeHeaderValue.TryParse(body.ContentType, out var type) || !Types.Keys.Any(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProblemException(Problem.Of("unsupported-media-type", $"content type '{body.ContentType}' must be {string.Join(" or ", Types.Keys)}"));
        }

        // The server counts the bytes and stops at the limit.
        using var content = new MemoryStream();
        await body.Body.CopyToAsync(content, request.Aborted).ConfigureAwait(false);
        return content.ToArray();
    }

    /// <summary>Ends the request with every fault of the file, by line and column.</summary>
    public static ProblemException Refused(IEnumerable<InputProblem> problems) => new(Problem.Invalid([.. problems.Take(100).Select(InvalidField.Of)]));
}
