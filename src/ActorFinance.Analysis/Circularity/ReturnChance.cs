using ActorFinance.Analysis.Networks;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// (n_ii - 1)/n_ii for components that lose so little of what they receive that I - G cannot be told from a singular matrix: the chance that
/// what leaves i comes back to i, by eliminating every other company and adding its paths and its loss to the rest. Nothing is ever
/// subtracted, so the smallest loss keeps all its digits (Grassmann, Taksar and Heyman 1985, Operations Research 33:1107). O(n^3) a company.
/// </summary>
internal static class ReturnChance
{
    /// <param name="flows">F.</param>
    /// <param name="members">A strongly connected component.</param>
    /// <param name="throughflows">T, by company.</param>
    /// <param name="index">The place in <paramref name="members"/> of the company asked about.</param>
    public static double Of(SparseGraph<Int128> flows, int[] members, Int128[] throughflows, int index)
    {
        var size = members.Length;
        var paid = new double[size, size];
        var lost = new double[size];
        for (var i = 0; i < size; i++)
        {
            var left = throughflows[members[i]];
            for (var j = 0; j < size; j++)
            {
                if (flows.ArcBetween(members[i], members[j]) is >= 0 and var arc)
                {
                    paid[i, j] = (double)flows.Weights[arc];
                    left -= flows.Weights[arc];
                }
            }

            lost[i] = (double)left;
        }

        var remaining = Enumerable.Range(0, size).ToList();
        foreach (var gone in Enumerable.Range(0, size).Where(i => i != index))
        {
            remaining.Remove(gone);
            var onward = lost[gone] + remaining.Sum(j => paid[gone, j]);
            foreach (var i in remaining)
            {
                var through = paid[i, gone] / onward;
                foreach (var j in remaining)
                {
                    paid[i, j] += through * paid[gone, j];
                }

                lost[i] += through * lost[gone];
            }
        }

        return paid[index, index] / (paid[index, index] + lost[index]);
    }
}
