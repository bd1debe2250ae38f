using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>
/// Money that moved, is owed or is announced, from and to a company; null is the outside. <paramref name="Key"/> places it in fold order: a paid
/// flow where its event stands, any other at <paramref name="At"/>, its due date.
/// </summary>
public sealed record FirmFlow(
    CompanyId? From,
    CompanyId? To,
    Money Amount,
    FlowKind Kind,
    ExternalCategory? Category,
    Instant At,
    bool InKind,
    Firmness Firmness,
    RecordedEvent Event,
    FoldKey Key);

/// <summary>
/// The flows that the circular measures are taken over (design, section 8). Contracted are commitments only: a contracted deal without
/// commitments has a headline but no promise of when and how much, so it counts neither as contracted nor, any longer, as announced.
/// </summary>
public static class FirmFlows
{
    /// <summary>
    /// Paid; with contracted, also what commitments leave open; with announced, also the headlines of deals that are only announced. In fold
    /// order. In-kind flows are among them, marked; those before and after a window too: leave out what was not asked for.
    /// </summary>
    public static IReadOnlyList<FirmFlow> UpTo(Counted counted, Firmness firmness) =>
        [.. Paid(counted).Concat(Promised(counted, firmness)).OrderBy(f => f.Key)];

    /// <summary>Those beside the paid ones, in no order: none for paid.</summary>
    /// <param name="counted">All events that count, or of them what <see cref="PromiseEvents"/> names.</param>
    /// <param name="firmness">What is taken.</param>
    public static IEnumerable<FirmFlow> Promised(Counted counted, Firmness firmness)
    {
        if (firmness < Firmness.Contracted)
        {
            return [];
        }

        var commitments = CommitmentFold.Of(counted).All;
        var deals = DealFold.Of(counted);
        var contracted = Contracted(commitments, deals, counted.Events.ToDictionary(e => e.Offset));
        return firmness == Firmness.Announced ? contracted.Concat(Announced(commitments, deals)) : contracted;
    }

    /// <summary>Deals that are announced and no more, with an amount, no summaries, and no commitment under them.</summary>
    public static IReadOnlyList<DealState> AnnouncedDeals(Counted counted) =>
        [.. AnnouncedOnly(CommitmentFold.Of(counted).All, DealFold.Of(counted))];

    /// <summary>Deals that stand, no summaries, with neither headline nor maximum in their latest terms: missing prices hide circularity.</summary>
    public static IReadOnlyList<DealState> UnpricedDeals(Counted counted) =>
        [.. DealFold.Of(counted).Where(d => d is { Stands: true, IsSummary: false, Terms: { Headline: null, Maximum: null } })];

    private static IEnumerable<FirmFlow> Paid(Counted counted) =>
        from recorded in counted.Events
        from movement in Movements.Of(recorded.Envelope, counted.IsCompany)
        select new FirmFlow(
            movement.From,
            movement.To,
            movement.Amount,
            movement.Kind,
            movement.Category,
            recorded.Header.EffectiveAt,
            movement.InKind,
            Firmness.Paid,
            recorded,
            recorded.Key);

    private static IEnumerable<FirmFlow> Contracted(
        IReadOnlyList<Commitment> commitments,
        IReadOnlyList<DealState> deals,
        Dictionary<Offset, RecordedEvent> events)
    {
        var inKind = deals.Where(d => d.Terms.InKind).ToDictionary(d => d.Deal, d => d.Terms);
        return
            from commitment in commitments
            from part in commitment.Open()
            select new FirmFlow(
                commitment.Terms.From,
                commitment.Terms.To,
                Money.Total(part.Amount, commitment.Currency),
                commitment.Kind,
                Category: null,
                part.At,
                IsInKind(commitment),
                Firmness.Contracted,
                events[commitment.Key.Offset],
                commitment.Key with { EffectiveAt = part.At });

        // A commitment says nothing about kind itself: it follows its deal's terms where they run the same way.
        bool IsInKind(Commitment commitment) =>
            commitment.Deal is { } deal
            && inKind.TryGetValue(deal, out var terms)
            && terms.From == commitment.Terms.From
            && terms.To == commitment.Terms.To;
    }

    private static IEnumerable<FirmFlow> Announced(IReadOnlyList<Commitment> commitments, IReadOnlyList<DealState> deals) =>
        from deal in AnnouncedOnly(commitments, deals)
        where deal.Terms.From != deal.Terms.To
        select new FirmFlow(
            deal.Terms.From,
            deal.Terms.To,
            deal.Terms.Headline!.Value,
            KindOf(deal.Terms.Kind),
            Category: null,
            deal.Stated.Header.EffectiveAt,
            deal.Terms.InKind,
            Firmness.Announced,
            deal.Stated,
            deal.Stated.Key);

    private static IEnumerable<DealState> AnnouncedOnly(IReadOnlyList<Commitment> commitments, IReadOnlyList<DealState> deals)
    {
        var committed = commitments.Select(c => c.Deal).ToHashSet();
        return deals.Where(d =>
            d is { Status: DealStatus.Announced, IsSummary: false, Terms.Headline: not null } && !committed.Contains(d.Deal));
    }

    private static FlowKind KindOf(DealKind kind) =>
        kind switch
        {
            DealKind.Investment => FlowKind.Investment,
            DealKind.Purchase => FlowKind.Purchase,
            DealKind.Loan => FlowKind.Loan,
            DealKind.Transfer or DealKind.Other => FlowKind.Transfer,
            DealKind.Shares or DealKind.Warrant => FlowKind.StepPayment,
            DealKind.Guarantee => FlowKind.GuaranteeCall,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of deal"),
        };
}
