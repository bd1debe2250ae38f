using ActorFinance.Service.Hosting;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>
/// One address of the service: who may use it, what it takes, what it does. The same record maps the address, checks the request and describes it in
/// the OpenAPI document, so that none of the three can say something else.
/// </summary>
internal sealed record ServiceEndpoint(string Method, string Path, Role Role, string Summary, Func<ServiceRequest, Task> Handle)
{
    public IReadOnlyList<QueryParameter> Parameters { get; init; } = [];

    /// <summary>Meanings of what stands in braces in the path.</summary>
    public IReadOnlyDictionary<string, string> PathParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Content types of the body it takes, with the name of the schema of each.</summary>
    public IReadOnlyDictionary<string, string> Body { get; init; } = new Dictionary<string, string>();

    /// <summary>The content type of its answer.</summary>
    public string Answers { get; init; } = Answer.Json;

    /// <summary>The status of its answer: 202 where it only begins something.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The name of the answer's schema, if it is JSON.</summary>
    public string? Schema { get; init; }

    /// <summary>Problems beside those that any request can meet.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Headers that it reads, with what they mean.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The answer's tag is the offset that it stands on, and who has it already is told so.</summary>
    public bool IsTagged { get; init; }

    /// <summary>There may be more pages, which the answer's head names.</summary>
    public bool IsPaged { get; init; }

    /// <summary>A stream is open for as long as its client likes: it has a limit of its own.</summary>
    public bool IsStream { get; init; }
}

/// <summary>A request that was let in.</summary>
internal sealed record ServiceRequest(HttpContext Context, RunningJournal Journal, ServiceOptions Options, Caller Caller, Query Query, Gate Gate, ILogger Log)
{
    /// <summary>The client went away, or the service stops.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    public string Path(string name) => (string)Context.Request.RouteValues[name]!;
}
