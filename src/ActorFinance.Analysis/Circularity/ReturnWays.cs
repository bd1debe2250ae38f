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

    /// <summary>The same ways in another matrix. O(companies + pairs).</summary>
    public TriedWays In(FlowMatrix other)
    {
        var (numbers, known) = (new int[matrix.Companies.Count], new int[other.Companies.Count]);
        Array.Fill(known, -1);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = other.NumberOf(matrix.Companies[i]) ?? -1;
            if (numbers[i] >= 0)
            {
                known[numbers[i]] = i;
            }
        }

        var arcs = new int[matrix.Flows.ArcCount];
        for (var from = 0; from < numbers.Length; from++)
        {
            for (var arc = matrix.Flows.FirstArcs[from]; arc < matrix.Flows.FirstArcs[from + 1]; arc++)
            {
                var to = numbers[matrix.Flows.Targets[arc]];
                arcs[arc] = numbers[from] < 0 || to < 0 ? -1 : other.Flows.ArcBetween(numbers[from], to);
            }
        }

        return new(_of, known, arcs);
    }
}

/// <summary>Ways of one matrix in the arc numbers of another.</summary>
internal sealed class TriedWays((int[] Any, int[] All)[] ways, int[] known, int[] arcs)
{
    public WaysOfGraph Any(int company) => known[company] >= 0 ? new(ways[known[company]].Any, arcs) : default;

    public WaysOfGraph All(int company) => known[company] >= 0 ? new(ways[known[company]].All, arcs) : default;
}
