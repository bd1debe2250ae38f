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
        var (throughflows, shares, closed) = SharesOf(matrix, near: null, kept: null, progress);
        if (IndexOf(throughflows, shares) is not { } index)
        {
            return new(null, [], [], EventsBehind.None);
        }

        var components = matrix.Components;
        return new(
            index,
            closed.Select(members => members.Select(m => matrix.Companies[m]).ToValueList()).OrderBy(c => c[0]).ToValueList(),
            Enumerable.Range(0, shares.Length)
                .Where(m => components.Members(components.ComponentOf[m]).Length > 1)
                .OrderByDescending(m => (double)throughflows[m] * shares[m])
                .ThenBy(m => m)
                .Select(m => new CycledThroughflow(matrix.Companies[m], matrix.ToAmount(throughflows[m]), shares[m]))
                .ToValueList(),
            new(() => EventsInside(matrix, components)));
    }

    /// <summary>The index alone.</summary>
    /// <param name="matrix">F, e and x.</param>
    /// <param name="near">What is known of a matrix that is nearly the same: it saves time and changes nothing.</param>
    /// <param name="kept">Is told how this one was solved.</param>
    internal static double? IndexOf(FlowMatrix matrix, KnownVisits? near, KnownVisits? kept)
    {
        var (throughflows, shares, _) = SharesOf(matrix, near, kept, progress: null);
        return IndexOf(throughflows, shares);
    }

    /// <summary>Null when nothing flowed.</summary>
    private static double? IndexOf(Int128[] throughflows, double[] shares)
    {
        var (total, cycled) = (0.0, 0.0);
        for (var i = 0; i < shares.Length; i++)
        {
            total += (double)throughflows[i];
            cycled += (double)throughflows[i] * shares[i];
        }

        return total == 0 ? null : cycled / total;
    }

    private static (Int128[] Throughflows, double[] Shares, List<int[]> Closed) SharesOf(FlowMatrix matrix, KnownVisits? near, KnownVisits? kept, Action<double>? progress)
    {
        var throughflows = Throughflows(matrix, out var unbalanced);
        var (shares, places, closed) = (new double[throughflows.Length], new int[throughflows.Length], new List<int[]>());
        for (var component = 0; component < matrix.Components.Count; component++)
        {
            var members = matrix.Components.Members(component);
            if (members.Length == 1)
            {
                continue;
            }

            if (IsClosed(matrix, component, unbalanced))
            {
                closed.Add([.. members]);
                foreach (var member in members)
                {
                    shares[member] = 1;
                }
            }
            else
            {
                SetShares(matrix, component, throughflows, places, shares, near, kept, progress);
            }
        }

        return (throughflows, shares, closed);
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
    private static bool IsClosed(FlowMatrix matrix, int component, bool[] unbalanced)
    {
        foreach (var member in matrix.Components.Members(component))
        {
            if (unbalanced[member] || matrix.Outside(member).Received > 0 || matrix.Outside(member).Paid > 0)
            {
                return false;
            }

            // Where nothing leaves, and each pays what it receives, nothing can enter either.
            for (var arc = matrix.Flows.FirstArcs[member]; arc < matrix.Flows.FirstArcs[member + 1]; arc++)
            {
                if (matrix.Components.ComponentOf[matrix.Flows.Targets[arc]] != component)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void SetShares(
        FlowMatrix matrix, int component, Int128[] throughflows, int[] places, double[] shares, KnownVisits? near, KnownVisits? kept, Action<double>? progress)
    {
        var members = matrix.Components.Members(component);
        var arcs = 0;
        for (var i = 0; i < members.Length; i++)
        {
            places[members[i]] = i;
            arcs += matrix.Flows.FirstArcs[members[i] + 1] - matrix.Flows.FirstArcs[members[i]];
        }

        // Members and targets ascend, and so do their places.
        var (firstArcs, targets, weights, lost, count) = (new int[members.Length + 1], new int[arcs], new double[arcs], new double[members.Length], 0);
        for (var i = 0; i < members.Length; i++)
        {
            var left = throughflows[members[i]];
            for (var arc = matrix.Flows.FirstArcs[members[i]]; arc < matrix.Flows.FirstArcs[members[i] + 1]; arc++)
            {
                var target = matrix.Flows.Targets[arc];
                if (matrix.Components.ComponentOf[target] == component)
                {
                    (targets[count], weights[count++]) = (places[target], (double)matrix.Flows.Weights[arc]);
                    left -= matrix.Flows.Weights[arc];
                }
            }

            // What a member loses is exact until here, and never a difference again.
            (firstArcs[i + 1], lost[i]) = (count, (double)left);
        }

        var visits = KnownVisits.Of(matrix.Companies[members[0]], new(firstArcs, targets[..count], weights[..count]), lost, near, kept, progress);
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
