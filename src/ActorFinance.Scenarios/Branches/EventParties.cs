using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>From whom to whom an event moves or promises money; null is the outside.</summary>
internal readonly record struct EventParties(CompanyId? From, CompanyId? To)
{
    /// <summary>Null for an event that is about no payment.</summary>
    public static EventParties? Of(RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case InvestmentCommitted committed:
                return new(committed.Terms.From, committed.Terms.To);
            case PurchaseCommitted committed:
                return new(committed.Terms.From, committed.Terms.To);
            case LoanCommitted committed:
                return new(committed.Terms.From, committed.Terms.To);
            case DealAnnounced announced:
                return new(announced.Terms.From, announced.Terms.To);
            case DealContracted contracted:
                return new(contracted.Terms.From, contracted.Terms.To);
            case SharesIssued { Payer: { } payer }:
                return new(payer, recorded.Header.Emitter);
            default:
                // Whether a holder is a company only matters for dividends, whose payer is all that can be selected.
                var movements = Movements.Of(recorded.Envelope, _ => false);
                return movements.Count == 0 ? null : new(movements[0].From, movements[0].To);
        }
    }
}
