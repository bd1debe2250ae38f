using System.Text;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using ActorFinance.Journal.Reading;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;

namespace ActorFinance.Service.Endpoints;

/// <summary>Events at a cut in fold order, page by page. A cursor holds the known point and the place, so that later events move no page.</summary>
internal static class EventsEndpoint
{
    /// <summary>How many events are read at once where many may not match.</summary>
    private const int FilteredChunk = 4_096;

    private static readonly StreamFilter s_everything = new(null, null, null, null);

    private static readonly QueryParameter<string> Type = EventType("Only events of this type, such as investment-made.");

    private static readonly QueryParameter<DealId> Deal = QueryParameter.Value<DealId>("deal", "Only events under this deal.");

    private static readonly QueryParameter<bool> All = QueryParameter.Flag("all", "Also voided and pending events, marked so.");

    private static readonly QueryParameter<int> Limit = QueryParameter.Number("limit", "How many at most. Default: 100, or the service's own limit if that is less.", 1, 100_000);

    private static readonly QueryParameter<FoldKey> After = new(
        "cursor", "Where the page before ended, from its Link header.", QueryParameter.Text(), text => Cursor.TryParse(text, out var key) ? (key, null) : (default, "a cursor from a Link header"));

    public static ServiceEndpoint Get { get; } = new("GET", "/v1/events", Role.Read, "The events behind the figures, in fold order. More pages: the Link header with rel=next.", AnswerAsync)
    {
        Parameters = [new QueryParameter<CompanyId>("company", "Only events that this company emitted or that name it.", QueryParameter.Text(), Cuts.Company.Parse), Type, Deal, All, Limit, After, .. Cuts.Common],
        Schema = "events",
        IsTagged = true,
        IsPaged = true,
        Problems = [404, 409, 410, 504],
    };

    public static QueryParameter<string> EventType(string meaning) => QueryParameter.Choice(
        "type", meaning, [.. EventText.Types.Order(StringComparer.Ordinal).Select(type => (type, type))]);

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var query = request.Query;
        var (cut, company, all) = (Cuts.Of(query), query.Find(Cuts.Company), query.Get(All, false));
        var limit = Math.Min(query.Get(Limit, Math.Min(100, request.Options.PageMax)), request.Options.PageMax);
        var filter = new StreamFilter(Company: null, query.Get(Type!, null), query.Find(Deal), company);
        var after = query.Find(After);
        var found = await request.AskAsync(book =>
        {
            book.RequireCompany(company);
            return new Found(
                book.Places.List(cut.Within(book.LastOffset), all, after),
                Grounds.MissingAt(book.Promises.At(cut), () => book.Ownership.Shares.At(cut)));
        }).ConfigureAwait(false);
        var listed = found.Places;
        var shown = await request.WithinLimitAsync(ended => ReadAsync(request.Journal.Reader, listed, filter, limit + 1, ended)).ConfigureAwait(false);
        var page = new Page(listed.Resolved, found.Incomplete, shown);
        if (page.Events.Count > limit)
        {
            page.Events.RemoveAt(limit);
            request.Context.Response.Headers.Link = $"<{NextOf(request, page, limit)}>; rel=\"next\"";
        }

        if (Answer.IsKnown(request.Context, page.Cut.Offset))
        {
            return;
        }

        var json = JsonAnswer.Head(page.Cut, page.Incomplete);
        json["events"] = JsonAnswer.List(page.Events, recorded => EventAnswer.ToJson(recorded, listed.Counts(recorded.Offset)));
        await Answer.WriteAsync(request.Context, json).ConfigureAwait(false);
    }

    /// <summary>The same question as known at the same point, from behind the last event of this page.</summary>
    private static string NextOf(ServiceRequest request, Page page, int limit)
    {
        var kept = request.Context.Request.Query
            .Where(pair => pair.Key != After.Name && pair.Key != Limit.Name && pair.Key != Cuts.AsKnown.Name && pair.Key != Cuts.AtLeast.Name)
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}&");
        var known = page.Cut is { Time: not null } && request.Context.Request.Query.TryGetValue(Cuts.AsKnown.Name, out var asked) ? asked.ToString() : page.Cut.Offset.ToString();
        return $"{request.Context.Request.Path}?{string.Concat(kept)}{Cuts.AsKnown.Name}={Uri.EscapeDataString(known)}&{Limit.Name}={limit}&{After.Name}={Cursor.Of(page.Events[^1].Key)}";
    }

    /// <summary>The first so many of the listed events that match, whole, from the journal.</summary>
    private static async Task<List<RecordedEvent>> ReadAsync(IJournalReader reader, ListedPlaces listed, StreamFilter filter, int count, CancellationToken cancellation)
    {
        var events = new List<RecordedEvent>();
        var isFiltered = filter != s_everything;
        for (var start = 0; start < listed.Count && events.Count < count;)
        {
            var chunk = isFiltered ? Math.Max(count, FilteredChunk) : count - events.Count;
            var read = await reader.ReadAtAsync(listed.Offsets(start, chunk), row => filter.MayMatch(row), cancellation).ConfigureAwait(false);
            events.AddRange(read.Where(filter.Matches).OrderBy(recorded => recorded.Key).Take(count - events.Count));
            start += chunk;
        }

        return events;
    }

    private sealed record Found(ListedPlaces Places, IReadOnlyList<Ungrounded> Incomplete);

    private sealed record Page(ResolvedCut Cut, IReadOnlyList<Ungrounded> Incomplete, List<RecordedEvent> Events);

    /// <summary>A place in fold order as opaque text.</summary>
    private static class Cursor
    {
        public static string Of(FoldKey key) =>
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{key.EffectiveAt.UtcTicks}.{key.Rank}.{key.Offset}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        public static bool TryParse(string text, out FoldKey key)
        {
            key = default;
            var bytes = new byte[text.Length];
            var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
            if (!Convert.TryFromBase64String(padded, bytes, out var length)
                || Encoding.ASCII.GetString(bytes, 0, length).Split('.') is not [var ticks, var rank, var offset]
                || !long.TryParse(ticks, out var at) || at < 0 || at > Instant.Maximum.UtcTicks
                || !int.TryParse(rank, out var order)
                || !long.TryParse(offset, out var place))
            {
                return false;
            }

            key = new(new(at), order, new(place));
            return true;
        }
    }
}
