using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>An event behind a figure: its place in the journal and its id.</summary>
public readonly record struct EventReference(Offset Offset, EventId Event)
{
    public static EventReference Of(RecordedEvent recorded) => new(recorded.Offset, recorded.Header.Id);
}
