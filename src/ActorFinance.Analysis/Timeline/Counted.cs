using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// What a cut came to: the offset of the last event known at it (0: none), and the time that was asked for, else the recorded time of the
/// event at that offset (null: there is none). Only the offset makes a question repeatable.
/// </summary>
public sealed record ResolvedCut(Cut Cut, Offset Offset, Instant? Time)
{
    public Instant AsOf => Cut.AsOf;
}

/// <summary>An event that counts at a known-time cut which leaves out what it rests on.</summary>
public sealed record Ungrounded(Offset Offset, EventId Event, string Lacks);

/// <summary>State(T, K): the events that count at one cut, in fold order (effective time, rank, offset).</summary>
public sealed class Counted
{
    private readonly PlacesView _places;
    private readonly Func<StepId, RecordedEvent?> _postingOf;

    // Null while nothing lacks its ground, which is nearly always.
    private SortedDictionary<Offset, Ungrounded>? _ungrounded;

    internal Counted(Book book, ResolvedCut resolved, IReadOnlyList<RecordedEvent> events)
        : this(book.Places.View(), resolved, events, book.PostingOf)
    {
    }

    internal Counted(PlacesView places, ResolvedCut resolved, IReadOnlyList<RecordedEvent> events, Func<StepId, RecordedEvent?> postingOf)
    {
        _places = places;
        _postingOf = postingOf;
        Resolved = resolved;
        Events = events;
    }

    public ResolvedCut Resolved { get; }

    public IReadOnlyList<RecordedEvent> Events { get; }

    /// <summary>What the readers of these events found to lack its ground, in offset order.</summary>
    public IReadOnlyList<Ungrounded> IncompleteKnowledge => _ungrounded is null ? [] : [.. _ungrounded.Values];

    /// <summary>Whether the holder is a company (see <see cref="EventPlaces.IsCompany(HolderId, AsKnown)"/>), else a named outside holder.</summary>
    public bool IsCompany(HolderId holder) => _places.IsCompany(holder, Resolved.Cut.AsKnown);

    /// <summary>The event that posts the step (see <see cref="Book.PostingOf"/>).</summary>
    public RecordedEvent? PostingOf(StepId step) => _postingOf(step);

    /// <summary>Said by whoever folds these events: this one could not be applied in full. An event is listed once, with what was said first.</summary>
    public void Lacks(RecordedEvent recorded, string ground) =>
        (_ungrounded ??= []).TryAdd(recorded.Offset, new(recorded.Offset, recorded.Header.Id, ground));
}
