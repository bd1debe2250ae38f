using System.Net.Mime;
using ActorFinance.Scenarios.Files;

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
    public static Task<ReadOnlyMemory<byte>> ReadAsync(ServiceRequest request)
    {
        RequestBody.TypeOf(request.Context.Request, [.. Types.Keys]);
        return RequestBody.ReadAsync(request);
    }

    /// <summary>Ends the request with every fault of the file, by line and column.</summary>
    public static ProblemException Refused(IEnumerable<InputProblem> problems) => new(Problem.Invalid([.. problems.Select(InvalidField.Of)]));
}
