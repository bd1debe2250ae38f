namespace ActorFinance.Model;

/// <summary>
/// One company's checked facts in fold order, with the standing at marks along the way, so that a branch which changes some of them is judged from
/// the mark before the first change on. For branches only, as <see cref="Misfits"/>, which says the same of a whole timeline. Immutable.
/// </summary>
public sealed class CheckedTimeline
{
    /// <summary>Facts between two marks.</summary>
    private const int Stride = 16;

    private readonly CompanyId _company;
    private readonly bool _keepsCash;
    private readonly List<RecordedEvent> _facts = [];

    /// <summary>Mark i is the standing before fact i x <see cref="Stride"/>.</summary>
    private readonly List<Standing> _marks = [];
    private readonly HashSet<EventId> _misfits = [];

    /// <param name="company">The emitter of all facts.</param>
    /// <param name="facts">All that count, in fold order; those that no decision looks at are passed over.</param>
    public CheckedTimeline(CompanyId company, IReadOnlyList<RecordedEvent> facts)
    {
        _company = company;
        _keepsCash = facts.Any(recorded => recorded.Event is CompanyRegistered { CashPolicy: CashPolicy.RejectShortfall });
        var standing = Standing.Empty(company, _keepsCash);
        var misfits = new List<Misfit>();
        foreach (var recorded in facts)
        {
            if (StandingFold.Checks(recorded.Event, _keepsCash))
            {
                if (_facts.Count % Stride == 0)
                {
                    _marks.Add(standing);
                }

                standing = Judge(standing, recorded, _facts.Count, misfits);
                _facts.Add(recorded);
            }
        }

        Misfits = misfits;
        _misfits.UnionWith(misfits.Select(misfit => misfit.Event));
    }

    /// <summary>Facts that break a rule where they stand: there are none but at a cut by known time.</summary>
    public IReadOnlyList<Misfit> Misfits { get; }

    /// <summary>What no longer holds once some facts are gone and others have come; a fact that did not hold before either is not among it.</summary>
    /// <param name="gone">Facts of this timeline, in fold order.</param>
    /// <param name="came">Of the same company, in fold order.</param>
    public IReadOnlyList<Misfit> With(IEnumerable<RecordedEvent> gone, IEnumerable<RecordedEvent> came)
    {
        var taken = gone.Where(recorded => StandingFold.Checks(recorded.Event, _keepsCash)).ToList();
        var added = came.Where(recorded => StandingFold.Checks(recorded.Event, _keepsCash)).ToList();
        if (taken.Count == 0 && added.Count == 0)
        {
            return [];
        }

        var first = taken.Take(1).Concat(added.Take(1)).Min(recorded => recorded.Key);
        var mark = Math.Min(PositionOf(first) / Stride, _marks.Count - 1);
        var standing = mark < 0 ? Standing.Empty(_company, _keepsCash) : _marks[mark];
        var (misfits, next, left, ordinal) = (new List<Misfit>(), 0, 0, Math.Max(0, mark) * Stride);
        for (var i = ordinal; i < _facts.Count || next < added.Count; ordinal++)
        {
            if (next < added.Count && (i == _facts.Count || added[next].Key < _facts[i].Key))
            {
                standing = Judge(standing, added[next++], ordinal, misfits);
            }
            else if (left < taken.Count && taken[left].Offset == _facts[i].Offset)
            {
                (i, left) = (i + 1, left + 1);
            }
            else
            {
                standing = Judge(standing, _facts[i++], ordinal, misfits);
            }
        }

        return misfits.Count == 0 ? [] : [.. misfits.Where(misfit => !_misfits.Contains(misfit.Event))];
    }

    private Standing Judge(Standing standing, RecordedEvent recorded, int ordinal, List<Misfit> misfits)
    {
        var header = recorded.Header;
        var applied = StandingFold.Apply(standing, new(new(header.EffectiveAt, header.Rank, ordinal), header.Id, header.Deal, recorded.Event, IsPending: false));
        if (applied.Refusal is { } refusal)
        {
            misfits.Add(new(header.Id, _company, refusal));
            return standing;
        }

        return applied.Standing!;
    }

    private int PositionOf(FoldKey key)
    {
        var (low, high) = (0, _facts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _facts[middle].Key < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
