using ActorFinance.Scenarios.Agreements.Triggers;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>Which agreements an event may concern, found once for all runs: most events concern none.</summary>
internal sealed class TriggerIndex
{
    private readonly Dictionary<(CompanyId Company, string Milestone), List<(int Agreement, Trigger.Leaf Leaf)>> _milestones = [];
    private readonly List<(int Agreement, Trigger.Leaf Leaf)> _matching = [];

    public TriggerIndex(IReadOnlyList<Agreement> agreements)
    {
        Leaves = [.. agreements.Select(agreement => agreement.When.Leaves().ToArray())];
        Conditions = [.. Leaves.Select(leaves => leaves.OfType<Trigger.Holds>().ToArray())];
        for (var i = 0; i < agreements.Count; i++)
        {
            foreach (var leaf in Leaves[i])
            {
                if (leaf is Trigger.Milestone milestone)
                {
                    ListOf((milestone.Company, milestone.Text)).Add((i, leaf));
                }
                else if (leaf is Trigger.Matching)
                {
                    _matching.Add((i, leaf));
                }
            }
        }
    }

    /// <summary>By agreement.</summary>
    public Trigger.Leaf[][] Leaves { get; }

    /// <summary>By agreement.</summary>
    public Trigger.Holds[][] Conditions { get; }

    /// <summary>The parts of triggers that the event is, in the order of the file.</summary>
    public IEnumerable<(int Agreement, Trigger.Leaf Leaf)> Of(EventEnvelope envelope)
    {
        List<(int Agreement, Trigger.Leaf Leaf)>? reached = null;
        if (envelope.Event is MilestoneReached milestone)
        {
            _milestones.TryGetValue((envelope.Header.Emitter, milestone.Milestone), out reached);
        }

        if (_matching.Count == 0)
        {
            return reached ?? [];
        }

        var recorded = new RecordedEvent(default, envelope);
        var matches = _matching.Where(each => ((Trigger.Matching)each.Leaf).Selector.Matches(recorded));
        return reached is null ? matches : matches.Concat(reached).OrderBy(each => each.Agreement);
    }

    private List<(int Agreement, Trigger.Leaf Leaf)> ListOf((CompanyId Company, string Milestone) key)
    {
        if (!_milestones.TryGetValue(key, out var list))
        {
            _milestones.Add(key, list = []);
        }

        return list;
    }
}
