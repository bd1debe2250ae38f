using System.Buffers;
using System.Globalization;
using System.Text;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

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
        Answers = "text/event-stream",
        IsStream = true,
        Problems = [410],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var (query, context) = (request.Query, request.Context);
        var filter = new StreamFilter(query.Find(Company), query.Get(Type!, null), query.Find(Deal), query.Find(Party));
        var after = await StartAsync(request).ConfigureAwait(false);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var body = context.Response.BodyWriter;

        // A subscriber may read as slowly as it likes: the server would else cut it off below 240 bytes a second.
        context.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate = null;

        // At once, so that the client knows that it is connected before anything happens.
        body.Write("retry: 1000\n\n"u8);
        await body.FlushAsync(request.Aborted).ConfigureAwait(false);
        await foreach (var chunk in StreamReading.ReadAsync(request.Journal, after, filter, request.Options.Heartbeat, request.Aborted).ConfigureAwait(false))
        {
            foreach (var item in chunk.Items)
            {
                body.Write(item.Frame.Span);
            }

            if (chunk.Items.Count == 0)
            {
                Encoding.ASCII.GetBytes($"event: heartbeat\nid: {chunk.UpTo}\ndata: {{\"offset\":{chunk.UpTo}}}\n\n", body);
            }

            // Waits while the client does not read: nothing is read for it meanwhile.
            await body.FlushAsync(request.Aborted).ConfigureAwait(false);
            ServiceMetrics.Streamed(chunk.Items.Count);
        }
    }

    private static async Task<Offset> StartAsync(ServiceRequest request)
    {
        var last = new Offset(await request.Journal.Reader.LastOffsetAsync(request.Aborted).ConfigureAwait(false));
        var header = request.Context.Request.Headers[LastEventId];
        var start = request.Query.Get(From, StreamStart.Beginning);
        if (header.Count > 0)
        {
            if (header.Count > 1 || !long.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            {
                throw new ProblemException(Problem.Invalid(LastEventId, header.ToString(), "the id of the last event that was seen: an offset"));
            }

            start = new StreamStart.After(new(seen));
        }

        var after = start switch
        {
            StreamStart.After(var offset) => offset,
            StreamStart.AtEnd => last,
            StreamStart.Since(var time) => (await request.AskAsync(request.Journal.Projections.CircularFlow, (CircularFlowIndex index) => new OffsetBefore(Before(index.Book, time))).ConfigureAwait(false)).Offset,
            _ => default,
        };

        // A journal that was restored from a backup can be shorter than what a subscriber has seen: to wait there would lose what is written now.
        return after <= last ? after : throw new ProblemException(Problem.Of("too-late", $"offset {after} is beyond the journal's end at offset {last}"));
    }

    private static Offset Before(Book book, Instant time)
    {
        var before = default(Offset);
        foreach (var recorded in book.Recorded)
        {
            if (recorded.Header.RecordedAt >= time)
            {
                break;
            }

            before = recorded.Offset;
        }

        return before;
    }

    private sealed record OffsetBefore(Offset Offset);
}
