using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// Where every recorded event stands on the two axes, and which companies it names, without the facts themselves: about 80 bytes an event.
/// An event's index is its place in offset order. One writer; not safe for concurrent use.
/// </summary>
public sealed class EventPlaces
{
    private const int BlockLength = 4_096;

    private readonly Column<EventId> _ids = new();
    private readonly Column<long> _offsets = new();
    private readonly Column<int> _ranks = new();
    private readonly Column<long> _effective = new();
    private readonly Column<long> _recorded = new();
    private readonly Column<long> _known = new();
    private readonly List<long> _earliestKnownOfBlock = [];
    private readonly EventIdTable _indexes;
    private readonly VisibilityIndex _visibility;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Mentions> _companies = [];

    public EventPlaces()
    {
        _indexes = new(_ids);
        _visibility = new(this);
    }

    public int Count => _ids.Count;

    /// <summary>0 where there is no event.</summary>
    public Offset LastOffset => Count == 0 ? default : OffsetOf(Count - 1);

    /// <summary>Companies that an event comes from or names, whether it counts or not; each has a number below this.</summary>
    internal int CompanyCount => _companies.Count;

    /// <summary>Takes the next event and returns its index.</summary>
    /// <exception cref="ArgumentException">The offset does not follow the last, or the event id is taken: the journal was misread.</exception>
    public int Add(in PlacedEvent placed)
    {
        if (Count > 0 && placed.Offset <= LastOffset)
        {
            throw new ArgumentException($"offset {placed.Offset} does not follow {LastOffset}", nameof(placed));
        }

        var index = Count;
        var place = placed.Place;
        if (!_indexes.TryAdd(place.Id, index))
        {
            throw new ArgumentException($"event id {place.Id} at offset {placed.Offset} is taken", nameof(placed));
        }

        _ids.Add(place.Id);
        _offsets.Add(placed.Offset.Value);
        _ranks.Add(place.Rank);
        _effective.Add(place.EffectiveAt.UtcTicks);
        _recorded.Add(place.RecordedAt.UtcTicks);
        _known.Add(place.KnownAt.UtcTicks);
        if (index % BlockLength == 0)
        {
            _earliestKnownOfBlock.Add(long.MaxValue);
        }

        _earliestKnownOfBlock[^1] = Math.Min(_earliestKnownOfBlock[^1], place.KnownAt.UtcTicks);
        _visibility.AddLast(place, placed.Event);
        Mention(place.Emitter, index);
        foreach (var company in Parties.Of(placed.Event))
        {
            Mention(company, index);
        }

        return index;
    }

    public EventId IdOf(int index) => _ids[index];

    public Offset OffsetOf(int index) => new(_offsets[index]);

    public Instant EffectiveAt(int index) => new(_effective[index]);

    public Instant KnownAt(int index) => new(_known[index]);

    /// <summary>Where the event stands in fold order, with its index in place of its offset: both ascend together.</summary>
    internal FoldKey KeyOf(int index) => new(EffectiveAt(index), _ranks[index], new(index));

    /// <inheritdoc cref="VisibilityIndex.LastChanges"/>
    internal IReadOnlyList<VisibilityChange> LastChanges => _visibility.LastChanges;

    public int? Find(EventId id) => _indexes.Find(id);

    /// <summary>The event that posts the step, counting or not; null while it is not posted.</summary>
    public int? PostingOf(StepId step) => _visibility.PostingOf(step);

    public Visibility VisibilityOf(int index) => _visibility[index];

    /// <summary>When the event at this offset, or else the last one before it, was recorded; null before the first.</summary>
    public Instant? RecordedAtOf(Offset offset) => LastUpTo(offset) is >= 0 and var index ? new(_recorded[index]) : null;

    /// <summary>
    /// Whether an event known at K, of any effective time, registers the company, comes from it or names it as a company: a registration holds
    /// wherever an event that names the company counts.
    /// </summary>
    public bool IsCompany(HolderId holder, AsKnown asKnown) =>
        _numbers.TryGetValue(holder.Value, out var number) && IsCompany(number, PointOf(asKnown));

    /// <summary>What the cut comes to on this book, without counting anything.</summary>
    public ResolvedCut Resolve(Cut cut)
    {
        var known = PointOf(cut.AsKnown);
        var last = known.ByOffset ? known.LastIndex : LastKnownUpTo(known.Ticks);
        var offset = last >= 0 ? OffsetOf(last) : default;
        var time = cut.AsKnown is AsKnown.AtTime { Time: var asked } ? asked : RecordedAtOf(offset);
        return new(cut, offset, time);
    }

    internal KnownIndexes PointOf(AsKnown asKnown) => asKnown is AsKnown.AtOffset(var offset)
        ? new(KnownPoint.Of(asKnown), LastUpTo(offset))
        : new(KnownPoint.Of(asKnown), int.MaxValue);

    internal bool IsSpecial(int index) => _visibility.IsSpecial(index);

    internal bool IsCompany(int number, in KnownIndexes known)
    {
        var mentions = _companies[number];
        if (!known.ByOffset && known.Ticks < mentions.EarliestKnown)
        {
            return false;
        }

        foreach (var index in mentions.Indexes)
        {
            if (index > known.LastIndex)
            {
                return false;
            }

            if (known.Sees(this, index))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The company's number; a new one if no event has named it so far.</summary>
    internal int NumberOf(CompanyId company)
    {
        if (!_numbers.TryGetValue(company.Value, out var number))
        {
            _numbers.Add(company.Value, number = _companies.Count);
            _companies.Add(new(company));
        }

        return number;
    }

    internal int? FindNumber(CompanyId company) => _numbers.TryGetValue(company.Value, out var number) ? number : null;

    internal CompanyId CompanyOf(int number) => _companies[number].Company;

    /// <summary>The index of the last event up to the offset; -1 before the first.</summary>
    internal int LastUpTo(Offset offset)
    {
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_offsets[middle] <= offset.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    /// <summary>The last index that is known at a time, counting or not; -1 for none. Passes over whole blocks that became known later.</summary>
    private int LastKnownUpTo(long ticks)
    {
        var index = Count - 1;
        while (index >= 0)
        {
            if (_earliestKnownOfBlock[index / BlockLength] > ticks)
            {
                index = (index / BlockLength * BlockLength) - 1;
            }
            else if (_known[index] > ticks)
            {
                index--;
            }
            else
            {
                break;
            }
        }

        return index;
    }

    private void Mention(CompanyId company, int index)
    {
        var mentions = _companies[NumberOf(company)];
        mentions.Indexes.Add(index);
        mentions.EarliestKnown = Math.Min(mentions.EarliestKnown, _known[index]);
    }

    private sealed class Mentions(CompanyId company)
    {
        public CompanyId Company { get; } = company;

        public List<int> Indexes { get; } = [];

        /// <summary>No event that names the company is known before; in ticks.</summary>
        public long EarliestKnown { get; set; } = long.MaxValue;
    }
}

/// <summary>A point of knowledge on one book: on the axis of offsets it is the last index that is known.</summary>
internal readonly struct KnownIndexes(KnownPoint point, int lastIndex)
{
    public bool ByOffset => point.ByOffset;

    public long Ticks => point.Value;

    /// <summary>No event after this one is known; the greatest number on the axis of known times.</summary>
    public int LastIndex => lastIndex;

    public bool Sees(EventPlaces places, int index) =>
        places.IsSpecial(index) ? point.Sees(places.VisibilityOf(index))
        : point.ByOffset ? index <= lastIndex
        : places.KnownAt(index).UtcTicks <= point.Value;
}
