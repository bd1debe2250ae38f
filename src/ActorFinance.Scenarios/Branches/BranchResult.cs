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

    /// <param name="Base">The point of knowledge that the branch stands on; its offset makes the branch repeatable.</param>
    /// <param name="Book">The events of the branch. They are those of the base that count there, so its axis of knowledge begins at the base.</param>
    /// <param name="Changes">In fold order of what was, else of what is.</param>
    /// <param name="Misfits">Facts whose ground an edit took. They and their steps are left out.</param>
    public sealed record Applied(ResolvedCut Base, Book Book, IReadOnlyList<BranchChange> Changes, IReadOnlyList<Misfit> Misfits) : BranchResult;

    public sealed record Refused(IReadOnlyList<BranchProblem> Problems) : BranchResult;
}
