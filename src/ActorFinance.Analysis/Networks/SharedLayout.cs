using System.Buffers;

namespace ActorFinance.Analysis.Networks;

/// <summary>The arcs of a graph laid out for <see cref="SharedFlow"/>: any number of threads read it. A place is where an arc, or its mate in the other direction, lies.</summary>
internal sealed class SharedLayout
{
    private readonly SparseGraph<Int128> _graph;
    private readonly int[] _numbers;

    /// <summary>O(nodes + arcs).</summary>
    public SharedLayout(SparseGraph<Int128> graph)
    {
        _graph = graph;
        var arcs = ArrayPool<Arc<Int128>>.Shared.Rent(graph.ArcCount);
        graph.CopyTo(arcs);
        Network = new(graph.NodeCount, arcs.AsSpan(0, graph.ArcCount));
        ArrayPool<Arc<Int128>>.Shared.Return(arcs);
        _numbers = new int[Network.Head.Length];
        Array.Fill(_numbers, -1);
        for (var arc = 0; arc < Network.Place.Length; arc++)
            _numbers[Network.Place[arc]] = arc;
    }

    /// <summary>Its residuals are the capacities of the graph, and stay so.</summary>
    public ResidualNetwork Network { get; }

    /// <summary>The node that a place leads away from.</summary>
    public int Tail(int place) => Network.Head[Network.Mate[place]];

    /// <summary>The arc of the graph; -1 for a mate.</summary>
    public int Number(int place) => _numbers[place];

    /// <summary>The capacities of some of the graph's arcs, by place; 0 for the others.</summary>
    /// <param name="part">On the same nodes; it has no arc that the graph has not.</param>
    public Int128[] CapacitiesOf(SparseGraph<Int128> part)
    {
        var capacities = new Int128[Network.Head.Length];
        for (var node = 0; node < part.NodeCount; node++)
        {
            for (var arc = part.FirstArcs[node]; arc < part.FirstArcs[node + 1]; arc++)
                capacities[Network.Place[_graph.ArcBetween(node, part.Targets[arc])]] = part.Weights[arc];
        }

        return capacities;
    }
}
