using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>What an event draws of a commitment that stands in <paramref name="Emitter"/>'s journal.</summary>
public sealed record Draw(CompanyId Emitter, CommitmentId Commitment, Money Amount)
{
    /// <summary>
    /// Null for an event that draws nothing. An issue or a convertible draws its payer's commitment, or its issuer's own when the payer is
    /// outside, unless the payment that posts its step already does: one step draws once.
    /// </summary>
    public static Draw? Of(RecordedEvent recorded, Counted counted)
    {
        var self = recorded.Header.Emitter;
        return recorded.Event switch
        {
            SharesIssued { Draws: { } id, Amount: { } amount } e => ByStep(e.Payer ?? self, id, amount),
            ConvertibleRegistered { Draws: { } id } e => ByStep(e.Payer ?? self, id, e.Principal),
            var other => DirectlyBy(other) is var (id, amount) ? new(self, id, amount) : null,
        };

        Draw? ByStep(CompanyId emitter, CommitmentId id, Money amount) =>
            recorded.Header.Step is { } step && counted.PostingOf(step) is { } posting && DirectlyBy(posting.Event) is not null
                ? null
                : new(emitter, id, amount);
    }

    /// <summary>The commitment that an event makes or releases, or draws (unless its step's posting does): only such events can change it, and ends of its deal.</summary>
    public static (CompanyId Emitter, CommitmentId Commitment)? Concerned(RecordedEvent recorded)
    {
        var self = recorded.Header.Emitter;
        return recorded.Event switch
        {
            InvestmentCommitted e => (self, e.Terms.Commitment),
            PurchaseCommitted e => (self, e.Terms.Commitment),
            LoanCommitted e => (self, e.Terms.Commitment),
            CommitmentReleased e => (self, e.Commitment),
            SharesIssued { Draws: { } id } e => (e.Payer ?? self, id),
            ConvertibleRegistered { Draws: { } id } e => (e.Payer ?? self, id),
            var other => DirectlyBy(other) is var (id, _) ? (self, id) : null,
        };
    }

    private static (CommitmentId Id, Money Amount)? DirectlyBy(CompanyEvent fact) =>
        fact switch
        {
            InvestmentMade { Draws: { } id } e => (id, e.Amount),
            PurchasePaid { Draws: { } id } e => (id, e.Amount),
            LoanDrawn { Draws: { } id } e => (id, e.Amount),
            _ => null,
        };
}
