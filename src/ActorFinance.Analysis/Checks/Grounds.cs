using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>
/// Which events of a cut lack what they rest on: shares that nobody was known to hold, commitments that nobody was known to have made. In the
/// words of the answers about shares and about commitments, for those that are about all events.
/// </summary>
public static class Grounds
{
    /// <summary>In offset order, an event once. None at an offset, which keeps every invariant; linear in the events of a known-time cut.</summary>
    public static IReadOnlyList<Ungrounded> MissingAt(Counted counted) => MissingAt(counted, () => ShareRegister.Fold(counted.Events));

    /// <inheritdoc cref="MissingAt(Counted)" />
    /// <param name="counted">At least what <see cref="PromiseEvents"/> names.</param>
    /// <param name="shares">Of the same cut.</param>
    public static IReadOnlyList<Ungrounded> MissingAt(Counted counted, Func<ShareRegister> shares)
    {
        if (counted.Resolved.Cut.AsKnown is not AsKnown.AtTime)
        {
            return [];
        }

        CommitmentFold.Of(counted);
        return [.. shares().Ungrounded.Concat(counted.IncompleteKnowledge).DistinctBy(lacking => lacking.Offset).OrderBy(lacking => lacking.Offset)];
    }
}
