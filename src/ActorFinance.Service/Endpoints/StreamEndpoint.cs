using System.Globalization;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;

namespace ActorFinance.Service.Endpoints;

/// <summary>Server-sent events: each event once, in offset order, its offset as the id; a heartbeat's id is the offset reached, so that a filtered stream resumes there too.</summary>
internal static class StreamEndpoint
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly QueryParameter<StreamStart> From = new(
        "from",
        "Where to start: beginning, now, an offset (what follows it), or a time (what was recorded since). Last-Event-ID goes over it. Default: beginning.",
        QueryParameter.Text(),
        text => StreamStart.TryParse(text, out var start) ? (start, null) : (null!, StreamStart.Rule));

    private static readonly QueryParameter<string> Type = EventsEndpoint.EventType("Only events of this type, such as investment-made.");

    private static readonly QueryParameter<DealId> Deal = QueryParameter.Value<DealId>("deal", "Only events under this deal.");

    private static readonly QueryParameter<CompanyId> Company = QueryParameter.Value<CompanyId>("company", "Only events that this company emitted.");

    private static readonly QueryParameter<CompanyId> Party = QueryParameter.Value<CompanyId>("party", "Only events that this company emitted or that name it.");

    public static ServiceEndpoint Get { get; } = new("GET", "/v1/stream", Role.Read, "All events from a point on, then each as it is written: server-sent events with CloudEvents as data.", AnswerAsync)
    {
        Parameters = [From, Company, Type, Deal, Party],
        Answers = SseWriter.ContentType,
        IsStream = true,
        Headers = new Dictionary<string, string> { [LastEventId] = "The offset of the last event that was seen; the stream goes on behind it." },
        Problems = [409, 410, 504],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var query = request.Query;
        var filter = new StreamFilter(query.Find(Company), query.Get(Type!, null), query.Find(Deal), query.Find(Party));
        var after = await StartOf(request).ResolveAsync(request).ConfigureAwait(false);
        var writer = await SseWriter.StartAsync(request).ConfigureAwait(false);
        await foreach (var chunk in StreamReading.ReadAsync(request.Journal, after, filter, request.Options.Heartbeat, request.Aborted).ConfigureAwait(false))
        {
            await writer.WriteAsync(chunk).ConfigureAwait(false);
        }
    }

    private static StreamStart StartOf(ServiceRequest request)
    {
        var header = request.Context.Request.Headers[LastEventId];
        if (header.Count == 0)
        {
            return request.Query.Get(From, StreamStart.Beginning);
        }

        return header.Count == 1 && long.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new StreamStart.After(new(seen))
            : throw new ProblemException(Problem.Invalid(LastEventId, header.ToString(), "the id of the last event that was seen: an offset"));
    }
}
