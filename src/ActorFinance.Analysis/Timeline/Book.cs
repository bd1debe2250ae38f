using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// All recorded events in offset order, each with where it counts on the two axes. Answers State(T, K) of the design's section 2 without
/// folding from the start; must equal <see cref="ReferenceFold"/> exactly. One writer; not safe for concurrent use.
/// </summary>
public sealed class Book
{
    private readonly List<RecordedEvent> _events = [];
    private readonly VisibilityIndex _visibility;
    private readonly FoldSorted<int> _foldOrder;
    private readonly Dictionary<string, List<int>> _naming = new(StringComparer.Ordinal);

    public Book()
    {
        _visibility = new(_events);
        _foldOrder = new(index => _events[index].Key);
    }

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

    /// <summary>0 for an empty book.</summary>
    public Offset LastOffset => _events.Count == 0 ? default : _events[^1].Offset;

    /// <summary>Takes the next event. Amortised constant time for events that arrive in fold order; late ones cost a merge at the next question.</summary>
    /// <exception cref="ArgumentException">The offset does not follow the last, or the event id is taken: the journal was misread.</exception>
    public void Add(RecordedEvent recorded)
    {
        if (_events.Count > 0 && recorded.Offset <= LastOffset)
        {
            throw new ArgumentException($"offset {recorded.Offset} does not follow {LastOffset}", nameof(recorded));
        }

        if (_visibility.Find(recorded.Header.Id) is not null)
        {
            throw new ArgumentException($"event id {recorded.Header.Id} at offset {recorded.Offset} is taken", nameof(recorded));
        }

        var index = _events.Count;
        _events.Add(recorded);
        _visibility.AddLast();
        _foldOrder.Add(index);
        Name(recorded.Header.Emitter, index);
        foreach (var company in Parties.Of(recorded.Event))
        {
            Name(company, index);
        }
    }

    public RecordedEvent? Find(EventId id) => _visibility.Find(id) is { } index ? _events[index] : null;

    /// <summary>The event that posts the step, counting or not; null while it is not posted.</summary>
    public RecordedEvent? PostingOf(StepId step) => _visibility.PostingOf(step) is { } index ? _events[index] : null;

    public Visibility VisibilityOf(int index) => _visibility[index];

    /// <summary>When the event at this offset, or else the last one before it, was recorded; null before the first.</summary>
    public Instant? RecordedAtOf(Offset offset) => LastUpTo(offset) is { } index ? _events[index].Header.RecordedAt : null;

    /// <summary>
    /// Whether an event known at K, of any effective time, registers the company, comes from it or names it as a company: a registration holds
    /// wherever an event that names the company counts.
    /// </summary>
    public bool IsCompany(HolderId holder, AsKnown asKnown)
    {
        if (!_naming.TryGetValue(holder.Value, out var indexes))
        {
            return false;
        }

        var known = KnownPoint.Of(asKnown);
        foreach (var index in indexes)
        {
            if (known.Sees(_visibility[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The events that count at the cut, in fold order. Linear in the events up to the cut's effective time.</summary>
    public Counted At(Cut cut)
    {
        var known = KnownPoint.Of(cut.AsKnown);
        var counting = new List<RecordedEvent>();
        foreach (var index in _foldOrder.InOrder())
        {
            var recorded = _events[index];
            if (recorded.Header.EffectiveAt > cut.AsOf)
            {
                break;
            }

            if (known.Sees(_visibility[index]))
            {
                counting.Add(recorded);
            }
        }

        return new(this, Resolve(cut), counting);
    }

    /// <summary>What the cut comes to on this book, without counting anything.</summary>
    public ResolvedCut Resolve(Cut cut)
    {
        var known = KnownPoint.Of(cut.AsKnown);
        var last = cut.AsKnown is AsKnown.AtOffset at ? LastUpTo(at.Offset) : _events.FindLastIndex(known.Knows) is >= 0 and var index ? index : null;
        var offset = last is { } found ? _events[found].Offset : default;
        var time = cut.AsKnown is AsKnown.AtTime { Time: var asked } ? asked : RecordedAtOf(offset);
        return new(cut, offset, time);
    }

    private int? LastUpTo(Offset offset)
    {
        var low = 0;
        var high = _events.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_events[middle].Offset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? null : low - 1;
    }

    private void Name(CompanyId company, int index)
    {
        if (!_naming.TryGetValue(company.Value, out var indexes))
        {
            _naming.Add(company.Value, indexes = []);
        }

        indexes.Add(index);
    }
}
