using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>Whole events of a few kinds, of which a book has few: deals and promises, rates, the companies themselves. One writer; others ask what it published.</summary>
/// <param name="places">Where all events stand, these among them.</param>
public sealed class KeptEvents(EventPlaces places)
{
    private readonly List<(int Index, RecordedEvent Event)> _events = [];
    private Published _published = new([]);

    /// <summary>Each with its event's place, in offset order.</summary>
    public IReadOnlyList<(int Index, RecordedEvent Event)> Events => _events;

    /// <summary>Takes the event that the places took last.</summary>
    public void AddLast(RecordedEvent recorded) => Add(places.Count - 1, recorded);

    /// <summary>Takes an event that the places have, behind those that were taken before.</summary>
    public void Add(int index, RecordedEvent recorded) => _events.Add((index, recorded));

    /// <summary>For any thread: what was taken by now. O(kept events) where some are new.</summary>
    public KeptView Publish()
    {
        if (_published.ByOffset.Length != _events.Count)
        {
            _published = new([.. _events]);
        }

        return new(places.View(), _published);
    }

    /// <inheritdoc cref="KeptView.At"/>
    public Counted At(Cut cut) => Publish().At(cut);

    public void Save(StateWriter writer, IEventBytes bytes)
    {
        writer.Write((long)_events.Count);
        foreach (var (index, recorded) in _events)
        {
            writer.Write((long)index);
            bytes.Write(writer, recorded.Envelope);
        }
    }

    /// <summary>As <see cref="Save"/> wrote them.</summary>
    public static KeptEvents Load(EventPlaces places, StateReader reader, IEventBytes bytes)
    {
        var kept = new KeptEvents(places);
        for (var left = reader.Count(); left > 0; left--)
        {
            var index = (int)reader.Long();
            kept.Add(index, new(places.OffsetOf(index), bytes.Read(reader)));
        }

        return kept;
    }

    internal sealed class Published((int Index, RecordedEvent Event)[] byOffset)
    {
        private readonly Lazy<(int Index, RecordedEvent Event)[]> _inFoldOrder = new(() => byOffset.Length < 2 ? byOffset : [.. byOffset.OrderBy(kept => kept.Event.Key)]);

        public (int Index, RecordedEvent Event)[] ByOffset => byOffset;

        public (int Index, RecordedEvent Event)[] InFoldOrder => _inFoldOrder.Value;
    }
}

/// <summary>The kept events at one moment: for any number of threads, and never changing.</summary>
public sealed class KeptView
{
    private readonly PlacesView _places;
    private readonly KeptEvents.Published _events;

    internal KeptView(PlacesView places, KeptEvents.Published events) => (_places, _events) = (places, events);

    /// <summary>Each once, in offset order, whether it counts or not.</summary>
    public IEnumerable<RecordedEvent> Recorded => _events.ByOffset.Select(kept => kept.Event);

    /// <summary>Those that count at the cut, in fold order.</summary>
    public Counted At(Cut cut)
    {
        var known = _places.PointOf(cut.AsKnown);
        var counting = new List<RecordedEvent>();
        foreach (var (index, recorded) in _events.InFoldOrder)
        {
            if (recorded.Header.EffectiveAt > cut.AsOf)
            {
                break;
            }

            if (known.Sees(_places.Places, index))
            {
                counting.Add(recorded);
            }
        }

        return new(_places, _places.Resolve(cut), counting, PostingOf);
    }

    /// <summary>
    /// Null also for a posting event that is not kept: of the kinds kept for promises that is one that draws nothing, and nobody asks for more than whether it draws.
    /// </summary>
    private RecordedEvent? PostingOf(StepId step)
    {
        if (_places.PostingOf(step) is not { } index)
        {
            return null;
        }

        var events = _events.ByOffset;
        var (low, high) = (0, events.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = events[middle].Index < index ? (middle + 1, high) : (low, middle);
        }

        return low < events.Length && events[low].Index == index ? events[low].Event : null;
    }
}
