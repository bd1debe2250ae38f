using System.Reflection;
using System.Text;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>What a problem's type points at: the rule in words, from the same pages that the documentation has.</summary>
internal static class ProblemsEndpoint
{
    private const string Resource = "ActorFinance.Service.errors.md";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Refusals = new(ReadRefusals);

    public static ServiceEndpoint Get { get; } = new("GET", "/problems/{code}", Role.Anyone, "What a problem means, and what to do.", AnswerAsync)
    {
        PathParameters = new Dictionary<string, string> { ["code"] = "The last part of a problem's type." },
        Answers = "text/plain",
        Problems = [404],
    };

    public static IEnumerable<string> Codes => Problem.Own.Select(own => own.Code).Concat(Refusals.Value.Keys);

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var code = request.Path("code");
        var text = Problem.Own.FirstOrDefault(own => own.Code == code) is { Code: not null } known ? $"{code} ({known.Status})\n\n{known.Meaning}\n"
            : Refusals.Value.TryGetValue(code, out var rule) ? $"{code} (422)\n\n{rule}\n"
            : throw new ProblemException(Problem.Of("not-found", $"there is no problem '{code}'"));
        request.Context.Response.ContentType = "text/plain; charset=utf-8";
        await request.Context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), request.Aborted).ConfigureAwait(false);
    }

    /// <summary>The rows of docs/errors.md: code, rule, example.</summary>
    private static Dictionary<string, string> ReadRefusals()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!);
        var rules = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("| `", StringComparison.Ordinal) && line.Split(" | ") is [var code, var rule, .. var example])
            {
                rules[code.Trim('|', ' ', '`')] = $"{rule}\n\nExample: {string.Join(" | ", example).TrimEnd('|', ' ')}";
            }
        }

        return rules;
    }
}
