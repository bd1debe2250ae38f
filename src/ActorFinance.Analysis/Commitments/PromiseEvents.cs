using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>
/// The events that commitments and deals are folded from, and no others: most of a book are payments that draw nothing. <see cref="CommitmentFold"/> and
/// <see cref="DealFold"/> of these alone equal those of the whole book.
/// </summary>
public static class PromiseEvents
{
    /// <summary>Whether the fold of commitments or of deals looks at the event.</summary>
    public static bool Concern(CompanyEvent fact) => fact switch
    {
        // The most frequent first: it is asked about every event, and each kind that is passed costs a look.
        PurchasePaid e => e.Draws is not null,
        InvestmentMade e => e.Draws is not null,
        TransferPaid => false,
        LoanDrawn e => e.Draws is not null,
        SharesIssued e => e.Draws is not null,
        ConvertibleRegistered e => e.Draws is not null,
        InvestmentCommitted or PurchaseCommitted or LoanCommitted or CommitmentReleased
            or DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted => true,
        _ => false,
    };
}
