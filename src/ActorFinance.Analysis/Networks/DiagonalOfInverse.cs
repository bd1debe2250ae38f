namespace ActorFinance.Analysis.Networks;

public static class DiagonalOfInverse
{
    /// <summary>
    /// The diagonal of (I - G)^-1, where G is the part of a sparse matrix that concerns the given nodes: entry i belongs to nodes[i].
    /// With G at or above zero it counts how often, on average, what starts at a node visits that node: 1 off every cycle, more on one.
    /// Nodes of one strongly connected component may be asked for without the rest: for the diagonal, nothing outside matters.
    /// O(n^3), see <see cref="DenseInverse"/>; meant for components of up to some 3,000 nodes.
    /// <example>G = [[0, 1/2], [1/2, 0]]: 4/3 and 4/3.</example>
    /// </summary>
    /// <param name="matrix">G: row i column j holds the weight of the arc i -> j.</param>
    /// <param name="nodes">Each at most once.</param>
    /// <returns>Null when I - G is singular, or too nearly so for doubles to tell: what enters does not leave.</returns>
    public static double[]? OfIdentityMinus(SparseGraph<double> matrix, ReadOnlySpan<int> nodes)
    {
        if (DenseInverse.OfIdentityMinus(matrix, nodes) is not { } inverse)
            return null;

        var diagonal = new double[nodes.Length];
        for (var i = 0; i < diagonal.Length; i++)
            diagonal[i] = inverse[i, i];
        return diagonal;
    }
}
