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
    private MaximumCirculation(Int128 value, ImmutableArray<Int128> arcFlows, ImmutableArray<int> potentials)
    {
        Value = value;
        ArcFlows = arcFlows;
        Potentials = potentials;
    }

    /// <summary>The sum of <see cref="ArcFlows"/>.</summary>
    public Int128 Value { get; }

    /// <summary>By arc number of the graph. Among several circulations of the same value it is always the same one, but an arbitrary one.</summary>
    public ImmutableArray<Int128> ArcFlows { get; }

    /// <summary>By node: what an arc's end lies above its start says that it is full, empty or between (<see cref="CheapestRouting"/>).</summary>
    internal ImmutableArray<int> Potentials { get; }

    /// <param name="capacities">Weights of at least 0. An arc from a node to itself is filled.</param>
    /// <exception cref="OverflowException">The weights do not add up within 128 bits.</exception>
    public static MaximumCirculation Of(SparseGraph<Int128> capacities) => Of(capacities, new int[capacities.NodeCount], new Int128[capacities.ArcCount]);

    /// <summary>The same from the solution of a network that is nearly the same, whatever it is: the value is the same, and nearly all is in its place already.</summary>
    /// <param name="capacities">Weights of at least 0.</param>
    /// <param name="potentials">By node; all 0: nothing is known.</param>
    /// <param name="flows">By arc, what it may carry; taken where the potentials leave it open.</param>
    internal static MaximumCirculation Of(SparseGraph<Int128> capacities, int[] potentials, Int128[] flows)
    {
        foreach (var capacity in capacities.Weights)
            ArgumentOutOfRangeException.ThrowIfNegative(capacity, nameof(capacities));

        var components = StronglyConnectedComponents.Of(capacities);
        var places = new int[capacities.NodeCount];
        var (now, reached) = (new Int128[capacities.ArcCount], new int[capacities.NodeCount]);
        for (var component = 0; component < components.Count; component++)
            new Component(capacities, components, component, places).Fill(potentials, flows, reached, now);

        var value = Int128.Zero;
        foreach (var flow in now)
            value += flow;
        return new MaximumCirculation(value, ImmutableCollectionsMarshal.AsImmutableArray(now), ImmutableCollectionsMarshal.AsImmutableArray(reached));
    }

    /// <summary>The arcs inside one component, each turned round: along it goes what is taken off the arc.</summary>
    private readonly ref struct Component
    {
        private readonly ReadOnlySpan<int> _members;
        private readonly Arc<Int128>[] _handBack;
        private readonly int[] _numbers;

        public Component(SparseGraph<Int128> graph, StronglyConnectedComponents components, int component, int[] places)
        {
            _members = components.Members(component);
            var most = 0;
            for (var i = 0; i < _members.Length; i++)
            {
                places[_members[i]] = i;
                most += graph.FirstArcs[_members[i] + 1] - graph.FirstArcs[_members[i]];
            }

            var (handBack, numbers, count) = (new Arc<Int128>[most], new int[most], 0);
            foreach (var node in _members)
            {
                for (var arc = graph.FirstArcs[node]; arc < graph.FirstArcs[node + 1]; arc++)
                {
                    var target = graph.Targets[arc];
                    if (components.ComponentOf[target] != component)
                        continue;
                    (handBack[count], numbers[count]) = (new Arc<Int128>(places[target], places[node], graph.Weights[arc]), arc);
                    count++;
                }
            }

            (_handBack, _numbers) = (handBack[..count], numbers[..count]);
        }

        /// <param name="potentials">By node of the graph, to start from.</param>
        /// <param name="flows">By arc of the graph, to start from.</param>
        /// <param name="reached">Becomes the potentials at the end.</param>
        /// <param name="now">Becomes what the arcs carry.</param>
        public void Fill(int[] potentials, Int128[] flows, int[] reached, Int128[] now)
        {
            var (surplus, moved, start) = (new Int128[_members.Length], new Int128[_handBack.Length], new int[_members.Length]);
            for (var i = 0; i < start.Length; i++)
                start[i] = potentials[_members[i]];
            for (var i = 0; i < moved.Length; i++)
            {
                var (from, to, capacity) = _handBack[i];

                // What is left of its cost says where the arc belongs: full, empty, or anywhere between.
                var left = 1 + start[from] - start[to];
                moved[i] = left > 0 ? 0 : left < 0 ? capacity : Int128.Clamp(capacity - flows[_numbers[i]], 0, capacity);
                surplus[from] += capacity - moved[i];
                surplus[to] -= capacity - moved[i];
            }

            // All surplus finds its shortage, since taking everything off every arc is one way to do it.
            var routing = new CheapestRouting(_handBack, moved, start, surplus);
            routing.Carry();
            for (var i = 0; i < _numbers.Length; i++)
                now[_numbers[i]] = _handBack[i].Weight - routing.Moved(i);
            for (var i = 0; i < start.Length; i++)
                reached[_members[i]] = routing.PotentialOf(i);
        }
    }
}
