namespace ActorFinance.Analysis.Networks;

/// <summary>
/// How often, on average, what starts at a node of a network that loses something visits that node: n_ii of N = (I - G)^-1, where G[i,j] is
/// the part of what i passes on or loses that goes to j. 1 off every cycle, more on one.
/// <para>
/// Only the diagonal is wanted, so the network is first made small: nodes with few neighbours are taken out (<see cref="EliminationPlan"/>
/// says which, <see cref="LeakyElimination"/> does it), the core that is left is inverted (<see cref="LeakyInverse"/>), and the others are put back in turn, each from entries of the inverse that
/// belong to an arc the other way in the network it was taken from, so that no other entry is ever needed (Takahashi, Fagan and Chen 1973;
/// Erisman and Tinney 1975, Communications of the ACM 18:177).
/// </para>
/// <para>
/// There is no subtraction anywhere, so that every n_ii has a small relative error however little the network loses: at worst some 2 n^3
/// roundings for n nodes (C. O'Cinneide 1993, Numerische Mathematik 65:109), against exact fractions no more than some n of them.
/// </para>
/// <example>0 pays 1 to 1 and loses 1, 1 pays 1 to 0 and loses 1: 4/3 and 4/3.</example>
/// </summary>
public static class ExpectedVisits
{
    /// <param name="paid">Weights of at least 0. An arc from a node to itself counts as no visit.</param>
    /// <param name="lost">By node, what leaves the network, at least 0. From every node some loss must be within reach.</param>
    /// <param name="progress">Told which part is done, from 0 to 1.</param>
    public static double[] Of(SparseGraph<double> paid, double[] lost, Action<double>? progress = null) => Of(paid, lost, EliminationPlan.Of(paid), progress);

    /// <summary>The same by the plan of a network of the same arcs: the plan says how much work it is, and nothing of the answer.</summary>
    internal static double[] Of(SparseGraph<double> paid, double[] lost, EliminationPlan plan, Action<double>? progress)
    {
        var visits = (double[])lost.Clone();
        for (var from = 0; from < visits.Length; from++)
        {
            for (var arc = paid.FirstArcs[from]; arc < paid.FirstArcs[from + 1]; arc++)
            {
                visits[from] += paid.Targets[arc] == from ? 0 : paid.Weights[arc];
            }
        }

        using var elimination = new LeakyElimination(plan);
        elimination.TakeOut(paid, lost);
        LeakyInverse.InPlace(elimination.Core, progress);
        elimination.PutBack();
        for (var node = 0; node < visits.Length; node++)
        {
            visits[node] *= elimination[node];
        }

        return visits;
    }
}
