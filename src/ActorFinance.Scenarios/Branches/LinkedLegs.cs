namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What belongs together: the events of one step; and those of one deal, or of a deal and the reverse leg that it names, that state the same tranche.
/// </summary>
internal sealed class LinkedLegs
{
    private readonly Dictionary<DealId, DealId> _root = [];
    private readonly Dictionary<(DealId Deal, string Tranche), List<int>> _tranches = [];
    private readonly Dictionary<StepId, List<int>> _steps = [];
    private readonly IReadOnlyList<RecordedEvent> _events;

    public LinkedLegs(IReadOnlyList<RecordedEvent> events)
    {
        _events = events;
        foreach (var recorded in events)
        {
            var terms = recorded.Event switch
            {
                DealAnnounced announced => announced.Terms,
                DealContracted contracted => contracted.Terms,
                _ => null,
            };
            if (terms?.ReverseLeg is { } reverse && recorded.Header.Deal is { } deal)
            {
                Join(deal, reverse);
            }
        }

        for (var i = 0; i < events.Count; i++)
        {
            var header = events[i].Header;
            if (header.Step is { } step)
            {
                Listed(_steps, step).Add(i);
            }

            if (header is { Deal: { } deal, Tranche: { } tranche })
            {
                Listed(_tranches, (RootOf(deal), tranche)).Add(i);
            }
        }
    }

    /// <summary>With the rest of their steps, which never go in halves.</summary>
    public HashSet<int> WholeSteps(IEnumerable<int> chosen)
    {
        var whole = new HashSet<int>(chosen);
        foreach (var index in whole.ToList())
        {
            if (_events[index].Header.Step is { } step)
            {
                whole.UnionWith(_steps[step]);
            }
        }

        return whole;
    }

    /// <summary>With their steps and all legs of their tranches.</summary>
    public HashSet<int> Whole(IEnumerable<int> chosen)
    {
        var whole = WholeSteps(chosen);
        foreach (var index in whole.ToList())
        {
            if (_events[index].Header is { Deal: { } deal, Tranche: { } tranche })
            {
                whole.UnionWith(_tranches[(RootOf(deal), tranche)]);
            }
        }

        return WholeSteps(whole);
    }

    private static List<int> Listed<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
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
