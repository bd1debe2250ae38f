using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The greatest sum of arc flows f with 0 &lt;= f &lt;= weight and, at every node, as much flowing in as out; in exact integers.
/// An arc between two strongly connected components is on no cycle and carries nothing, so each component is solved alone. There:
/// fill every arc; nodes where in and out differ then have a surplus or a shortage; taking one unit off an arc hands one unit of
/// surplus from its target back to its source and costs one. The least that must be taken off is a routing of least cost
/// (see <see cref="CheapestRouting"/>, which names its source and its complexity).
/// <example>0 -> 1 of 5, 1 -> 2 of 3, 2 -> 0 of 4: 3 can go round, the value is 9.</example>
/// </summary>
public sealed class MaximumCirculation
{
    private MaximumCirculation(Int128 value, ImmutableArray<Int128> arcFlows)
    {
        Value = value;
        ArcFlows = arcFlows;
    }

    /// <summary>The sum of <see cref="ArcFlows"/>.</summary>
    public Int128 Value { get; }

    /// <summary>By arc number of the graph. Among several circulations of the same value it is always the same one, but an arbitrary one.</summary>
    public ImmutableArray<Int128> ArcFlows { get; }

    /// <param name="capacities">Weights of at least 0. An arc from a node to itself is filled.</param>
    /// <exception cref="OverflowException">The weights do not add up within 128 bits.</exception>
    public static MaximumCirculation Of(SparseGraph<Int128> capacities)
    {
        foreach (var capacity in capacities.Weights)
            ArgumentOutOfRangeException.ThrowIfNegative(capacity, nameof(capacities));

        var components = StronglyConnectedComponents.Of(capacities);
        var places = new int[capacities.NodeCount];
        var flows = new Int128[capacities.ArcCount];
        for (var component = 0; component < components.Count; component++)
            Fill(new InnerArcs(capacities, components, component, places), flows);

        var value = Int128.Zero;
        foreach (var flow in flows)
            value += flow;
        return new MaximumCirculation(value, ImmutableCollectionsMarshal.AsImmutableArray(flows));
    }

    private static void Fill(InnerArcs inner, Int128[] flows)
    {
        var surplus = new Int128[inner.NodeCount];
        var handBack = new Arc<Int128>[inner.Arcs.Count];
        foreach (var (i, (from, to, capacity)) in inner.Arcs.Index())
        {
            surplus[to] += capacity;
            surplus[from] -= capacity;
            handBack[i] = new Arc<Int128>(to, from, capacity);
        }

        // All surplus finds its shortage, since taking everything off every arc is one way to do it.
        var routing = new CheapestRouting(handBack, surplus);
        routing.Carry();
        foreach (var (i, arc) in inner.Arcs.Index())
            flows[inner.Numbers[i]] = arc.Weight - routing.Moved(i);
    }

    /// <summary>The arcs inside one component, its nodes renumbered from 0.</summary>
    private sealed class InnerArcs
    {
        public InnerArcs(SparseGraph<Int128> graph, StronglyConnectedComponents components, int component, int[] places)
        {
            var members = components.Members(component);
            NodeCount = members.Length;
            for (var i = 0; i < members.Length; i++)
                places[members[i]] = i;
            foreach (var node in members)
            {
                for (var arc = graph.FirstArcs[node]; arc < graph.FirstArcs[node + 1]; arc++)
                {
                    var target = graph.Targets[arc];
                    if (components.ComponentOf[target] != component)
                        continue;
                    Arcs.Add(new Arc<Int128>(places[node], places[target], graph.Weights[arc]));
                    Numbers.Add(arc);
                }
            }
        }

        public int NodeCount { get; }

        public List<Arc<Int128>> Arcs { get; } = [];

        /// <summary>The arcs' numbers in the whole graph.</summary>
        public List<int> Numbers { get; } = [];
    }
}
