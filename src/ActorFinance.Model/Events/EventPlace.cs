namespace ActorFinance.Model;

/// <summary>
/// The part of an event's header that says where the event stands: who emitted it, when it holds, when it was recorded and known, and what it
/// does to a step. It is a third of a header, and all that figures over time need of one.
/// </summary>
public readonly record struct EventPlace(
    EventId Id,
    CompanyId Emitter,
    Instant EffectiveAt,
    int Rank,
    Instant RecordedAt,
    Instant KnownAt,
    StepId? Step,
    StepRole Role)
{
    public static EventPlace Of(EventHeader header) =>
        new(header.Id, header.Emitter, header.EffectiveAt, header.Rank, header.RecordedAt, header.KnownAt, header.Step, header.Role);
}

/// <summary>A fact with where it stands, on both time axes and in the journal's global order.</summary>
public readonly record struct PlacedEvent(Offset Offset, EventPlace Place, CompanyEvent Event)
{
    public static PlacedEvent Of(RecordedEvent recorded) => new(recorded.Offset, EventPlace.Of(recorded.Header), recorded.Event);
}
