using System.Text;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;

namespace ActorFinance.Service.Endpoints;

/// <summary>Events at a cut in fold order, page by page. A cursor holds the known point and the place, so that later events move no page.</summary>
internal static class EventsEndpoint
{
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
        Problems = [404, 410, 504],
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
        var page = await request.AskAsync(request.Journal.Projections.CircularFlow, (CircularFlowIndex index) =>
        {
            var book = index.Book;
            cut.Within(book.LastOffset);
            book.RequireCompany(company);
            var counted = book.At(cut);
            IEnumerable<RecordedEvent> events = all
                ? book.Recorded.Where(recorded => recorded.Header.EffectiveAt <= cut.AsOf && recorded.Offset <= counted.Resolved.Offset).OrderBy(recorded => recorded.Key)
                : counted.Events;
            var shown = events.Where(recorded => (after is not { } key || recorded.Key > key) && filter.Matches(recorded)).Take(limit + 1).ToList();
            var counting = all ? counted.Events.Select(recorded => recorded.Offset).ToHashSet() : null;
            return new Page(counted.Resolved, Grounds.MissingAt(counted), shown, counting);
        }).ConfigureAwait(false);
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
        json["events"] = JsonAnswer.List(page.Events, recorded => EventAnswer.ToJson(recorded, page.Counting?.Contains(recorded.Offset) ?? true));
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

    private sealed record Page(ResolvedCut Cut, IReadOnlyList<Ungrounded> Incomplete, List<RecordedEvent> Events, HashSet<Offset>? Counting);

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
