using System.Text.Json.Nodes;
using ActorFinance.Answers;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>Long work: begun by another address, watched, cancelled and fetched here. Each is its caller's; an admin sees all.</summary>
internal static class JobsEndpoint
{
    /// <summary>In the OpenAPI document.</summary>
    public const string ResultSchema = "job-result";

    private static readonly IReadOnlyDictionary<string, string> Named = new Dictionary<string, string> { ["job"] = "The job's id, from the Location of the answer that began it." };

    public static ServiceEndpoint List { get; } = new("GET", "/v1/jobs", Role.Read, "The caller's jobs, oldest first; an admin's answer has all.", request => Answer.WriteAsync(request.Context, new JsonObject
    {
        ["version"] = JsonAnswer.Version,
        ["jobs"] = JsonAnswer.List(request.Journal.Jobs.Of(request.Caller), job => job.ToJson()),
    }))
    {
        Schema = "jobs",
    };

    public static ServiceEndpoint One { get; } = new("GET", "/v1/jobs/{job}", Role.Read, "A job: its state, how much is done, where its answer is, or why it has none.", request => WriteAsync(request, Find(request)))
    {
        PathParameters = Named,
        Schema = "job",
        Problems = [404],
    };

    public static ServiceEndpoint Result { get; } = new("GET", "/v1/jobs/{job}/result", Role.Read, "A job's answer, byte for byte what the command line prints with --output json; the problem of one that failed.", ResultAsync)
    {
        PathParameters = Named,
        Schema = ResultSchema,
        Problems = [404, 409, 410, 422, 504],
    };

    public static ServiceEndpoint Delete { get; } = new("DELETE", "/v1/jobs/{job}", Role.Read, "Cancel a job that waits or runs; forget one that is over.", request =>
    {
        var job = Find(request);
        request.Journal.Jobs.End(job);
        return WriteAsync(request, job);
    })
    {
        PathParameters = Named,
        Schema = "job",
        Problems = [404],
    };

    /// <summary>Says that the work is begun and where to look.</summary>
    public static Task AcceptedAsync(ServiceRequest request, Job job)
    {
        request.Context.Response.StatusCode = StatusCodes.Status202Accepted;
        request.Context.Response.Headers.Location = $"/v1/jobs/{job.Id}";
        return WriteAsync(request, job);
    }

    private static Job Find(ServiceRequest request) => request.Journal.Jobs.Find(request.Path("job"), request.Caller);

    private static Task WriteAsync(ServiceRequest request, Job job)
    {
        var json = job.ToJson();
        json.Insert(0, "version", JsonAnswer.Version);
        return Answer.WriteAsync(request.Context, json);
    }

    private static async Task ResultAsync(ServiceRequest request)
    {
        var job = Find(request);
        if (job.Result is not { } result)
        {
            throw new ProblemException(job.State switch
            {
                JobState.Failed => job.Problem!,
                JobState.Cancelled => Problem.Of("job-cancelled", $"job '{job.Id}' was cancelled"),
                _ => Problem.Of("job-unfinished", $"job '{job.Id}' is {job.State.ToString().ToLowerInvariant()}"),
            });
        }

        request.Context.Response.ContentType = Answer.Json;
        request.Context.Response.ContentLength = result.Length;
        await request.Context.Response.BodyWriter.WriteAsync(result, request.Aborted).ConfigureAwait(false);
    }
}
