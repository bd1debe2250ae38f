using System.Text.Json.Nodes;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Security;

namespace ActorFinance.Service;

/// <summary>For whoever keeps the service running: live (else start it again), ready (else send it nothing), and how it is.</summary>
internal static class HealthEndpoints
{
    private static readonly DateTimeOffset Started = TimeProvider.System.GetUtcNow();

    public static ServiceEndpoint Live { get; } = new("GET", "/health/live", Role.Anyone, "Whether the process answers.", request =>
        Answer.WriteAsync(request.Context, new JsonObject { ["status"] = "live" }))
    {
        Schema = "health",
    };

    public static ServiceEndpoint Ready { get; } = new("GET", "/health/ready", Role.Anyone, "Whether the journal takes writes, the projections have caught up, and nothing holds up the feed. Looks once a second at most.", ReadyAsync)
    {
        Schema = "health",
        Problems = [503],
    };

    public static ServiceEndpoint Status { get; } = new("GET", "/v1/status", Role.Read, "How the service is: offsets, lags, what is under way.", StatusAsync)
    {
        Schema = "status",
    };

    private static async Task ReadyAsync(ServiceRequest request)
    {
        var found = await request.Journal.Readiness.LookAsync(request.Log).WaitAsync(request.Aborted).ConfigureAwait(false);
        if (found.Reasons.Count > 0)
        {
            throw new ProblemException(Problem.Of("not-ready", string.Join("; ", found.Reasons)));
        }

        await Answer.WriteAsync(request.Context, new JsonObject { ["status"] = "ready", ["offset"] = found.Offset.Value }).ConfigureAwait(false);
    }

    private static async Task StatusAsync(ServiceRequest request)
    {
        var reached = await Reached.AskAsync(request.Journal, request.Aborted).ConfigureAwait(false);
        await Answer.WriteAsync(request.Context, new JsonObject
        {
            ["version"] = Answers.JsonAnswer.Version,
            ["program"] = typeof(HealthEndpoints).Assembly.GetName().Version!.ToString(3),
            ["startedAt"] = Instant.Of(Started).ToString(),
            ["caller"] = request.Caller.Name,
            ["role"] = request.Caller.Role.ToString().ToLowerInvariant(),
            ["journal"] = new JsonObject { ["path"] = request.Journal.Session.Name, ["offset"] = reached.Journal.Value },
            ["projections"] = new JsonObject(reached.Projections.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)new JsonObject
            {
                ["offset"] = one.Offset?.Value,
                ["lag"] = reached.Journal.Value - one.Offset?.Value,
            }))),
            ["requests"] = request.Gate.Requests,
            ["streams"] = request.Gate.Streams,
        }).ConfigureAwait(false);
    }
}
