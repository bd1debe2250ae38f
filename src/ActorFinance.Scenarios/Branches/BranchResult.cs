using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>How an event of a branch differs from its base: before is null for one that was added, after for one that was dropped.</summary>
/// <param name="Edit">The place in the list, from 0, of the last edit that touched the event; -1 for a misfit.</param>
/// <param name="Before">As it is in the base.</param>
/// <param name="After">As it is in the branch.</param>
public sealed record BranchChange(int Edit, RecordedEvent? Before, RecordedEvent? After);

/// <summary>An edit that cannot be: its place in the list, from 0, and the rule.</summary>
public sealed record BranchProblem(int Edit, string Rule);

/// <summary>What edits make of a base.</summary>
public abstract record BranchResult
{
    private BranchResult()
    {
    }

    /// <param name="On">What the branch stands on.</param>
    /// <param name="Changes">In fold order of what was, else of what is.</param>
    /// <param name="Misfits">Facts whose ground an edit took. They and their steps are left out.</param>
    /// <param name="Whole">See <see cref="Book"/>.</param>
    public sealed record Applied(BranchBase On, IReadOnlyList<BranchChange> Changes, IReadOnlyList<Misfit> Misfits, Lazy<Book> Whole) : BranchResult
    {
        /// <summary>The point of knowledge that the branch stands on; its offset makes the branch repeatable.</summary>
        public ResolvedCut Base => On.Resolved;

        /// <summary>
        /// All events of the branch, made when first asked for: as much work as the whole journal. They are those of the base that count there, so
        /// its axis of knowledge begins at the base.
        /// </summary>
        public Book Book => Whole.Value;

        internal BranchEvents Events { get; init; } = null!;

        /// <summary>The fact that a misfit is about, as it was when it lost its ground.</summary>
        public RecordedEvent Lost(Misfit misfit) => Events.Lost[misfit.Event];

        /// <summary>Events of these types that are as in the base.</summary>
        internal IEnumerable<RecordedEvent> Unchanged(params Type[] types)
        {
            var changed = Changes.Select(change => (change.Before ?? change.After)!.Offset).ToHashSet();
            return types.SelectMany(On.OfType).Where(recorded => !changed.Contains(recorded.Offset));
        }
    }

    public sealed record Refused(IReadOnlyList<BranchProblem> Problems) : BranchResult;
}
