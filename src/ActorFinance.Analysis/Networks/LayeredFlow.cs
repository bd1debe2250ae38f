namespace ActorFinance.Analysis.Networks;

/// <summary>Which arcs of a residual network may be used at all. A struct, so that the check is compiled into the loop.</summary>
internal interface IArcRule
{
    bool Allows(int arc, int from, int to);
}

/// <summary>
/// Moves as much as possible from a source to a sink along allowed arcs. Dinic 1970 (Soviet Math. Doklady 11:1277): layer the nodes by
/// their distance to the sink, block every shortest path, layer again. O(nodes^2 arcs) at worst, near O(arcs) a layering in practice.
/// Layers are counted from the sink, so that the walk from the source never enters a region that does not lead there.
/// </summary>
internal sealed class LayeredFlow<TRule>(ResidualNetwork network, TRule rule)
    where TRule : struct, IArcRule
{
    private const int Unreached = int.MaxValue;

    private readonly int[] _layer = new int[network.NodeCount];
    private readonly int[] _nextArc = new int[network.NodeCount];
    private readonly int[] _path = new int[network.NodeCount];
    private readonly int[] _queue = new int[network.NodeCount];

    /// <summary>After <see cref="Push"/>: can more be moved from this node to the sink? The arcs into these nodes are a minimum cut.</summary>
    public bool ReachesSink(int node) => _layer[node] != Unreached;

    /// <summary>Returns the amount moved.</summary>
    public Int128 Push(int source, int sink)
    {
        var total = Int128.Zero;
        while (Layer(source, sink))
            total += Block(source, sink);
        return total;
    }

    private bool Layer(int source, int sink)
    {
        Array.Fill(_layer, Unreached);
        _layer[sink] = 0;
        _queue[0] = sink;
        var queued = 1;
        for (var i = 0; i < queued; i++)
        {
            var node = _queue[i];
            for (var arc = network.First[node]; arc < network.First[node + 1]; arc++)
            {
                var before = network.Head[arc];
                var entering = network.Mate[arc];
                if (_layer[before] != Unreached || network.Residual[entering] == 0 || !rule.Allows(entering, before, node))
                    continue;
                _layer[before] = _layer[node] + 1;
                if (before == source)
                    return true;
                _queue[queued++] = before;
            }
        }

        return false;
    }

    private Int128 Block(int source, int sink)
    {
        network.First.AsSpan(0, network.NodeCount).CopyTo(_nextArc);
        var total = Int128.Zero;
        var node = source;
        var length = 0;
        while (true)
        {
            if (node == sink)
            {
                total += MoveAlong(ref length);
                node = Tail(_path[length]);
            }
            else if (FindArc(node) is var arc and >= 0)
            {
                _path[length++] = arc;
                node = network.Head[arc];
            }
            else if (node == source)
            {
                return total;
            }
            else
            {
                node = Tail(_path[--length]);
                _nextArc[node]++;
            }
        }
    }

    /// <summary>Moves what the path can bear and shortens it to the first arc that is now full.</summary>
    private Int128 MoveAlong(ref int length)
    {
        var residual = network.Residual;
        var amount = residual[_path[0]];
        for (var i = 1; i < length; i++)
            amount = Int128.Min(amount, residual[_path[i]]);
        for (var i = length - 1; i >= 0; i--)
        {
            var arc = _path[i];
            residual[arc] -= amount;
            residual[network.Mate[arc]] += amount;
            if (residual[arc] == 0)
                length = i;
        }

        return amount;
    }

    private int FindArc(int node)
    {
        var end = network.First[node + 1];
        var wanted = _layer[node] - 1;
        for (ref var arc = ref _nextArc[node]; arc < end; arc++)
        {
            var head = network.Head[arc];
            if (_layer[head] == wanted && network.Residual[arc] != 0 && rule.Allows(arc, node, head))
                return arc;
        }

        return -1;
    }

    private int Tail(int arc) => network.Head[network.Mate[arc]];
}
