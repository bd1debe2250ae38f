using System.Text.Json.Nodes;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using DealState = ActorFinance.Analysis.Commitments.DealState;

namespace ActorFinance.Answers;

/// <summary>The deals at a cut by id, each with its latest terms and what was promised under it.</summary>
public sealed record DealsReport(ResolvedCut Cut, IReadOnlyList<DealState> Deals, IReadOnlyList<Commitment> Commitments, IReadOnlyList<Ungrounded> Incomplete)
{
    public static DealsReport Of(BookView book, Cut cut, CompanyId? company, DealId? deal)
    {
        var counted = book.Promises.At(cut);
        var deals = DealFold.Of(counted)
            .Where(one => (deal is null || one.Deal == deal) && (company is not { } party || one.Terms.From == party || one.Terms.To == party))
            .ToList();
        return new(counted.Resolved, deals, CommitmentFold.Of(counted).All, Grounds.MissingAt(counted, () => book.Ownership.Shares.At(cut)));
    }

    public JsonObject ToJson()
    {
        var under = Commitments.ToLookup(commitment => commitment.Deal);
        var json = JsonAnswer.Head(Cut, Incomplete);
        json["deals"] = JsonAnswer.List(Deals, deal => new JsonObject
        {
            ["deal"] = deal.Deal.Value,
            ["status"] = deal.Status.ToString().ToLowerInvariant(),
            ["isSummary"] = deal.IsSummary,
            ["terms"] = EventText.FieldsOf(deal.Stated.Event)["terms"]?.DeepClone(),
            ["statedBy"] = deal.Stated.Header.Id.ToString(),
            ["source"] = deal.Stated.Header.Source,
            ["commitments"] = JsonAnswer.List(under[deal.Deal], CashReport.ToJson),
        });
        return json;
    }
}
