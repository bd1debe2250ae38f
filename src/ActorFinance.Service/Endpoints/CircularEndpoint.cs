using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

internal static class CircularEndpoint
{
    private static readonly QueryParameter<Bound> From =
        QueryParameter.Time("from", "Start of the window: a date (that day counts) or a time (exclusive). Default: the beginning.", text => CutText.From(text));

    private static readonly QueryParameter<Bound> To =
        QueryParameter.Time("to", "End of the window: a date (its whole day) or a time. Default: the end.", text => CutText.AsOf(text));

    public static QueryParameter<Firmness> OfFirmness { get; } = QueryParameter.Choice(
        "firmness",
        "paid; contracted: also what commitments leave open; announced: also headline amounts of deals only announced. Default: paid.",
        ("paid", Firmness.Paid),
        ("contracted", Firmness.Contracted),
        ("announced", Firmness.Announced));

    private static readonly QueryParameter<bool> InKind = QueryParameter.Flag("inKind", "Count what was given in kind too.");

    private static readonly QueryParameter<Currency> InCurrency = QueryParameter.Value<Currency>("currency", "Report in this currency, at the recorded rates.");

    private static readonly QueryParameter<int> Cycles = QueryParameter.Number("cycles", "How many cycles are named. Default: 10.", 0, 1_000);

    private static readonly QueryParameter<int> Length = QueryParameter.Number("length", "The most companies on a named cycle. Default: 5.", 2, 12);

    private static readonly QueryParameter<int> Hops = QueryParameter.Number("hops", "Also what can have come back within 1 to this many payments.", 1, 20);

    private static readonly QueryParameter<Via> Carried = QueryParameter.Choice(
        "via", "What carries invested money onward within hops: purchases, or any payment between companies. Default: purchases.", ("purchases", Via.Purchases), ("all", Via.All));

    private static readonly QueryParameter<TraceMethod> Trace = QueryParameter.Choice(
        "trace",
        "How money is followed through a company's cash: all alike, first in first out, or last in first out. Default: haircut.",
        [.. Enum.GetValues<TraceMethod>().Select(method => (CircularReport.NameOf(method), method))]);

    public static ServiceEndpoint Get { get; } = new(
        "GET", "/v1/circular", Role.Read, "How much of the money only goes round: round trips, what traced money came back, financed revenue, the cycling index, the circulation share, and the cycles by name.", AnswerAsync)
    {
        Parameters = [Cuts.Company, From, To, OfFirmness, InKind, InCurrency, Cycles, Length, Hops, Carried, Trace, .. Cuts.Common],
        Schema = "circular",
        IsTagged = true,
        Problems = [404, 409, 410, 504],
    };

    private static async Task AnswerAsync(ServiceRequest request)
    {
        var (query, cut, company) = (request.Query, Cuts.Of(request.Query), request.Query.Find(Cuts.Company));
        var (window, firmness, options) = (WindowOf(query), query.Get(OfFirmness, Firmness.Paid), OptionsOf(query, company));
        if (window.From >= window.To || (firmness == Firmness.Paid && window.From >= cut.AsOf))
        {
            throw new ProblemException(Problem.Invalid(From.Name, window.From.ToString(), $"before the window's end at {Instant.Earlier(window.To, cut.AsOf)}"));
        }

        var (report, error) = await request.AskAsync((book, limit) =>
        {
            book.RequireCompany(company);
            var asked = new CircularQuestionAsked(book.CircularFlow, cut.Within(book.LastOffset), window, firmness, options);
            var outcome = CircularView.At(book.CircularFlow, cut, window, firmness, options, (_, _) => limit.ThrowIfCancellationRequested());
            return Tuple.Create(
                outcome.Value is { } answer ? new CircularReport(book.Places.Resolve(cut), answer, company) { Incomplete = asked.IncompleteKnowledge(), Via = options.HopsVia } : null,
                outcome.Error?.Message);
        }).ConfigureAwait(false);
        if (report is null)
        {
            throw new ProblemException(Problem.Of("no-answer", error!));
        }

        if (!Answer.IsKnown(request.Context, report.Cut.Offset))
        {
            await Answer.WriteAsync(request.Context, report.ToJson()).ConfigureAwait(false);
        }
    }

    private static FlowWindow WindowOf(Query query) => new(query.Get(From, new(Instant.Minimum)).At, query.Get(To, new(Instant.Maximum)).At);

    private static FlowOptions OptionsOf(Query query, CompanyId? company) => new()
    {
        InKind = query.Get(InKind, false),
        ReportingCurrency = query.Find(InCurrency),
        CyclesMax = query.Get(Cycles, 10),
        CycleLengthMax = query.Get(Length, 5),
        Hops = query.Get(Hops, 0),
        HopsVia = query.Get(Carried, Via.Purchases),
        Trace = query.Get(Trace, TraceMethod.Haircut),
        Company = company,
    };
}
