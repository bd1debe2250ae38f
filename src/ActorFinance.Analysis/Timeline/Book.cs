using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// All recorded events in offset order, each with where it counts on the two axes. Answers State(T, K) of the design's section 2 without
/// folding from the start; must equal <see cref="ReferenceFold"/> exactly. One writer; not safe for concurrent use.
/// </summary>
public sealed class Book
{
    private readonly List<RecordedEvent> _events = [];
    private readonly FoldSorted<int> _foldOrder;

    public Book() => _foldOrder = new(index => _events[index].Key);

    public Book(IEnumerable<RecordedEvent> events)
        : this()
    {
        foreach (var recorded in events)
        {
            Add(recorded);
        }
    }

    /// <summary>Everything recorded, in offset order, whether it counts or not. An event's place here is its index.</summary>
    public IReadOnlyList<RecordedEvent> Recorded => _events;

    /// <summary>Where the events stand; their indexes are the same.</summary>
    public EventPlaces Places { get; } = new();

    /// <summary>0 for an empty book.</summary>
    public Offset LastOffset => Places.LastOffset;

    /// <summary>Takes the next event. Amortised constant time for events that arrive in fold order; late ones cost a merge at the next question.</summary>
    /// <exception cref="ArgumentException">The offset does not follow the last, or the event id is taken: the journal was misread.</exception>
    public void Add(RecordedEvent recorded)
    {
        var index = Places.Add(PlacedEvent.Of(recorded));
        _events.Add(recorded);
        _foldOrder.Add(index);
    }

    public RecordedEvent? Find(EventId id) => Places.Find(id) is { } index ? _events[index] : null;

    /// <summary>The event that posts the step, counting or not; null while it is not posted.</summary>
    public RecordedEvent? PostingOf(StepId step) => Places.PostingOf(step) is { } index ? _events[index] : null;

    public Visibility VisibilityOf(int index) => Places.VisibilityOf(index);

    /// <summary>When the event at this offset, or else the last one before it, was recorded; null before the first.</summary>
    public Instant? RecordedAtOf(Offset offset) => Places.RecordedAtOf(offset);

    /// <summary>See <see cref="EventPlaces.IsCompany(HolderId, AsKnown)"/>.</summary>
    public bool IsCompany(HolderId holder, AsKnown asKnown) => Places.IsCompany(holder, asKnown);

    /// <summary>The events that count at the cut, in fold order. Linear in the events up to the cut's effective time.</summary>
    public Counted At(Cut cut)
    {
        var known = Places.PointOf(cut.AsKnown);
        var counting = new List<RecordedEvent>();
        foreach (var index in _foldOrder.InOrder())
        {
            var recorded = _events[index];
            if (recorded.Header.EffectiveAt > cut.AsOf)
            {
                break;
            }

            if (known.Sees(Places, index))
            {
                counting.Add(recorded);
            }
        }

        return new(this, Resolve(cut), counting);
    }

    /// <summary>See <see cref="EventPlaces.Resolve(ActorFinance.Model.Cut)"/>.</summary>
    public ResolvedCut Resolve(Cut cut) => Places.Resolve(cut);
}
