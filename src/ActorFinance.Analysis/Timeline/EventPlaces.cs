using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// Where every recorded event stands on the two axes, and which companies it names, without the facts themselves: about 80 bytes an event.
/// An event's index is its place in offset order. One writer; other threads may ask about the events below a count that they learnt of by a
/// published snapshot.
/// </summary>
public sealed class EventPlaces
{
    private const int BlockLength = 4_096;
    private const int NearLength = 1_024;

    private readonly Column<EventKey> _ids = new();
    private readonly Column<long> _offsets = new();
    private readonly Column<int> _ranks = new();
    private readonly Column<long> _effective = new();
    private readonly Column<long> _recorded = new();
    private readonly Column<long> _known = new();
    private readonly Column<long> _earliestKnownOfBlock = new();
    private readonly EventIdTable _indexes;
    private readonly VisibilityIndex _visibility;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private CompanyMentions[] _companies = new CompanyMentions[16];
    private int _companyCount;
    private CompanyOrder? _order;

    // By the number of the company.
    private readonly Gathered<Mention> _mentions = new();

    // Names that were looked up, by the very string: a journal's reader gives the same one for the same name, and telling that takes a fifth of looking into it.
    private readonly Near[] _near = new Near[NearLength];

    // The two companies that were mentioned last.
    private string? _nameLast;
    private string? _nameBefore;
    private int _numberLast;
    private int _numberBefore;

    public EventPlaces()
    {
        _indexes = new(_ids);
        _visibility = new(this);
    }

    public int Count => _ids.Count;

    /// <summary>0 where there is no event.</summary>
    public Offset LastOffset => Count == 0 ? default : OffsetOf(Count - 1);

    /// <summary>Companies that an event comes from or names, whether it counts or not; each has a number below this.</summary>
    internal int CompanyCount => _companyCount;

    /// <summary>What there is by now, for other threads. O(1), but for companies that are new since the last.</summary>
    /// <exception cref="ArgumentException">An event id is there twice.</exception>
    public PlacesView View()
    {
        RequireUnique(_indexes.TakeInWaiting());
        TakeInMentions();
        if (_order is null || _order.Numbers.Length != _companyCount)
        {
            _order = new(this);
        }

        return new(this, _order);
    }

    /// <summary>So many more will come, or about so many: what is of one size for all of them is made at once.</summary>
    public void Expect(int more) => _indexes.Expect(more);

    /// <summary>Takes the next event and returns its index.</summary>
    /// <exception cref="ArgumentException">
    /// The offset does not follow the last, or an event id is there twice, which shows at the next <see cref="View"/> at the latest: the journal was misread.
    /// </exception>
    public int Add(in PlacedEvent placed)
    {
        if (Count > 0 && placed.Offset <= LastOffset)
        {
            throw new ArgumentException($"offset {placed.Offset} does not follow {LastOffset}", nameof(placed));
        }

        var index = Count;
        var place = placed.Place;
        _ids.Add(EventKey.Of(place.Id));
        _offsets.Add(placed.Offset.Value);
        _ranks.Add(place.Rank);
        _effective.Add(place.EffectiveAt.UtcTicks);
        _recorded.Add(place.RecordedAt.UtcTicks);
        var known = place.KnownAt.UtcTicks;
        _known.Add(known);
        if (index % BlockLength == 0)
        {
            _earliestKnownOfBlock.Add(long.MaxValue);
        }

        ref var earliest = ref _earliestKnownOfBlock[index / BlockLength];
        earliest = Math.Min(earliest, known);
        RequireUnique(_indexes.AddLast());
        _visibility.AddLast(place, placed.Event);
        AddMention(place.Emitter, index, known);
        Parties.Of(placed.Event, out var first, out var second);
        if (first is { } one)
        {
            AddMention(one, index, known);
        }

        if (second is { } other)
        {
            AddMention(other, index, known);
        }

        return index;
    }

    public EventId IdOf(int index) => _ids[index].Id;

    public Offset OffsetOf(int index) => new(_offsets[index]);

    public Instant EffectiveAt(int index) => new(_effective[index]);

    internal Instant RecordedAtOf(int index) => new(_recorded[index]);

    internal long KnownTicksOf(int index) => _known[index];

    /// <summary>Where the event stands in fold order, with its index in place of its offset: both ascend together.</summary>
    internal FoldKey KeyOf(int index) => new(EffectiveAt(index), _ranks[index], new(index));

    /// <summary>Where the event stands in fold order, by its offset.</summary>
    internal FoldKey FoldKeyOf(int index) => new(EffectiveAt(index), _ranks[index], OffsetOf(index));

    /// <inheritdoc cref="VisibilityIndex.ChangeCount"/>
    internal int ChangeCount => _visibility.ChangeCount;

    /// <inheritdoc cref="VisibilityIndex.ChangedAt"/>
    internal int ChangedAt(int change) => _visibility.ChangedAt(change);

    public int? Find(EventId id) => _indexes.Find(EventKey.Of(id));

    /// <summary>The event that posts the step, counting or not; null while it is not posted.</summary>
    public int? PostingOf(StepId step) => PostingOf(step, Count);

    internal int? PostingOf(StepId step, int count) => _visibility.PostingOf(step, count);

    public Visibility VisibilityOf(int index) => _visibility[index];

    /// <summary>As the first so many events have it.</summary>
    internal Visibility VisibilityOf(int index, int count) => _visibility.At(index, count);

    /// <summary>When the event at this offset, or else the last one before it, was recorded; null before the first.</summary>
    public Instant? RecordedAtOf(Offset offset) => LastUpTo(offset, Count) is >= 0 and var index ? new(_recorded[index]) : null;

    /// <summary>
    /// Whether an event known at K, of any effective time, registers the company, comes from it or names it as a company: a registration holds
    /// wherever an event that names the company counts.
    /// </summary>
    public bool IsCompany(HolderId holder, AsKnown asKnown)
    {
        TakeInMentions();
        return _numbers.TryGetValue(holder.Value, out var number) && IsCompany(number, PointOf(asKnown));
    }

    /// <summary>What the cut comes to on this book, without counting anything.</summary>
    public ResolvedCut Resolve(Cut cut) => Resolve(cut, Count);

    /// <summary>What the cut comes to on the first so many events.</summary>
    internal ResolvedCut Resolve(Cut cut, int count)
    {
        var known = PointOf(cut.AsKnown, count);
        var last = known.ByOffset ? known.LastIndex : LastKnownUpTo(known.Ticks, count);
        var time = cut.AsKnown is AsKnown.AtTime { Time: var asked } ? asked : last >= 0 ? new(_recorded[last]) : (Instant?)null;
        return new(cut, last >= 0 ? OffsetOf(last) : default, time);
    }

    internal KnownIndexes PointOf(AsKnown asKnown) => PointOf(asKnown, Count);

    /// <summary>The point on the first so many events.</summary>
    internal KnownIndexes PointOf(AsKnown asKnown, int count)
    {
        var point = KnownPoint.Of(asKnown);
        return new(point.ByOffset, point.Value, point.ByOffset ? LastUpTo(new(point.Value), count) : count - 1, count);
    }

    internal bool IsSpecial(int index) => _visibility.IsSpecial(index);

    internal bool IsCompany(int number, in KnownIndexes known) => Volatile.Read(ref _companies)[number].CountAt(this, known);

    /// <summary>The company's number; a new one if no event has named it so far.</summary>
    internal int NumberOf(CompanyId company)
    {
        // Whoever takes in an event asks for the numbers of the companies that it names, which were just looked up.
        if (ReferenceEquals(company.Value, _nameLast))
        {
            return _numberLast;
        }

        if (ReferenceEquals(company.Value, _nameBefore))
        {
            return _numberBefore;
        }

        ref var near = ref _near[NearOf(company.Value)];
        if (ReferenceEquals(company.Value, near.Name))
        {
            return near.Number;
        }

        if (!_numbers.TryGetValue(company.Value, out var number))
        {
            number = _companyCount;
            _numbers.Add(company.Value, number);
            if (number == _companies.Length)
            {
                var larger = new CompanyMentions[number * 2];
                _companies.CopyTo(larger, 0);
                Volatile.Write(ref _companies, larger);
            }

            _companies[number] = new(company);
            _companyCount++;
        }

        near = new(company.Value, number);
        return number;
    }

    /// <summary>Of a name's last letters, in which names differ.</summary>
    private static int NearOf(string name)
    {
        var hash = 0;
        for (var i = Math.Max(0, name.Length - 4); i < name.Length; i++)
        {
            hash = (hash * 37) + name[i];
        }

        return hash & (NearLength - 1);
    }

    internal int? FindNumber(CompanyId company) => _numbers.TryGetValue(company.Value, out var number) ? number : null;

    internal CompanyId CompanyOf(int number) => Volatile.Read(ref _companies)[number].Company;

    /// <summary>The index of the last event up to the offset; -1 before the first.</summary>
    internal int LastUpTo(Offset offset) => LastUpTo(offset, Count);

    /// <summary>Among the first so many events.</summary>
    private int LastUpTo(Offset offset, int count)
    {
        // Offsets ascend from 1, so an event's place is below its offset: right below it as long as none was left out.
        var low = 0;
        var high = (int)Math.Clamp(offset.Value, 0, count);
        if (high > 0 && _offsets[high - 1] <= offset.Value)
        {
            return high - 1;
        }

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
    private int LastKnownUpTo(long ticks, int count)
    {
        var index = count - 1;
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

    private void AddMention(CompanyId company, int index, long knownTicks)
    {
        // The number first: a new company may need a larger array.
        var number = NumberOf(company);
        (_nameBefore, _numberBefore) = (_nameLast, _numberLast);
        (_nameLast, _numberLast) = (company.Value, number);
        if (_mentions.Add(number, new(index, knownTicks)))
        {
            TakeInMentions();
        }
    }

    /// <summary>A book that is no longer written may be asked by several threads at once: one of them does it.</summary>
    private void TakeInMentions()
    {
        if (_mentions.Count == 0)
        {
            return;
        }

        lock (_mentions)
        {
            foreach (var waiting in _mentions.Order(_companyCount))
            {
                ref readonly var mention = ref _mentions.Item(waiting);
                _companies[_mentions.Owner(waiting)].Add(mention.Index, mention.KnownTicks);
            }

            _mentions.Clear();
        }
    }

    private void RequireUnique(int second)
    {
        if (second >= 0)
        {
            throw new ArgumentException($"event id {IdOf(second)} at offset {OffsetOf(second)} is taken");
        }
    }

    public void Save(StateWriter writer)
    {
        TakeInMentions();
        _ids.Save(writer);
        _offsets.Save(writer);
        _ranks.Save(writer);
        _effective.Save(writer);
        _recorded.Save(writer);
        _known.Save(writer);
        _earliestKnownOfBlock.Save(writer);
        _visibility.Save(writer);
        writer.Write((long)_companyCount);
        for (var number = 0; number < _companyCount; number++)
        {
            writer.Write(_companies[number].Company.Value);
            _companies[number].Save(writer);
        }
    }

    /// <summary>What <see cref="Save"/> wrote, into places that have no event.</summary>
    public void Load(StateReader reader)
    {
        _ids.Load(reader);
        _offsets.Load(reader);
        _ranks.Load(reader);
        _effective.Load(reader);
        _recorded.Load(reader);
        _known.Load(reader);
        _earliestKnownOfBlock.Load(reader);
        _visibility.Load(reader);
        for (var left = reader.Count(); left > 0; left--)
        {
            var number = NumberOf(Value.Parse<CompanyId>(reader.Text()));
            _companies[number].Load(reader);
        }
    }

    private readonly struct Near(string name, int number)
    {
        public string? Name { get; } = name;

        public int Number { get; } = number;
    }

    private readonly struct Mention(int index, long knownTicks)
    {
        public int Index { get; } = index;

        public long KnownTicks { get; } = knownTicks;
    }
}
