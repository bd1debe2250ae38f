using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>The window (From, To]: after the start, up to and including the end. The earliest instant there is counts as before everything, so it is in the window too.</summary>
public sealed record FlowWindow(Instant From, Instant To)
{
    /// <summary>From the beginning to the end.</summary>
    public static FlowWindow Everything { get; } = new(Instant.Minimum, Instant.Maximum);

    public bool Contains(Instant at) => (at > From || From == Instant.Minimum) && at <= To;
}

/// <summary>Which flows are taken, in which currency they are told, and how many cycles are named.</summary>
public sealed record FlowOptions
{
    public static FlowOptions Default { get; } = new();

    /// <summary>
    /// Kinds of flow between companies; empty: all. Refunds go with purchases. Flows with the outside always count, because a company's
    /// throughflow has no meaning without them.
    /// </summary>
    public ValueList<FlowKind> Kinds { get; init; } = [];

    /// <summary>Null: that of the flows, which must then all be in one.</summary>
    public Currency? ReportingCurrency { get; init; }

    public bool InKind { get; init; }

    /// <summary>Whether a loan drawn funds a buyer as an investment does, in the financed revenue share.</summary>
    public bool LoansFund { get; init; }

    /// <summary>The most companies on a named cycle.</summary>
    public int CycleLengthMax { get; init; } = 5;

    /// <summary>How many cycles are named.</summary>
    public int CyclesMax { get; init; } = 10;

    /// <summary>Which money goes out first, in the traced return; <see cref="FinancedRevenueAnswer.ShareProRata"/> is by haircut always.</summary>
    public TraceMethod Trace { get; init; } = TraceMethod.Haircut;

    /// <summary>Up to how many payments the round trip within hops is given; 0: not at all.</summary>
    public int Hops { get; init; }

    /// <summary>What carries money onward in the round trip within hops.</summary>
    public Via HopsVia { get; init; } = Via.Purchases;

    /// <summary>Whether companies are measured too, which takes most of the time where they are many.</summary>
    public FlowMeasures Measures { get; init; } = FlowMeasures.NetworkAndCompanies;

    /// <summary>The measures of companies for this one only; null: for all. Those of the whole network are the same.</summary>
    public CompanyId? Company { get; init; }

    /// <summary>Of one <see cref="Company"/>, the financed revenue by every way to trace; else, and in a series, pro rata and by <see cref="Trace"/>.</summary>
    public bool AllTraces { get; init; } = true;

    /// <summary>Whether a movement is taken at all.</summary>
    public bool Take(CashMovement movement) =>
        movement.From != movement.To
        && (InKind || !movement.InKind)
        && (movement.From is null || movement.To is null || TakesKind(movement.Kind));

    internal bool Take(in Moved moved) =>
        moved.From != moved.To && (InKind || !moved.InKind) && (moved.From is null || moved.To is null || TakesKind(moved.Kind));

    /// <summary>Whether flows of the kind between companies are taken.</summary>
    internal bool TakesKind(FlowKind kind) => Kinds.Count == 0 || Kinds.Contains(kind == FlowKind.Refund ? FlowKind.Purchase : kind);
}

public enum FlowMeasures
{
    NetworkAndCompanies = 1,

    /// <summary>The cycling index, the circulation share, the named cycles, and of companies what needs no more than pairs.</summary>
    Network = 2,
}

/// <summary>Which payments carry invested money onward.</summary>
public enum Via
{
    Purchases = 1,

    /// <summary>Any payment between companies; only the last step, back to the investor, must be a purchase.</summary>
    All = 2,
}

/// <summary>A movement of money with its date and the event behind it.</summary>
public sealed record DatedFlow(Instant At, CashMovement Movement, EventReference Event);
