using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>What was registered; it holds at every time.</summary>
public sealed record CompanyProfile(string Name, Currency Currency, CompanyKind Kind, CashPolicy CashPolicy);

/// <summary>What an accepted command led to: the answer when it is sent again.</summary>
public readonly record struct CommandOutcome(Digest Digest, long FirstSequenceNumber, long LastSequenceNumber, StepId? Step);

/// <summary>What a later void or step needs to know of an event, without the event.</summary>
/// <param name="Key">Its place in the timeline.</param>
/// <param name="KnownAt">When it became known: no void of it is known earlier.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Step">The step it takes part in.</param>
/// <param name="Role">What it does to the step.</param>
/// <param name="Register">For a posting event: whose step it posted, as far as the event says.</param>
/// <param name="Payee">The company that it paid.</param>
/// <param name="OtherPayees">Those that it paid beside that one: only dividends have them.</param>
/// <param name="InLedger">Whether decisions look at it.</param>
/// <param name="IsVoided">Whether it is left out.</param>
public readonly record struct EventSlot(
    FactKey Key,
    Instant KnownAt,
    Type Kind,
    StepId? Step,
    StepRole Role,
    CompanyId? Register,
    CompanyId? Payee,
    ImmutableArray<CompanyId> OtherPayees,
    bool InLedger,
    bool IsVoided)
{
    public IEnumerable<CompanyId> Payees() => Payee is { } payee ? OtherPayees.Prepend(payee) : [];
}

public enum StepState
{
    Pending,
    Posted,
    Refused,
    Voided,
}

/// <summary>A step as this company knows it: as the register that opened it, or as the one who posted or refused it.</summary>
/// <param name="State">How far it is.</param>
/// <param name="IsRegister">Whether this company opened it.</param>
/// <param name="Event">The register's pending event, or the other side's posting or refusing one.</param>
/// <param name="Pending">The register's pending event while it waits.</param>
/// <param name="PostingEvent">The event that posted it.</param>
/// <param name="Poster">The other company; null when the step was posted in the register's own journal.</param>
/// <param name="Command">The command that it answers.</param>
/// <param name="Refused">Code and message of the refusal.</param>
public sealed record StepStanding(
    StepState State,
    bool IsRegister,
    EventId Event,
    EventEnvelope? Pending,
    EventId? PostingEvent,
    CompanyId? Poster,
    CommandId Command,
    (string Code, string Message)? Refused)
{
    /// <summary>For a register under <see cref="CashPolicy.RejectShortfall"/>: the <see cref="StepPosted"/> from which on it counts the money.</summary>
    public EventId? Receipt { get; init; }
}

/// <summary>What a receiver under <see cref="CashPolicy.RejectShortfall"/> said of a payment: acknowledged by that event, or (null) never to be.</summary>
public sealed record ReceiptStanding(EventId? Acknowledgement);

/// <summary>Everything a company knows of itself: its timeline, and which ids it has taken. Immutable.</summary>
public sealed record CompanyState(
    CompanyId Id,
    CompanyProfile? Profile,
    long LastSequenceNumber,
    Instant LastRecordedAt,
    Ledger Ledger,
    GrowingMap<CommandId, CommandOutcome> Commands,
    GrowingMap<EventId, EventSlot> Events,
    ImmutableDictionary<StepId, StepStanding> Steps,
    ImmutableDictionary<EventId, ReceiptStanding> Receipts,
    ImmutableHashSet<StepId> OpenSteps)
{
    /// <summary>The event that a pending void names, while it waits for the other company: until then no checked fact is taken.</summary>
    public EventId? OpenVoid { get; init; }

    /// <summary>By currency.</summary>
    public ImmutableDictionary<Currency, Turnover> Turnover { get; init; } = ImmutableDictionary<Currency, Turnover>.Empty;

    public bool RejectsShortfall => Profile?.CashPolicy == CashPolicy.RejectShortfall;

    public bool IsRegistered => Profile is not null || Id.IsMarket;

    public static CompanyState Empty(CompanyId id) => new(
        id,
        Profile: null,
        LastSequenceNumber: 0,
        Instant.Minimum,
        Ledger.Empty(id, keepsCash: false),
        GrowingMap<CommandId, CommandOutcome>.Empty,
        GrowingMap<EventId, EventSlot>.Empty,
        ImmutableDictionary<StepId, StepStanding>.Empty,
        ImmutableDictionary<EventId, ReceiptStanding>.Empty,
        []);

    /// <summary>This register's pending events that wait for the other company.</summary>
    public IEnumerable<EventEnvelope> PendingSteps() => OpenSteps.Select(step => Steps[step].Pending!);
}
