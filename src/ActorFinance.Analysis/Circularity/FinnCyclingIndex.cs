using System.Runtime.InteropServices;
using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>How much of a company's throughflow has been there before.</summary>
/// <param name="Company">With its place in the network of the window.</param>
/// <param name="Throughflow">T[i].</param>
/// <param name="CycledShare">(n_ii - 1)/n_ii, the chance that what leaves i comes back to i: 0 off every cycle, 1 in a closed component.</param>
public sealed record CycledThroughflow(CompanyId Company, decimal Throughflow, double CycledShare);

/// <summary>Which share of all throughflow is due to cycling.</summary>
/// <param name="Index">Null when nothing flowed.</param>
/// <param name="Closed">Components that nothing enters or leaves; each by id, in the order of their first.</param>
/// <param name="Companies">Those on a cycle, the greatest contribution (throughflow x share) first.</param>
/// <param name="Events">The flows inside the components that cycle.</param>
public sealed record FinnAnswer(
    double? Index,
    ValueList<ValueList<CompanyId>> Closed,
    ValueList<CycledThroughflow> Companies,
    EventsBehind Events);

/// <summary>
/// Finn cycling index (J. T. Finn 1976, J. Theor. Biol. 56:363) of a network that is balanced first: what a company drew from its stock of
/// cash counts as inflow, what it added as outflow.
/// <list type="table">
/// <item><term>T[i]</term><description>max(in[i], out[i]), in = sum_j F[j,i] + e[i], out = sum_j F[i,j] + x[i]</description></item>
/// <item><term>G[i,j]</term><description>F[i,j] / T[i]</description></item>
/// <item><term>N</term><description>(I - G)^-1; only its diagonal is needed, and only inside strongly connected components of two or more</description></item>
/// </list>
/// FCI = sum_i T[i] (n_ii - 1)/n_ii / sum_i T[i]. Its error is at most that of the n_ii (<see cref="ExpectedVisits"/>), also where a component
/// loses next to nothing.
/// <example>a receives 10 from outside and pays 10 to b; b pays 5 to a and 5 outside; a keeps 5. T = 15, 10; n = 3/2, 3/2; FCI = 1/3.</example>
/// </summary>
public static class FinnCyclingIndex
{
    /// <param name="matrix">F, e and x.</param>
    /// <param name="progress">Told which part of the largest component is done, from 0 to 1.</param>
    public static FinnAnswer Of(FlowMatrix matrix, Action<double>? progress = null)
    {
        var throughflows = Throughflows(matrix, out var unbalanced);
        var total = 0.0;
        foreach (var throughflow in throughflows)
        {
            total += (double)throughflow;
        }

        if (total == 0)
        {
            return new(null, [], [], EventsBehind.None);
        }

        var shares = new double[throughflows.Length];
        var closed = new List<ValueList<CompanyId>>();
        var components = StronglyConnectedComponents.Of(matrix.Flows);
        var cyclic = Enumerable.Range(0, components.Count).Select(c => components.Members(c).ToArray()).Where(m => m.Length > 1).ToArray();
        foreach (var members in cyclic)
        {
            if (IsClosed(matrix, members, unbalanced))
            {
                closed.Add(members.Select(m => matrix.Companies[m]).ToValueList());
                Array.ForEach(members, m => shares[m] = 1);
            }
            else
            {
                SetShares(matrix, members, throughflows, shares, progress);
            }
        }

        var cycled = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            cycled += (double)throughflows[i] * shares[i];
        }

        return new(
            cycled / total,
            closed.OrderBy(c => c[0]).ToValueList(),
            cyclic.SelectMany(m => m)
                .OrderByDescending(m => (double)throughflows[m] * shares[m])
                .ThenBy(m => m)
                .Select(m => new CycledThroughflow(matrix.Companies[m], matrix.ToAmount(throughflows[m]), shares[m]))
                .ToValueList(),
            new(() => EventsInside(matrix, components)));
    }

    /// <param name="matrix">F, e and x.</param>
    /// <param name="unbalanced">Which companies drew from their stock or added to it.</param>
    private static Int128[] Throughflows(FlowMatrix matrix, out bool[] unbalanced)
    {
        var received = new Int128[matrix.Companies.Count];
        var paid = new Int128[received.Length];
        foreach (var pair in matrix.Pairs)
        {
            paid[pair.From] += pair.Total;
            received[pair.To] += pair.Total;
        }

        unbalanced = new bool[received.Length];
        for (var i = 0; i < received.Length; i++)
        {
            received[i] += matrix.Outside(i).Received;
            paid[i] += matrix.Outside(i).Paid;
            unbalanced[i] = received[i] != paid[i];
            received[i] = Int128.Max(received[i], paid[i]);
        }

        return received;
    }

    /// <summary>Exactly: nothing to or from anyone else, and every member pays what it receives.</summary>
    private static bool IsClosed(FlowMatrix matrix, int[] members, bool[] unbalanced)
    {
        if (members.Any(m => unbalanced[m] || matrix.Outside(m).Received > 0 || matrix.Outside(m).Paid > 0))
        {
            return false;
        }

        // Where nothing leaves, and each pays what it receives, nothing can enter either.
        var inside = members.ToHashSet();
        return members.All(m => matrix.Flows.Targets[matrix.Flows.FirstArcs[m]..matrix.Flows.FirstArcs[m + 1]].ToArray().All(inside.Contains));
    }

    private static void SetShares(FlowMatrix matrix, int[] members, Int128[] throughflows, double[] shares, Action<double>? progress)
    {
        var places = members.Index().ToDictionary(member => member.Item, member => member.Index);
        var lost = members.Select(member => throughflows[member]).ToArray();
        var inside = new List<Arc<double>>();
        foreach (var (member, place) in places)
        {
            for (var arc = matrix.Flows.FirstArcs[member]; arc < matrix.Flows.FirstArcs[member + 1]; arc++)
            {
                if (places.TryGetValue(matrix.Flows.Targets[arc], out var target))
                {
                    inside.Add(new(place, target, (double)matrix.Flows.Weights[arc]));
                    lost[place] -= matrix.Flows.Weights[arc];
                }
            }
        }

        // What a member loses is exact until here, and never a difference again.
        var visits = ExpectedVisits.Of(
            SparseGraph.FromArcs<double>(members.Length, CollectionsMarshal.AsSpan(inside)), [.. lost.Select(units => (double)units)], progress);
        for (var i = 0; i < members.Length; i++)
        {
            // Rounding may leave n_ii a bit below the 1 that it never is.
            shares[members[i]] = Math.Max(0, 1 - (1 / visits[i]));
        }
    }

    private static IEnumerable<EventReference> EventsInside(FlowMatrix matrix, StronglyConnectedComponents components) =>
        matrix.Pairs
            .Where(p => p.Total > 0 && components.ComponentOf[p.From] == components.ComponentOf[p.To])
            .SelectMany(p => p.Events);
}
