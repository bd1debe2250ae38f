using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Service.Endpoints;

/// <summary>
/// Why a request got no answer, as RFC 9457 has it. The type is an address of this service that explains it. Made here and nowhere else, from a
/// refusal, from bad input, or from the service's own limits; never from an exception's words.
/// </summary>
public sealed record Problem(int Status, string Code, string Title, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Of one body; how many there are stands in the detail.</summary>
    private const int ErrorsShown = 100;

    private static readonly JsonSerializerOptions Figures = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Members beside the standard ones.</summary>
    public JsonObject? More { get; init; }

    /// <summary>After how many seconds it is worth trying again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The service's own, with what they mean; those of refusals stand in docs/errors.md.</summary>
    public static IReadOnlyList<(string Code, int Status, string Meaning)> Own { get; } =
    [
        ("invalid-request", 400, "A parameter, header or body breaks a rule; `errors` lists each with field, value and rule. Nothing was done."),
        ("unauthorised", 401, "The request has no API key or token, or one that is not taken: `Authorization: Bearer ...`."),
        ("forbidden", 403, "The caller's role does not reach: read asks, write sends commands, admin runs the service. A durable subscription is its maker's."),
        ("not-found", 404, "There is no such address, company, deal, durable subscription, parked event, branch or job."),
        ("method-not-allowed", 405, "The address does not take this method."),
        ("stalled", 408, "A subscriber took nothing for so long that its stream was ended; the detail names the offset to go on behind."),
        ("too-late", 410, "The offset lies beyond the end of the journal."),
        ("subscription-differs", 409, "A durable subscription of this name has another filter; delete it, or choose another name."),
        ("subscription-held", 409, "Another consumer holds the durable subscription; try again until it has gone, or put it out with `takeOver=true`."),
        ("taken-over", 409, "Another consumer has connected since, or the service was started anew: connect again. What was not acknowledged is delivered again."),
        ("not-delivered", 409, "Only what was delivered to this consumer, and is not acknowledged yet, can be acknowledged or parked."),
        ("too-many-subscriptions", 409, "There are as many durable subscriptions as are allowed; delete those that nobody needs."),
        ("branch-refused", 409, "The kept branch does not allow it: its name is taken, it is archived or promoted, or it changes what is recorded."),
        ("job-unfinished", 409, "The job has no answer yet; ask for the job until its state is done."),
        ("job-cancelled", 409, "The job was cancelled: it has no answer."),
        ("no-answer", 409, "The question has no answer on this book, such as a missing exchange rate or a group that owns all of itself; the detail names what is missing."),
        ("body-too-large", 413, "The body is larger than the limit; send smaller batches."),
        ("unsupported-media-type", 415, "A command is application/json, a batch is application/x-ndjson, one command a line; a file is application/yaml or application/json."),
        ("command-refused", 422, "A company refused the command; `code` names the rule and `figures` shows the sum ([the rules](errors.md))."),
        ("too-many-requests", 429, "The caller sent more within a second than it may; `Retry-After` says when to go on."),
        ("internal", 500, "The service broke. The log has the cause under the same `traceId`; the request can be sent again with the same command id."),
        ("busy", 503, "As many requests or streams are open as are allowed, or the service is stopping. The request can be sent again."),
        ("not-ready", 503, "The journal takes no writes, the projections have not caught up with it, or something holds up the feed; the detail says which. Send requests elsewhere, or a little later."),
        ("journal-unavailable", 503, "The journal cannot be written or read now. Nothing is known of the command; send it again with the same id."),
        ("not-reached", 504, "What `atLeast` names was not reached within the limit."),
        ("too-slow", 504, "The question took longer than the limit; ask for less."),
    ];

    public static Problem Of(string code, string detail)
    {
        var own = Own.First(one => one.Code == code);
        return new(own.Status, code, TitleOf(code), detail) { RetryAfter = code is "busy" or "not-ready" or "job-unfinished" or "too-many-requests" or "journal-unavailable" ? 1 : null };
    }

    public static Problem Invalid(IReadOnlyList<InvalidField> errors)
    {
        var first = errors[0].ToString();
        var detail = errors.Count == 1 ? first : $"{first}, and {errors.Count - 1} more";
        return Of("invalid-request", detail) with
        {
            More = new() { ["errors"] = JsonAnswer.List(errors.Take(ErrorsShown), error => error.ToJson()) },
        };
    }

    public static Problem Invalid(string field, string? value, string rule) => Invalid([new(field, value, rule)]);

    public static Problem Of(CommandId command, Refusal refusal) => new(StatusOf(refusal), refusal.Code, TitleOf(refusal.Code), refusal.Message)
    {
        More = new() { ["command"] = command.Value, ["figures"] = FiguresOf(refusal) },
        RetryAfter = StatusOf(refusal) == 503 ? 1 : null,
    };

    /// <summary>What the refusal's record states beside its code and message.</summary>
    public static JsonObject FiguresOf(Refusal refusal)
    {
        var figures = JsonSerializer.SerializeToNode(refusal, refusal.GetType(), Figures)!.AsObject();
        figures.Remove("code");
        figures.Remove("message");
        return figures;
    }

    /// <summary>The document of a request.</summary>
    public JsonObject ToJson(HttpContext context)
    {
        var json = ToJson(context.Request.Path.Value);
        if (Status == StatusCodes.Status500InternalServerError)
        {
            json["traceId"] = TraceOf(context);
        }

        return json;
    }

    /// <summary>By which the log and a collector of traces know the request.</summary>
    public static string TraceOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <param name="instance">The address that it is about.</param>
    public JsonObject ToJson(string? instance)
    {
        var json = new JsonObject
        {
            ["type"] = $"/problems/{Code}",
            ["title"] = Title,
            ["status"] = Status,
            ["detail"] = Detail,
            ["instance"] = instance,
            ["code"] = Code,
        };
        foreach (var (name, value) in More ?? [])
        {
            json[name] = value?.DeepClone();
        }

        return json;
    }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString();
        }

        await Answer.WriteAsync(context, ToJson(context), ContentType).ConfigureAwait(false);
    }

    private static int StatusOf(Refusal refusal) =>
        refusal is CounterpartUnreachable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;

    private static string TitleOf(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}

/// <summary>One rule that a request breaks: where, what was found, and a phrase that follows "must be".</summary>
public sealed record InvalidField(string Field, string? Value, string Rule, int? Line = null, int? Column = null)
{
    private const int ValueShown = 80;

    public static InvalidField Of(InputProblem problem) => new(string.IsNullOrEmpty(problem.Field) ? "body" : problem.Field, problem.Value, problem.Rule, problem.Line, problem.Column);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["field"] = Shown(Field), ["value"] = Value is null ? null : Shown(Value), ["rule"] = Rule };
        if (Line is { } line)
        {
            json["line"] = line;
            json["column"] = Column;
        }

        return json;
    }

    public override string ToString() =>
        $"{(Line is { } line ? $"line {line}: " : "")}{(Value is null ? $"{Shown(Field)} is missing: it must be {Rule}" : $"{Shown(Field)} '{Shown(Value)}' must be {Rule}")}";

    private static string Shown(string value) => value.Length > ValueShown ? value[..ValueShown] + "..." : value;
}

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
