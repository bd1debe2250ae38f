using System.Collections.Concurrent;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What branches of one journal at one point of knowledge share: the events that count there, found by deal, company, type, step, tranche and time. Each
/// list is made when it is first asked for and never changes, so that a branch costs what its edits touch. Any number of threads may ask.
/// </summary>
public sealed class BranchBase
{
    private readonly Book _book;
    private readonly Lazy<RecordedEvent[]> _inOffsetOrder;
    private readonly Lazy<Dictionary<CompanyId, List<RecordedEvent>>> _byEmitter;
    private readonly Lazy<Dictionary<CompanyId, List<RecordedEvent>>> _byParty;
    private readonly Lazy<Dictionary<DealId, List<RecordedEvent>>> _byDeal;
    private readonly Lazy<Dictionary<Type, List<RecordedEvent>>> _byType;
    private readonly Lazy<Dictionary<StepId, List<RecordedEvent>>> _byStep;
    private readonly Lazy<Dictionary<(DealId Deal, string Tranche), List<RecordedEvent>>> _byTranche;
    private readonly Lazy<RecordedEvent[]> _reverseLegs;
    private readonly Lazy<Instant> _lastRecordedAt;
    private readonly Dictionary<CompanyId, CheckedTimeline> _timelines = [];
    private readonly Lock _judging = new();
    private readonly ConcurrentDictionary<CompanyId, ILookup<Offset, (ExactRatio Price, int Decimals)>> _issuePrices = new();

    /// <summary>Facts of steps and voids that do not count at the point of knowledge are no part of it.</summary>
    /// <param name="book">Which may be a branch's own: a branch of a branch.</param>
    /// <param name="asKnown">The point of knowledge to build on.</param>
    public BranchBase(Book book, AsKnown asKnown)
    {
        _book = book;
        var counted = book.At(new Cut(Instant.Maximum, asKnown));
        Resolved = counted.Resolved;
        InFoldOrder = counted.Events.Where(recorded => recorded.Event is not (EventVoided or StepRefused)).ToArray();
        _inOffsetOrder = new(() => [.. InFoldOrder.OrderBy(recorded => recorded.Offset)]);
        _byEmitter = new(() => Listed<CompanyId>(recorded => [recorded.Header.Emitter]));
        _byParty = new(() => Listed(PartiesOf));
        _byDeal = new(() => Listed(recorded => recorded.Header.Deal is { } deal ? (DealId[])[deal] : []));
        _byType = new(() => Listed<Type>(recorded => [recorded.Event.GetType()]));
        _byStep = new(() => Listed(recorded => recorded.Header.Step is { } step ? (StepId[])[step] : []));
        _byTranche = new(() => Listed(recorded => recorded.Header is { Deal: { } deal, Tranche: { } tranche } ? ((DealId, string)[])[(deal, tranche)] : []));
        _reverseLegs = new(() => [.. OfType(typeof(DealAnnounced)).Concat(OfType(typeof(DealContracted))).Where(LinkedLegs.NamesReverse)]);
        _lastRecordedAt = new(() => InFoldOrder.Select(recorded => recorded.Header.RecordedAt).DefaultIfEmpty(Instant.Minimum).Max());
    }

    /// <summary>The point of knowledge; its offset makes a branch repeatable.</summary>
    public ResolvedCut Resolved { get; }

    public IReadOnlyList<RecordedEvent> InFoldOrder { get; }

    internal IReadOnlyList<RecordedEvent> InOffsetOrder => _inOffsetOrder.Value;

    internal Instant LastRecordedAt => _lastRecordedAt.Value;

    internal IEnumerable<CompanyId> Emitters => _byEmitter.Value.Keys;

    internal IEnumerable<DealId> Deals => _byDeal.Value.Keys;

    internal IEnumerable<Type> Types => _byType.Value.Keys;

    /// <summary>Deals that name their reverse leg.</summary>
    internal IReadOnlyList<RecordedEvent> ReverseLegs => _reverseLegs.Value;

    internal RecordedEvent? Find(Offset offset)
    {
        // Offsets have few holes: an event stands as far from the first one as its offset does, or a little before that.
        var (events, distance) = (_inOffsetOrder.Value, offset.Value - (InOffsetOrder.Count == 0 ? 0 : InOffsetOrder[0].Offset.Value));
        var high = (int)Math.Min(distance, events.Length - 1);
        var low = high;
        for (var step = 1; low >= 0 && events[low].Offset > offset; step *= 2)
        {
            (low, high) = (low - step, low - 1);
        }

        for (low = Math.Max(low, 0); low < high;)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = events[middle].Offset > offset ? (low, middle - 1) : (middle, high);
        }

        return high >= 0 && events[low].Offset == offset ? events[low] : null;
    }

    /// <summary>What it emitted, in fold order; so are all lists here.</summary>
    internal IReadOnlyList<RecordedEvent> EmittedBy(CompanyId company) => _byEmitter.Value.GetValueOrDefault(company) ?? [];

    /// <summary>What it emitted, and what pays or promises money to it.</summary>
    internal IReadOnlyList<RecordedEvent> OfParty(CompanyId company) => _byParty.Value.GetValueOrDefault(company) ?? [];

    internal IReadOnlyList<RecordedEvent> OfDeal(DealId deal) => _byDeal.Value.GetValueOrDefault(deal) ?? [];

    internal IReadOnlyList<RecordedEvent> OfType(Type type) => _byType.Value.GetValueOrDefault(type) ?? [];

    internal IReadOnlyList<RecordedEvent> OfStep(StepId step) => _byStep.Value.GetValueOrDefault(step) ?? [];

    internal IReadOnlyList<RecordedEvent> OfTranche(DealId deal, string tranche) => _byTranche.Value.GetValueOrDefault((deal, tranche)) ?? [];

    /// <summary>From the first to the last tick, both included.</summary>
    internal IReadOnlyList<RecordedEvent> Between(Instant from, Instant to)
    {
        var (start, end) = (FirstNotBefore(from), to == Instant.Maximum ? InFoldOrder.Count : FirstNotBefore(new(to.UtcTicks + 1)));
        return new ArraySegment<RecordedEvent>((RecordedEvent[])InFoldOrder, start, Math.Max(0, end - start));
    }

    /// <summary>Those that the selector may match: the shortest of the lists that hold them all.</summary>
    internal IEnumerable<RecordedEvent> Candidates(EventSelector selector)
    {
        if (selector.Events.Count > 0)
        {
            return selector.Events.Select(id => _book.Find(id)).OfType<RecordedEvent>().Where(recorded => Find(recorded.Offset) == recorded);
        }

        var lists = new List<IReadOnlyList<IReadOnlyList<RecordedEvent>>> { (IReadOnlyList<RecordedEvent>[])[Between(selector.From ?? Instant.Minimum, selector.To ?? Instant.Maximum)] };
        void Add<T>(IReadOnlyCollection<T> wanted, Func<T, IReadOnlyList<RecordedEvent>> list)
        {
            if (wanted.Count > 0)
            {
                lists.Add([.. wanted.Distinct().Select(list)]);
            }
        }

        Add(selector.Deals, OfDeal);
        Add(selector.Companies, OfParty);
        Add(selector.Payer is { } payer ? [payer] : (CompanyId[])[], OfParty);
        Add(selector.Payee is { } payee ? [payee] : (CompanyId[])[], OfParty);
        Add([.. Types.Where(type => selector.Types.Contains(TypeNames.Of(type)))], OfType);
        return lists.MinBy(list => list.Sum(part => part.Count))!.SelectMany(part => part);
    }

    /// <summary>The company's facts as the base leaves them, judged once.</summary>
    internal CheckedTimeline TimelineOf(CompanyId company)
    {
        lock (_judging)
        {
            if (!_timelines.TryGetValue(company, out var timeline))
            {
                _timelines.Add(company, timeline = new(company, EmittedBy(company)));
            }

            return timeline;
        }
    }

    /// <inheritdoc cref="IssuePrices.Of" />
    internal ILookup<Offset, (ExactRatio Price, int Decimals)> IssuePricesOf(CompanyId issuer) =>
        _issuePrices.GetOrAdd(issuer, company => IssuePrices.Of(company, EmittedBy(company)));

    internal static IEnumerable<CompanyId> PartiesOf(RecordedEvent recorded)
    {
        var parties = EventParties.Of(recorded);
        return new[] { recorded.Header.Emitter, parties?.From, parties?.To }.OfType<CompanyId>().Distinct();
    }

    private int FirstNotBefore(Instant at)
    {
        var (low, high) = (0, InFoldOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = InFoldOrder[middle].Header.EffectiveAt < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private Dictionary<TKey, List<RecordedEvent>> Listed<TKey>(Func<RecordedEvent, IEnumerable<TKey>> keysOf)
        where TKey : notnull
    {
        var lists = new Dictionary<TKey, List<RecordedEvent>>();
        foreach (var recorded in InFoldOrder)
        {
            foreach (var key in keysOf(recorded))
            {
                if (!lists.TryGetValue(key, out var list))
                {
                    lists.Add(key, list = []);
                }

                list.Add(recorded);
            }
        }

        return lists;
    }
}
