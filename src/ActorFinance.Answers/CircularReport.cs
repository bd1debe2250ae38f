using System.Text.Json.Nodes;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>What <c>circular</c> answers; the demo tells its story from the same figures.</summary>
public sealed record CircularReport(ResolvedCut Cut, CircularAnswer Answer, CompanyId? Company)
{
    public IReadOnlyList<Ungrounded> Incomplete { get; init; } = [];

    public Via Via { get; init; } = Via.Purchases;

    public IEnumerable<CompanyCircularity> Companies => Answer.Companies.Where(one => Company is null || one.Company == Company);

    public IEnumerable<NamedCycle> Cycles => Answer.Cycles.Where(cycle => Company is not { } one || cycle.Companies.Contains(one));

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Cut, Incomplete);
        json["from"] = Answer.From.ToString();
        json["to"] = Answer.To.ToString();
        json["currency"] = Answer.Currency?.Code;
        AddNetwork(json, Answer);
        json["unpricedDeals"] = Answer.UnpricedDeals;
        json["refundsLeftOut"] = JsonAnswer.Amount(Answer.RefundsLeftOut);
        json["companies"] = JsonAnswer.List(Companies, ToJson);
        json["cycles"] = JsonAnswer.List(Cycles, ToJson);
        return json;
    }

    public static void AddNetwork(JsonObject json, CircularAnswer answer)
    {
        json["finnCyclingIndex"] = JsonAnswer.Ratio(answer.FinnCyclingIndex);
        json["closed"] = JsonAnswer.List(answer.Closed, group => JsonAnswer.List(group, company => company.Value));
        json["circulationShare"] = JsonAnswer.Ratio(answer.CirculationShare);
        json["nettingShare"] = JsonAnswer.Ratio(answer.NettingShare);
    }

    public static JsonObject ToJson(NamedCycle cycle) => new()
    {
        ["companies"] = JsonAnswer.List(cycle.Companies, company => company.Value),
        ["bottleneck"] = JsonAnswer.Amount(cycle.Bottleneck),
    };

    public static JsonObject ToJson(CompanyCircularity company) => new()
    {
        ["company"] = company.Company.Value,
        ["invested"] = JsonAnswer.Amount(company.Invested),
        ["roundTrip"] = RoundTrip(company.RoundTrip),
        ["traced"] = Traced(company.Traced),
        ["spentBack"] = new JsonObject
        {
            ["received"] = JsonAnswer.Amount(company.SpentBack.Received),
            ["ratio"] = JsonAnswer.Ratio(company.SpentBack.Ratio),
        },
        ["financedRevenueShare"] = JsonAnswer.Ratio(company.FinancedRevenueShare),
        ["financedRevenueShareProRata"] = JsonAnswer.Ratio(company.FinancedRevenueShareProRata),
        ["financedRevenueByTrace"] = new JsonObject(company.Financed.Traced.Select(traced => KeyValuePair.Create(NameOf(traced.Method), (JsonNode?)JsonAnswer.Ratio(traced.Share)))),
        ["outsideRevenue"] = JsonAnswer.Amount(company.OutsideRevenue),
        ["revenueWithoutFinanced"] = JsonAnswer.Amount(company.RevenueWithoutFinanced),
    };

    private static JsonObject RoundTrip(RoundTripAnswer trip)
    {
        var json = new JsonObject { ["direct"] = JsonAnswer.Ratio(trip.Direct) };
        if (trip.WithinHops.Count > 0)
        {
            json["withinHops"] = new JsonObject(trip.WithinHops.Select((ratio, i) => KeyValuePair.Create($"{i + 1}", (JsonNode?)JsonAnswer.Ratio(ratio))));
        }

        json["any"] = JsonAnswer.Ratio(trip.Any);
        json["anyViaAll"] = JsonAnswer.Ratio(trip.AnyViaAll);
        json["pairs"] = JsonAnswer.List(trip.Pairs, pair => new JsonObject
        {
            ["company"] = pair.Company.Value,
            ["invested"] = JsonAnswer.Amount(pair.Invested),
            ["purchased"] = JsonAnswer.Amount(pair.Purchased),
            ["ratio"] = JsonAnswer.Ratio(pair.Ratio),
        });
        return json;
    }

    private static JsonObject Traced(TracedAnswer traced) => new()
    {
        ["method"] = NameOf(traced.Method),
        ["invested"] = JsonAnswer.Amount(traced.Invested),
        ["returned"] = JsonAnswer.Amount(traced.Returned),
        ["returnedOtherwise"] = JsonAnswer.Amount(traced.ReturnedOtherwise),
        ["spentOutside"] = JsonAnswer.Amount(traced.SpentOutside),
        ["absorbed"] = JsonAnswer.Amount(traced.Absorbed),
        ["held"] = JsonAnswer.Amount(traced.Held),
        ["ratio"] = JsonAnswer.Ratio(traced.Ratio),
    };

    public static string NameOf(TraceMethod method) => method.ToString().ToLowerInvariant();
}
