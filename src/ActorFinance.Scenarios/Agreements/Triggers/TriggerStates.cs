namespace ActorFinance.Scenarios.Agreements.Triggers;

/// <summary>What has happened so far of one agreement's trigger, in one run.</summary>
internal sealed class TriggerStates(Trigger trigger, int numbers)
{
    private readonly bool[] _happened = new bool[numbers];
    private readonly bool[] _held = new bool[numbers];
    private readonly bool[] _done = new bool[numbers];
    private readonly Instant?[] _found = new Instant?[numbers];

    /// <summary>A leaf happened before the clock started: it counts for <c>all-of</c>, and what was complete by then has acted in its time.</summary>
    public void Past(Trigger.Leaf leaf)
    {
        _happened[leaf.Number] = true;
        _ = Acts(trigger, leaf);
    }

    /// <summary>A leaf happens now: whether the agreement acts.</summary>
    public bool Happens(Trigger.Leaf leaf)
    {
        _happened[leaf.Number] = true;
        return Acts(trigger, leaf);
    }

    /// <summary>A condition is looked at when an instant has become quiet: whether the agreement acts because it has become true, at most once an instant.</summary>
    public bool Finds(Trigger.Holds leaf, bool holds, Instant now)
    {
        var became = holds && !_held[leaf.Number] && _found[leaf.Number] != now;
        _held[leaf.Number] = holds;
        if (became)
        {
            _found[leaf.Number] = now;
        }

        return became && Acts(trigger, leaf);
    }

    /// <summary>A condition is looked at because something else happens: what it was before plays no part in <c>all-of</c>.</summary>
    public void Looks(Trigger.Holds leaf, bool holds)
    {
        if (!holds || IsPartOfAll(trigger, leaf))
        {
            _held[leaf.Number] = holds;
        }
    }

    private bool Acts(Trigger node, Trigger.Leaf leaf)
    {
        switch (node)
        {
            case Trigger.Leaf own:
                return own.Number == leaf.Number;
            case Trigger.AnyOf any:
                return any.Parts.Any(part => Acts(part, leaf));
            case Trigger.AllOf all:
                if (_done[all.Number] || !all.Leaves().Any(part => part.Number == leaf.Number) || !all.Parts.All(Met))
                {
                    return false;
                }

                _done[all.Number] = true;
                return true;
            default:
                return false;
        }
    }

    private bool Met(Trigger node) => node switch
    {
        Trigger.Holds condition => _held[condition.Number],
        Trigger.Leaf leaf => _happened[leaf.Number],
        Trigger.AllOf all => all.Parts.All(Met),
        Trigger.AnyOf any => any.Parts.Any(Met),
        _ => false,
    };

    private static bool IsPartOfAll(Trigger node, Trigger.Leaf leaf) =>
        node is Trigger.AllOf all ? all.Leaves().Any(part => part.Number == leaf.Number)
        : node is Trigger.AnyOf any && any.Parts.Any(part => IsPartOfAll(part, leaf));
}
