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
    public IReadOnlyList<RecordedEvent> WholeSteps(IEnumerable<RecordedEvent> chosen)
    {
        var whole = chosen.ToDictionary(recorded => recorded.Offset);
        var steps = whole.Values.Select(recorded => recorded.Header.Step).OfType<StepId>().ToHashSet();
        Add(whole, _events.Among(steps.SelectMany(_events.Base.OfStep), recorded => recorded.Header.Step is { } step && steps.Contains(step)));
        return [.. whole.Values.OrderBy(recorded => recorded.Offset)];
    }

    /// <summary>With their steps and all legs of their tranches; in offset order.</summary>
    public IReadOnlyList<RecordedEvent> Whole(IEnumerable<RecordedEvent> chosen)
    {
        var whole = WholeSteps(chosen).ToDictionary(recorded => recorded.Offset);
        var tranches = whole.Values.Where(recorded => recorded.Header is { Deal: not null, Tranche: not null })
            .Select(recorded => (Root: RootOf(recorded.Header.Deal!.Value), Tranche: recorded.Header.Tranche!))
            .ToHashSet();
        var ofBase = tranches.SelectMany(leg => _members[leg.Root].DefaultIfEmpty(leg.Root).SelectMany(deal => _events.Base.OfTranche(deal, leg.Tranche)));
        Add(whole, _events.Among(ofBase, recorded => recorded.Header is { Deal: { } deal, Tranche: { } tranche } && tranches.Contains((RootOf(deal), tranche))));
        return WholeSteps(whole.Values);
    }

    private static DealTerms? TermsOf(CompanyEvent fact) => fact switch
    {
        DealAnnounced announced => announced.Terms,
        DealContracted contracted => contracted.Terms,
        _ => null,
    };

    private static void Add(Dictionary<Offset, RecordedEvent> whole, IEnumerable<RecordedEvent> more)
    {
        foreach (var recorded in more)
        {
            whole[recorded.Offset] = recorded;
        }
    }

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
