using System.Runtime.InteropServices;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// Carries surpluses to shortages along arcs that each cost one for a unit moved, at least total cost. Primal-dual method (Ford and
/// Fulkerson 1962, Flows in Networks, ch. III): lengthen the potentials by shortest distances (Dijkstra with buckets), move all that fits
/// on arcs of reduced cost zero, repeat. Since every arc costs one, distances are whole numbers below the node count and grow each round:
/// O(nodes) rounds of one maximum flow at worst, in practice about as many rounds as the longest way any unit has to go.
/// </summary>
internal sealed class CheapestRouting
{
    private readonly ResidualNetwork _network;
    private readonly sbyte[] _cost;
    private readonly int[] _potential;
    private readonly int[] _distance;
    private readonly List<Stack<int>> _buckets = [];
    private readonly int _source;
    private readonly int _sink;

    /// <param name="arcs">The weights are capacities.</param>
    /// <param name="surplus">By node: above zero what it has too much, below what it lacks. The sum is zero.</param>
    public CheapestRouting(ReadOnlySpan<Arc<Int128>> arcs, ReadOnlySpan<Int128> surplus)
    {
        _source = surplus.Length;
        _sink = surplus.Length + 1;
        var all = new List<Arc<Int128>>(arcs.Length + surplus.Length);
        all.AddRange(arcs);
        for (var node = 0; node < surplus.Length; node++)
        {
            if (surplus[node] == 0)
                continue;
            all.Add(surplus[node] > 0
                ? new Arc<Int128>(_source, node, surplus[node])
                : new Arc<Int128>(node, _sink, -surplus[node]));
        }

        _network = new ResidualNetwork(surplus.Length + 2, CollectionsMarshal.AsSpan(all));
        _potential = new int[surplus.Length + 2];
        _distance = new int[surplus.Length + 2];
        _cost = new sbyte[2 * all.Count];
        for (var i = 0; i < arcs.Length; i++)
        {
            _cost[_network.Place[i]] = 1;
            _cost[_network.Mate[_network.Place[i]]] = -1;
        }
    }

    /// <summary>Returns what could be carried; how is then in <see cref="Moved"/>.</summary>
    public Int128 Carry()
    {
        var flow = new LayeredFlow<ShortestArcs>(_network, new ShortestArcs(_cost, _potential));
        var total = Int128.Zero;
        while (LengthenPotentials())
            total += flow.Push(_source, _sink);
        return total;
    }

    /// <summary>What is carried along the i-th arc given to the constructor.</summary>
    public Int128 Moved(int i) => _network.Moved(i);

    private bool LengthenPotentials()
    {
        Array.Fill(_distance, int.MaxValue);
        foreach (var bucket in _buckets)
            bucket.Clear();
        Reach(_source, 0);
        for (var distance = 0; distance < _buckets.Count; distance++)
        {
            while (_buckets[distance].TryPop(out var node))
            {
                if (node == _sink)
                {
                    // What lies beyond the sink, or was not looked at, is at least as far: this keeps all reduced costs at or above zero.
                    for (var i = 0; i < _potential.Length; i++)
                        _potential[i] += Math.Min(_distance[i], distance);
                    return true;
                }

                if (_distance[node] == distance)
                    ReachNeighbours(node, distance);
            }
        }

        return false;
    }

    private void ReachNeighbours(int node, int distance)
    {
        for (var arc = _network.First[node]; arc < _network.First[node + 1]; arc++)
        {
            if (_network.Residual[arc] == 0)
                continue;
            var head = _network.Head[arc];
            var through = distance + _cost[arc] + _potential[node] - _potential[head];
            if (through < _distance[head])
                Reach(head, through);
        }
    }

    private void Reach(int node, int distance)
    {
        _distance[node] = distance;
        while (_buckets.Count <= distance)
            _buckets.Add(new Stack<int>());
        _buckets[distance].Push(node);
    }

    private readonly struct ShortestArcs(sbyte[] cost, int[] potential) : IArcRule
    {
        public bool Allows(int arc, int from, int to) => cost[arc] + potential[from] == potential[to];
    }
}
