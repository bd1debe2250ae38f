using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>
/// The events that commitments and deals are folded from, and no others: most of a book are payments that draw nothing. <see cref="CommitmentFold"/> and
/// <see cref="DealFold"/> of these alone equal those of the whole book.
/// </summary>
public static class PromiseEvents
{
    /// <summary>Whether the fold of commitments or of deals looks at the event.</summary>
    public static bool Concern(CompanyEvent fact) => fact is
        InvestmentCommitted or PurchaseCommitted or LoanCommitted or CommitmentReleased
        or DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted
        or SharesIssued { Draws: not null } or ConvertibleRegistered { Draws: not null }
        or InvestmentMade { Draws: not null } or PurchasePaid { Draws: not null } or LoanDrawn { Draws: not null };
}
