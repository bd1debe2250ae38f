using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>How sure it is that the money moves: paid, contracted (a commitment), announced (a deal).</summary>
public enum SelectedFirmness
{
    Paid = 1,
    Contracted = 2,
    Announced = 3,
}

/// <summary>
/// Which events an edit is about: those that meet every condition that is stated. Ends of ranges count.
/// </summary>
public sealed record EventSelector
{
    public ValueList<EventId> Events { get; init; } = [];

    public ValueList<DealId> Deals { get; init; } = [];

    /// <summary>Emitters, payers or payees.</summary>
    public ValueList<CompanyId> Companies { get; init; } = [];

    public CompanyId? Payer { get; init; }

    public CompanyId? Payee { get; init; }

    /// <summary>Types of events as in their manifests, such as <c>purchase-paid</c>.</summary>
    public ValueList<string> Types { get; init; } = [];

    /// <summary>Kinds of flow, paid or promised, such as <see cref="FlowKind.Purchase"/>.</summary>
    public ValueList<FlowKind> Kinds { get; init; } = [];

    /// <summary>Legs of a deal, as their writer named them.</summary>
    public ValueList<string> Legs { get; init; } = [];

    public string? Item { get; init; }

    /// <summary>The text of a milestone that was reached.</summary>
    public string? Milestone { get; init; }

    public ValueList<string> Tranches { get; init; } = [];

    /// <summary>With <see cref="LastTranche"/>, tranches that are numbers from here on.</summary>
    public int? FirstTranche { get; init; }

    public int? LastTranche { get; init; }

    public Instant? From { get; init; }

    public Instant? To { get; init; }

    /// <summary>With <see cref="KnownTo"/>, by when the event became known.</summary>
    public Instant? KnownFrom { get; init; }

    public Instant? KnownTo { get; init; }

    public SelectedFirmness? Firmness { get; init; }

    /// <summary>This sure or less.</summary>
    public Confidence? ConfidenceAtMost { get; init; }

    public bool Matches(RecordedEvent recorded)
    {
        var header = recorded.Header;
        return Stated(Events, header.Id)
            && (Deals.Count == 0 || (header.Deal is { } deal && Deals.Contains(deal)))
            && (Types.Count == 0 || Types.Contains(TypeNames.Of(recorded.Event.GetType())))
            && (Kinds.Count == 0 || (KindOf(recorded.Event) is { } kind && Kinds.Contains(kind)))
            && (Legs.Count == 0 || (header.Leg is { } leg && Legs.Contains(leg)))
            && (KnownFrom is not { } knownFrom || header.KnownAt >= knownFrom)
            && (KnownTo is not { } knownTo || header.KnownAt <= knownTo)
            && (Tranches.Count == 0 || (header.Tranche is { } tranche && Tranches.Contains(tranche)))
            && TrancheInRange(header.Tranche)
            && (From is not { } from || header.EffectiveAt >= from)
            && (To is not { } to || header.EffectiveAt <= to)
            && (Item is null || ItemOf(recorded.Event) == Item)
            && (Milestone is null || (recorded.Event as MilestoneReached)?.Milestone == Milestone)
            && (Firmness is null || FirmnessOf(recorded) == Firmness)
            && (ConfidenceAtMost is not { } most || (header.Confidence ?? Confidence.High) >= most)
            && PartiesMatch(recorded);
    }

    private static bool Stated<T>(ValueList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);

    internal static string? ItemOf(CompanyEvent fact) => fact switch
    {
        PurchasePaid paid => paid.Item,
        PurchaseRefunded refunded => refunded.Item,
        PurchaseDelivered delivered => delivered.Item,
        PurchaseCommitted committed => committed.Terms.Item,
        InvestmentCommitted committed => committed.Terms.Item,
        LoanCommitted committed => committed.Terms.Item,
        _ => null,
    };

    private static FlowKind? KindOf(CompanyEvent fact) => fact switch
    {
        InvestmentCommitted => FlowKind.Investment,
        PurchaseCommitted => FlowKind.Purchase,
        LoanCommitted => FlowKind.Loan,
        _ => Movements.KindOf(fact),
    };

    private static SelectedFirmness? FirmnessOf(RecordedEvent recorded) => recorded.Event switch
    {
        InvestmentCommitted or PurchaseCommitted or LoanCommitted or CommitmentReleased => SelectedFirmness.Contracted,
        DealAnnounced or DealContracted or DealSuperseded or DealCancelled or DealCompleted => SelectedFirmness.Announced,
        _ => EventParties.Of(recorded) is { } ? SelectedFirmness.Paid : null,
    };

    private bool TrancheInRange(string? tranche)
    {
        if (FirstTranche is null && LastTranche is null)
        {
            return true;
        }

        return int.TryParse(tranche, out var number) && number >= (FirstTranche ?? int.MinValue) && number <= (LastTranche ?? int.MaxValue);
    }

    private bool PartiesMatch(RecordedEvent recorded)
    {
        if (Companies.Count == 0 && Payer is null && Payee is null)
        {
            return true;
        }

        var parties = EventParties.Of(recorded);
        return (Payer is null || parties?.From == Payer)
            && (Payee is null || parties?.To == Payee)
            && (Companies.Count == 0
                || Companies.Contains(recorded.Header.Emitter)
                || (parties?.From is { } from && Companies.Contains(from))
                || (parties?.To is { } to && Companies.Contains(to)));
    }
}
