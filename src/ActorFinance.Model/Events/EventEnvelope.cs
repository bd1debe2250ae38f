using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>What an event does to the step it names.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<StepRole>))]
public enum StepRole
{
    None = 0,

    /// <summary>Counts only where the posting event counts.</summary>
    Pending = 1,

    /// <summary>The payer's event: the commit point of the step.</summary>
    Posting = 2,

    /// <summary>The payer's refusal: the step can never be posted.</summary>
    Refusing = 3,

    /// <summary>The register's note that the step is over.</summary>
    Closing = 4,
}

[JsonConverter(typeof(KebabCaseEnumConverter<Confidence>))]
public enum Confidence
{
    High = 1,
    Medium = 2,
    Low = 3,
}

/// <summary>
/// What every event carries beside its fact. <paramref name="PreviousHash"/> is the hash of the event before it in its company's
/// journal, 32 zero bytes for the first (design, section 4).
/// </summary>
public sealed record EventHeader(
    EventId Id,
    CompanyId Emitter,
    long SequenceNumber,
    Instant EffectiveAt,
    int Rank,
    Instant RecordedAt,
    Instant KnownAt,
    DealId? Deal,
    string? Leg,
    string? Tranche,
    StepId? Step,
    StepRole Role,
    CommandId Command,
    Digest CommandDigest,
    EventId? Causation,
    string? Source,
    Confidence? Confidence,
    string? IssuedBy,
    Digest PreviousHash);

/// <summary>A fact with its particulars, as one company journalled it.</summary>
public sealed record EventEnvelope(EventHeader Header, CompanyEvent Event);

/// <summary>An event with its place in the journal's global order.</summary>
public sealed record RecordedEvent(Offset Offset, EventEnvelope Envelope)
{
    public EventHeader Header => Envelope.Header;

    public CompanyEvent Event => Envelope.Event;

    public FoldKey Key => new(Header.EffectiveAt, Header.Rank, Offset);
}
