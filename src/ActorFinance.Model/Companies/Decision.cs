using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>What an order's events all carry: taken from the command, or from the pending event of the step.</summary>
public sealed record EventParticulars(
    Instant EffectiveAt,
    int Rank,
    Instant? KnownAt,
    DealId? Deal,
    string? Leg,
    string? Tranche,
    CommandId Command,
    Digest CommandDigest,
    EventId? Causation,
    string? Source,
    Confidence? Confidence,
    string? IssuedBy)
{
    /// <summary>Whether the event answers another company's, or its own pending one: its known time was then fixed by that event, not stated by a writer.</summary>
    public bool IsAnswer { get; init; }

    public static EventParticulars Of(CommandEnvelope command, Digest digest) => new(
        command.EffectiveAt,
        command.Rank,
        command.KnownAt,
        command.Deal,
        command.Leg,
        command.Tranche,
        command.Id,
        digest,
        command.Causation,
        command.Source,
        command.Confidence,
        command.IssuedBy);

    /// <summary>For the events that answer this one: same times, caused by it.</summary>
    public static EventParticulars Answering(EventHeader header) => new(
        header.EffectiveAt,
        header.Rank,
        header.KnownAt,
        header.Deal,
        header.Leg,
        header.Tranche,
        header.Command,
        header.CommandDigest,
        header.Id,
        header.Source,
        header.Confidence,
        header.IssuedBy)
    {
        IsAnswer = true,
    };
}

/// <summary>A fact decided and not yet written: ids, sequence number, recorded time and hash are the envelope's business.</summary>
public sealed record EventDraft(CompanyEvent Event, EventParticulars Particulars, StepId? Step = null, StepRole Role = StepRole.None);

/// <summary>The other company's side of a step: what <paramref name="Poster"/> must write to post it.</summary>
public sealed record StepOrder(StepId Step, CompanyId Register, CompanyId Poster, CompanyEvent Payment, EventParticulars Particulars)
{
    /// <summary>The same step as ordered by a receiver that has joined it.</summary>
    public StepOrder ToJoin(CompanyId receiver) => this with { Register = receiver };
}

public abstract record Decision
{
    private Decision()
    {
    }

    public sealed record Accepted(ImmutableArray<EventDraft> Events) : Decision;

    public sealed record Refused(Refusal Refusal) : Decision;

    /// <summary>The command was accepted before.</summary>
    public sealed record Repeated(CommandOutcome Outcome) : Decision;

    /// <summary>A step: ask the poster for a dry decision, then write the pending event.</summary>
    public sealed record OpensStep(EventDraft Pending, CompanyId Poster, CompanyEvent Payment) : Decision;

    /// <summary>A void that the other company must open: hand the command to it.</summary>
    public sealed record OpensAt(CompanyId Register, EventId Payment, StepId? Step) : Decision;

    public static implicit operator Decision(Refusal refusal) => new Refused(refusal);

    public static Decision Accept(EventDraft draft) => new Accepted([draft]);
}

/// <summary>What a decision may know of other companies: whether one is registered, and under which policy. Null: not registered.</summary>
public delegate CashPolicy? Counterparts(CompanyId company);
