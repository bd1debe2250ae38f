using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// A branch: the events of a journal that count at one point of knowledge, and a list of edits that apply to them in order. The base is never
/// written. Facts of steps and voids that do not count at the base are no part of the branch.
/// </summary>
public static class Branch
{
    /// <summary>Applies the edits; an edit that cannot be stops them.</summary>
    /// <param name="book">The base, which may be a branch's book: a branch of a branch.</param>
    /// <param name="asKnown">The point of knowledge to build on.</param>
    /// <param name="edits">In order.</param>
    public static BranchResult Apply(Book book, AsKnown asKnown, IReadOnlyList<Edit> edits) => Apply(new BranchBase(book, asKnown), edits);

    /// <summary>On a base that other branches share: the work is that of what the edits touch.</summary>
    /// <param name="based">Never changes.</param>
    /// <param name="edits">In order.</param>
    /// <param name="progress">Told what is being worked on (edits, then facts judged), and which part of it is done, from 0 to 1; from any thread. What it throws ends the work, also midway in an edit.</param>
    public static BranchResult Apply(BranchBase based, IReadOnlyList<Edit> edits, Action<string, double>? progress = null)
    {
        var work = new BranchWork(progress);
        var events = new BranchEvents(based, work);
        for (var i = 0; i < edits.Count; i++)
        {
            work.Begin(BranchWork.Edits, i, edits.Count);
            if (EditApplication.Apply(events, edits[i], i) is { } rule)
            {
                return new BranchResult.Refused([new(i, rule)]);
            }
        }

        BranchMisfits.Remove(events);
        return new BranchResult.Applied(based, events.Changes(), events.Misfits, new(() => new(events.InOffsetOrder()))) { Events = events };
    }
}
