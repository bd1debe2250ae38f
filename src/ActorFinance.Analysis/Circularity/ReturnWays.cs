using ActorFinance.Analysis.Networks;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The ways on which money came back to each company of a matrix: where another matrix is nearly the same, they are nearly all that there are, and trying
/// them first is most of the work. A way is how many arcs it has and then these (<see cref="SharedFlow"/>).
/// </summary>
internal sealed class ReturnWays(FlowMatrix matrix)
{
    private readonly (int[] Any, int[] All)[] _of = new (int[], int[])[matrix.Companies.Count];

    /// <summary>Each company once, from any thread.</summary>
    public void Keep(int company, List<int> any, List<int> all) => _of[company] = ([.. any], [.. all]);

    /// <summary>The same ways in another matrix.</summary>
    public TriedWays In(OtherNumbers numbers) => new(_of, numbers.Known, numbers.Arcs);
}

/// <summary>Ways of one matrix in the arc numbers of another.</summary>
internal sealed class TriedWays((int[] Any, int[] All)[] ways, int[] known, int[] arcs)
{
    public WaysOfGraph Any(int company) => known[company] >= 0 ? new(ways[known[company]].Any, arcs) : default;

    public WaysOfGraph All(int company) => known[company] >= 0 ? new(ways[known[company]].All, arcs) : default;
}
