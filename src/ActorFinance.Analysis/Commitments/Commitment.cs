using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>How sure a flow is. Never added together unasked.</summary>
public enum Firmness
{
    Paid = 1,
    Contracted = 2,
    Announced = 3,
}

/// <summary>What is still open of one due amount; an undated commitment is one part at its own effective time.</summary>
public sealed record OpenPart(Instant At, decimal Amount, bool IsDated);

/// <summary>
/// A commitment at a cut: outstanding = committed - drawn - released. <paramref name="Emitter"/> keeps it: the payer, or the receiver when the payer is
/// outside. <paramref name="Events"/> are those behind it, the commitment's own first.
/// </summary>
public sealed record Commitment(
    CompanyId Emitter,
    CommitmentTerms Terms,
    FlowKind Kind,
    DealId? Deal,
    FoldKey Key,
    decimal Drawn,
    decimal Released,
    ValueList<EventId> Events)
{
    public CommitmentId Id => Terms.Commitment;

    public Currency Currency => Terms.Amount.Currency;

    public decimal Committed => Terms.Amount.Amount;

    public decimal Outstanding => Committed - Drawn - Released;

    /// <summary>
    /// What is open by due date. Draws and releases alike use up the earliest due amounts first, so that the parts follow from the totals alone;
    /// a part whose date has passed stays at it.
    /// </summary>
    public IReadOnlyList<OpenPart> Open()
    {
        if (Outstanding <= 0)
        {
            return [];
        }

        if (Terms.Due.Count == 0)
        {
            return [new(Key.EffectiveAt, Outstanding, IsDated: false)];
        }

        var used = Drawn + Released;
        var open = new List<OpenPart>();
        foreach (var due in Terms.Due.OrderBy(d => d.At))
        {
            var taken = Math.Min(used, due.Amount.Amount);
            used -= taken;
            if (due.Amount.Amount > taken)
            {
                open.Add(new(due.At, due.Amount.Amount - taken, IsDated: true));
            }
        }

        return open;
    }
}
