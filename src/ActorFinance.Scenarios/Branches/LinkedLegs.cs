namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What belongs together: the events of one step; and those of one deal, or of a deal and the reverse leg that it names, that state the same tranche.
/// </summary>
internal sealed class LinkedLegs
{
    private readonly BranchEvents _events;
    private readonly Dictionary<DealId, DealId> _root = [];
    private readonly ILookup<DealId, DealId> _members;

    public LinkedLegs(BranchEvents events)
    {
        _events = events;
        foreach (var recorded in events.Among(events.Base.ReverseLegs, NamesReverse))
        {
            Join(recorded.Header.Deal!.Value, TermsOf(recorded.Event)!.ReverseLeg!.Value);
        }

        _members = _root.Keys.Concat(_root.Values).Distinct().ToLookup(RootOf);
    }

    public static bool NamesReverse(RecordedEvent recorded) => recorded.Header.Deal is not null && TermsOf(recorded.Event) is { ReverseLeg: not null };

    /// <summary>With the rest of their steps, which never go in halves; in offset order.</summary>
    public IReadOnlyList<RecordedEvent> WholeSteps(IEnumerable<RecordedEvent> chosen) => WithSteps(Merged([], chosen));

    /// <summary>With their steps and all legs of their tranches; in offset order.</summary>
    public IReadOnlyList<RecordedEvent> Whole(IEnumerable<RecordedEvent> chosen)
    {
        var whole = WithSteps(Merged([], chosen));
        var tranches = new HashSet<(DealId Root, string Tranche)>();
        foreach (var recorded in whole)
        {
            if (recorded.Header is { Deal: { } deal, Tranche: { } tranche })
            {
                tranches.Add((RootOf(deal), tranche));
            }
        }

        if (tranches.Count == 0)
        {
            return whole;
        }

        var ofBase = tranches.SelectMany(leg => _members[leg.Root].DefaultIfEmpty(leg.Root).SelectMany(deal => _events.Base.OfTranche(deal, leg.Tranche)));
        return WithSteps(Merged(whole, _events.Among(ofBase, recorded => recorded.Header is { Deal: { } deal, Tranche: { } tranche } && tranches.Contains((RootOf(deal), tranche)))));
    }

    private List<RecordedEvent> WithSteps(List<RecordedEvent> chosen)
    {
        var steps = new HashSet<StepId>();
        foreach (var recorded in chosen)
        {
            if (recorded.Header.Step is { } step)
            {
                steps.Add(step);
            }
        }

        return steps.Count == 0 ? chosen : Merged(chosen, _events.Among(steps.SelectMany(_events.Base.OfStep), recorded => recorded.Header.Step is { } step && steps.Contains(step)));
    }

    /// <summary>Events in offset order and others in any, each once: nearly all are in order already, and are not sorted again.</summary>
    private static List<RecordedEvent> Merged(List<RecordedEvent> inOrder, IEnumerable<RecordedEvent> others)
    {
        var added = others.ToList();
        added.SortUnlessInOrder((left, right) => left.Offset.CompareTo(right.Offset));
        var (merged, next) = (new List<RecordedEvent>(inOrder.Count + added.Count), 0);
        foreach (var recorded in inOrder)
        {
            for (; next < added.Count && added[next].Offset < recorded.Offset; next++)
            {
                Take(added[next]);
            }

            Take(recorded);
        }

        for (; next < added.Count; next++)
        {
            Take(added[next]);
        }

        return merged;

        void Take(RecordedEvent recorded)
        {
            if (merged.Count == 0 || merged[^1].Offset != recorded.Offset)
            {
                merged.Add(recorded);
            }
        }
    }

    private static DealTerms? TermsOf(CompanyEvent fact) => fact switch
    {
        DealAnnounced announced => announced.Terms,
        DealContracted contracted => contracted.Terms,
        _ => null,
    };

    private void Join(DealId one, DealId other)
    {
        var (a, b) = (RootOf(one), RootOf(other));
        if (a != b)
        {
            _root[b] = a;
        }
    }

    private DealId RootOf(DealId deal)
    {
        while (_root.TryGetValue(deal, out var above))
        {
            deal = above;
        }

        return deal;
    }
}
