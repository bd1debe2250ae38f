using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>What <c>cash</c> answers; the demo tells its story from the same figures.</summary>
public sealed record CashReport(CashAnswer Cash, IReadOnlyList<Commitment> Commitments, IReadOnlyList<Ungrounded> Incomplete)
{
    public static CashReport Of(CashView book, Cut cut, CompanyId? company)
    {
        var counted = book.Promises.At(cut);
        var open = CommitmentFold.Of(counted).All
            .Where(commitment => commitment.Outstanding > 0 && (company is null || commitment.Terms.From == company || commitment.Terms.To == company))
            .ToList();
        return new(book.Cash.At(cut, company), open, counted.IncompleteKnowledge);
    }

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Cash.Cut, Incomplete);
        json["balances"] = JsonAnswer.List(Cash.Balances, balance => new JsonObject
        {
            ["company"] = balance.Company.Value,
            ["currency"] = balance.Currency.Code,
            ["amount"] = JsonAnswer.Amount(balance.Amount),
            ["lowest"] = Point(balance.Lowest),
            ["firstShortfall"] = Point(balance.FirstShortfall),
            ["hasOpening"] = balance.HasOpening,
        });
        json["commitments"] = JsonAnswer.List(Commitments, ToJson);
        return json;
    }

    public static JsonObject ToJson(Commitment commitment) => new()
    {
        ["commitment"] = commitment.Id.Value,
        ["firmness"] = "contracted",
        ["from"] = commitment.Terms.From?.Value,
        ["to"] = commitment.Terms.To?.Value,
        ["deal"] = commitment.Deal?.Value,
        ["currency"] = commitment.Currency.Code,
        ["committed"] = JsonAnswer.Amount(commitment.Committed),
        ["drawn"] = JsonAnswer.Amount(commitment.Drawn),
        ["released"] = JsonAnswer.Amount(commitment.Released),
        ["open"] = JsonAnswer.List(commitment.Open(), part => new JsonObject
        {
            ["due"] = part.IsDated ? part.At.ToString() : null,
            ["amount"] = JsonAnswer.Amount(part.Amount),
        }),
    };

    private static JsonObject? Point(CashPoint? point) => point is null
        ? null
        : new() { ["amount"] = JsonAnswer.Amount(point.Amount), ["at"] = point.At.ToString(), ["eventId"] = point.EventId.ToString() };
}
