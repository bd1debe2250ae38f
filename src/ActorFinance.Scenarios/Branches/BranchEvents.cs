using System.Security.Cryptography;
using System.Text;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// The events of a branch while its edits are applied: those of the base, and over them what was changed, dropped and added, by offset; and by which
/// edit each was last touched.
/// </summary>
internal sealed class BranchEvents(BranchBase based, BranchWork? work = null)
{
    private readonly Dictionary<Offset, Over> _over = [];
    private readonly Dictionary<CompanyId, List<Over>> _overOf = [];
    private readonly HashSet<CompanyId> _unjudged = [];
    private long _last = based.InOffsetOrder.Count == 0 ? 0 : based.InOffsetOrder[^1].Offset.Value;
    private long _count = based.InOffsetOrder.Count;

    public BranchBase Base => based;

    public BranchWork Work { get; } = work ?? new(progress: null);

    /// <summary>Facts that lost their ground so far; they are dropped.</summary>
    public List<Misfit> Misfits { get; } = [];

    /// <summary>These facts as they were when they lost it.</summary>
    public Dictionary<EventId, RecordedEvent> Lost { get; } = [];

    public Instant LastRecordedAt { get; private set; } = based.LastRecordedAt;

    /// <summary>When the last of the branch happens; null when nothing does.</summary>
    public Instant? LastEffectiveAt => Among(based.InFoldOrder, _ => true).Select(recorded => (Instant?)recorded.Header.EffectiveAt).Max();

    public RecordedEvent? Find(Offset offset) => _over.TryGetValue(offset, out var over) ? over.Now : based.Find(offset);

    /// <summary>Those of some events of the base that are as they were, and those that were changed or added and belong to them.</summary>
    public IEnumerable<RecordedEvent> Among(IEnumerable<RecordedEvent> ofBase, Func<RecordedEvent, bool> belongs) =>
        _over.Count == 0 ? ofBase : ofBase.Where(recorded => !_over.ContainsKey(recorded.Offset)).Concat(_over.Values.Select(over => over.Now).OfType<RecordedEvent>().Where(belongs));

    /// <summary>In offset order.</summary>
    public List<RecordedEvent> Matching(EventSelector selector)
    {
        var matching = Among(based.Candidates(selector).Where(recorded => Work.Looks() && selector.Matches(recorded)), selector.Matches).ToList();
        matching.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        return matching;
    }

    /// <summary>So many events will be changed: room is made for them at once.</summary>
    public void Expect(int events)
    {
        Work.Expect(events);
        _over.EnsureCapacity(_over.Count + events);
    }

    /// <summary>Whether something that the company emitted is another than in the base.</summary>
    public bool Touches(CompanyId company) => _overOf.ContainsKey(company);

    /// <summary>What the company emitted, in fold order.</summary>
    public List<RecordedEvent> EmittedBy(CompanyId company)
    {
        if (!_overOf.TryGetValue(company, out var touched))
        {
            return [.. based.EmittedBy(company)];
        }

        // Both are in order already: where a branch touches many companies, sorting each anew is what would take the time.
        var came = InOrder(touched.Select(over => over.Now).OfType<RecordedEvent>());
        var (merged, next) = (new List<RecordedEvent>(), 0);
        foreach (var recorded in based.EmittedBy(company))
        {
            if (!_over.ContainsKey(recorded.Offset))
            {
                for (; next < came.Count && came[next].Key < recorded.Key; next++)
                {
                    merged.Add(came[next]);
                }

                merged.Add(recorded);
            }
        }

        merged.AddRange(came.Skip(next));
        return merged;
    }

    /// <summary>What the company emitted, or is paid or promised by, in fold order.</summary>
    public List<RecordedEvent> OfParty(CompanyId company) => InOrder(Among(based.OfParty(company), recorded => BranchBase.PartiesOf(recorded).Contains(company)));

    public List<RecordedEvent> OfDeal(DealId deal) => InOrder(Among(based.OfDeal(deal), recorded => recorded.Header.Deal == deal));

    /// <summary>The event that posts a step of the branch.</summary>
    public EventId PostingOf(StepId step) =>
        Among(based.OfStep(step), recorded => recorded.Header.Step == step).First(recorded => recorded.Header.Role == StepRole.Posting).Header.Id;

    /// <summary>Of these types of event, in fold order.</summary>
    public List<RecordedEvent> OfTypes(params Type[] types) => InOrder(Among(types.SelectMany(based.OfType), recorded => types.Contains(recorded.Event.GetType())));

    /// <summary>From that time on, in fold order.</summary>
    public List<RecordedEvent> From(Instant at) => InOrder(Among(based.Between(at, Instant.Maximum), recorded => recorded.Header.EffectiveAt >= at));

    /// <summary>Some of the branch's events as a book of their own, with all that share a step with them.</summary>
    public Counted Alone(IEnumerable<RecordedEvent> some) => Alone(some, Instant.Maximum);

    /// <summary>The same up to a time.</summary>
    public Counted Alone(IEnumerable<RecordedEvent> some, Instant asOf) =>
        new Book(new LinkedLegs(this).WholeSteps(some.DistinctBy(recorded => recorded.Offset))).At(new(asOf, AsKnown.All));

    public bool Emits(CompanyId company) => Among(based.EmittedBy(company), recorded => recorded.Header.Emitter == company).Any();

    public IEnumerable<RecordedEvent> InOffsetOrder()
    {
        var changed = _over.Values.OrderBy(over => over.Offset).ToList();
        var next = 0;
        foreach (var recorded in based.InOffsetOrder)
        {
            for (; next < changed.Count && changed[next].Offset < recorded.Offset; next++)
            {
                if (changed[next].Now is { } put)
                {
                    yield return put;
                }
            }

            if (next == changed.Count || changed[next].Offset != recorded.Offset)
            {
                yield return recorded;
            }
            else if (changed[next++].Now is { } now)
            {
                yield return now;
            }
        }

        foreach (var added in changed.Skip(next).Select(over => over.Now).OfType<RecordedEvent>())
        {
            yield return added;
        }
    }

    public void Drop(RecordedEvent recorded, int edit)
    {
        Put(recorded, null, edit);
        _count--;
    }

    public void Change(RecordedEvent to, int edit)
    {
        if (Find(to.Offset) is { } before && before != to)
        {
            Put(to, to, edit);
        }
    }

    public void Restore(RecordedEvent recorded, int edit)
    {
        Put(recorded, recorded, edit);
        _count++;
        _last = Math.Max(_last, recorded.Offset.Value);
        LastRecordedAt = Instant.Later(LastRecordedAt, recorded.Header.RecordedAt);
    }

    /// <summary>At the next offset, behind everything.</summary>
    public void Append(EventEnvelope envelope, int edit) => Restore(new(new(_last + 1), envelope), edit);

    /// <summary>A fact that only the branch knows, under an id that is the same each time the branch is made.</summary>
    public RecordedEvent Append(CompanyId emitter, CompanyEvent fact, Instant at, DealId? deal, int edit)
    {
        var id = NewId(edit, _last + 1);
        var header = new EventHeader(
            new(id), emitter, SequenceNumber: 0, at, Rank: int.MaxValue, at, at, deal, Leg: null, Tranche: null, Step: null, StepRole.None,
            Value.Parse<CommandId>($"branch-edit-{edit}"), default, Causation: null, Source: null, Confidence: null, IssuedBy: null, PreviousHash: default);
        var recorded = new RecordedEvent(new(_last + 1), new(header, fact));
        Restore(recorded, edit);
        return recorded;
    }

    /// <summary>A fact that an edit parts from another one: of the same deal, leg and tranche, at the same place of its instant.</summary>
    public RecordedEvent AppendBeside(RecordedEvent recorded, CompanyEvent fact, int edit)
    {
        var header = recorded.Header with
        {
            Id = new(NewId(edit, _last + 1)), SequenceNumber = 0, Step = null, Role = StepRole.None, Command = Value.Parse<CommandId>($"branch-edit-{edit}"), CommandDigest = default, Causation = null, PreviousHash = default,
        };
        var beside = new RecordedEvent(new(_last + 1), new(header, fact));
        Restore(beside, edit);
        return beside;
    }

    public Guid NewId(int edit, long ordinal)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"branch {edit} {ordinal} {_count}"), hash);
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new(hash[..16], bigEndian: true);
    }

    /// <summary>The companies whose facts were touched since this was last asked, by id, each with what went of the base's and what came, in fold order.</summary>
    public IReadOnlyList<(CompanyId Company, List<RecordedEvent> Gone, List<RecordedEvent> Came)> TakeUnjudged()
    {
        var touched = new List<(CompanyId, List<RecordedEvent>, List<RecordedEvent>)>(_unjudged.Count);
        foreach (var company in _unjudged.Order())
        {
            var (gone, came) = (new List<RecordedEvent>(), new List<RecordedEvent>());
            foreach (var over in _overOf[company])
            {
                if (over.Differs)
                {
                    Add(gone, over.Before);
                    Add(came, over.Now);
                }
            }

            gone.SortUnlessInOrder(ByKey);
            came.SortUnlessInOrder(ByKey);
            touched.Add((company, gone, came));
        }

        _unjudged.Clear();
        return touched;

        static void Add(List<RecordedEvent> to, RecordedEvent? recorded)
        {
            if (recorded is not null)
            {
                to.Add(recorded);
            }
        }
    }

    public IReadOnlyList<BranchChange> Changes()
    {
        var changes = new List<BranchChange>(_over.Count);
        foreach (var over in _over.Values)
        {
            if (over.Differs)
            {
                changes.Add(new(over.Edit, over.Before, over.Now));
            }
        }

        changes.SortUnlessInOrder((left, right) => ByKey((left.Before ?? left.After)!, (right.Before ?? right.After)!));
        return changes;
    }

    private static int ByKey(RecordedEvent left, RecordedEvent right) => left.Key.CompareTo(right.Key);

    private static List<RecordedEvent> InOrder(IEnumerable<RecordedEvent> events)
    {
        var ordered = events.ToList();
        ordered.SortUnlessInOrder(ByKey);
        return ordered;
    }

    private void Put(RecordedEvent touched, RecordedEvent? now, int edit)
    {
        Work.Changed();
        var company = touched.Header.Emitter;
        _unjudged.Add(company);
        if (!_over.TryGetValue(touched.Offset, out var over))
        {
            _over.Add(touched.Offset, over = new(touched.Offset, based.Find(touched.Offset)));
            if (!_overOf.TryGetValue(company, out var list))
            {
                _overOf.Add(company, list = []);
            }

            list.Add(over);
        }

        over.Put(now, edit);
    }

    /// <summary>What was done to one place of the journal's order.</summary>
    private sealed class Over(Offset offset, RecordedEvent? before)
    {
        public Offset Offset => offset;

        /// <summary>As in the base; null where it has nothing there.</summary>
        public RecordedEvent? Before => before;

        /// <summary>Null where it was dropped.</summary>
        public RecordedEvent? Now { get; private set; }

        /// <summary>That touched it last.</summary>
        public int Edit { get; private set; }

        /// <summary>Whether it is not as in the base.</summary>
        public bool Differs { get; private set; }

        public void Put(RecordedEvent? now, int edit) => (Now, Edit, Differs) = (now, edit, now != before);
    }
}
