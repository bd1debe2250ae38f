using System.Buffers;

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
    private readonly int[] _cost;
    private readonly int[] _potential;
    private readonly int[] _distance;
    private readonly List<Stack<int>> _buckets = [];
    private readonly int _source;
    private readonly int _sink;

    /// <param name="arcs">The weights are capacities.</param>
    /// <param name="moved">By arc, what is carried along it from the start: none where its cost and the potentials at its ends leave more than 0, all where they leave less.</param>
    /// <param name="potential">By node: where it starts; all 0 where nothing is moved.</param>
    /// <param name="surplus">By node, once that is moved: above zero what it has too much, below what it lacks. The sum is zero.</param>
    public CheapestRouting(ReadOnlySpan<Arc<Int128>> arcs, ReadOnlySpan<Int128> moved, ReadOnlySpan<int> potential, ReadOnlySpan<Int128> surplus)
    {
        _source = surplus.Length;
        _sink = surplus.Length + 1;
        var (all, count) = (ArrayPool<Arc<Int128>>.Shared.Rent(arcs.Length + surplus.Length), arcs.Length);
        arcs.CopyTo(all);
        for (var node = 0; node < surplus.Length; node++)
        {
            if (surplus[node] != 0)
                all[count++] = surplus[node] > 0 ? new Arc<Int128>(_source, node, surplus[node]) : new Arc<Int128>(node, _sink, -surplus[node]);
        }

        _network = new ResidualNetwork(surplus.Length + 2, all.AsSpan(0, count));
        _potential = new int[surplus.Length + 2];
        _distance = new int[surplus.Length + 2];
        _cost = new int[2 * count];
        potential.CopyTo(_potential);
        for (var i = 0; i < arcs.Length; i++)
        {
            var place = _network.Place[i];
            (_cost[place], _cost[_network.Mate[place]]) = (1, -1);
            _network.Residual[place] -= moved[i];
            _network.Residual[_network.Mate[place]] += moved[i];
        }

        // All surplus goes somewhere and all that lacks is filled, so that what these arcs cost decides nothing: it is such that all start alike.
        for (var i = arcs.Length; i < count; i++)
        {
            var place = _network.Place[i];
            _cost[place] = _potential[all[i].To] - _potential[all[i].From];
            _cost[_network.Mate[place]] = -_cost[place];
        }

        ArrayPool<Arc<Int128>>.Shared.Return(all);
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

    /// <summary>Where a node stands now: with it, and what is moved, a like network may start.</summary>
    public int PotentialOf(int node) => _potential[node];

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

    private readonly struct ShortestArcs(int[] cost, int[] potential) : IArcRule
    {
        public bool Allows(int arc, int from, int to) => cost[arc] + potential[from] == potential[to];
    }
}
