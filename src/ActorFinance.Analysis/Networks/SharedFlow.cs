using System.Buffers;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The most that many feeds can move to one sink, asked for one sink after the other on one network: the arcs are laid out once, and each question takes
/// back what it moved, so that it costs what it looks at and not the network. Dinic 1970 (Soviet Math. Doklady 11:1277) with layers counted from the
/// sink until they meet a node that is fed; in exact integers. One thread at a time.
/// <para>
/// What led from a feed to the sink can be kept (<see cref="Most"/>, found) and tried first where the same is asked of a network of which little is different: the
/// answer is the same, and most of the looking is saved.
/// </para>
/// <example>0 -> 1 of 3, 1 -> 2 of 2, 0 -> 2 of 1: with 5 fed at node 0, 3 arrive at node 2.</example>
/// </summary>
internal sealed class SharedFlow
{
    private const int Unreached = int.MaxValue;

    private readonly SharedLayout _layout;
    private readonly Int128[] _capacity;
    private readonly Int128[] _last;
    private readonly Int128[] _residual;
    private readonly List<int> _moved = [];
    private readonly Int128[] _feed;
    private readonly int[] _layer;
    private readonly int[] _nextArc;
    private readonly int[] _queue;
    private readonly int[] _path;
    private int _queued;

    /// <param name="layout">The arcs.</param>
    /// <param name="capacity">What each carries, by place.</param>
    /// <param name="last">The same of those that enter a sink, when it is one; at most the capacity.</param>
    public SharedFlow(SharedLayout layout, Int128[] capacity, Int128[] last)
    {
        (_layout, _capacity, _last, _residual) = (layout, capacity, last, ArrayPool<Int128>.Shared.Rent(capacity.Length));
        capacity.CopyTo(_residual, 0);
        var nodes = layout.Network.NodeCount;
        (_feed, _layer, _nextArc, _queue, _path) = (new Int128[nodes], new int[nodes], new int[nodes], new int[nodes], new int[nodes]);
        Array.Fill(_layer, Unreached);
    }

    /// <summary>What arrives.</summary>
    /// <param name="sink">Nothing leaves it.</param>
    /// <param name="feeds">Nodes other than the sink, each once, with what they have above 0.</param>
    /// <param name="atMost">No more can arrive: where it does, nobody looks for a better way.</param>
    /// <param name="tried">Ways to try first.</param>
    /// <param name="found">Is added to: the ways that were gone, each how many arcs it has and then these, by arc number of the graph, the last entering the sink.</param>
    public Int128 Most(int sink, ReadOnlySpan<(int Node, Int128 Amount)> feeds, Int128 atMost, WaysOfGraph tried, List<int>? found)
    {
        var network = _layout.Network;
        for (var arc = network.First[sink]; arc < network.First[sink + 1]; arc++)
            _residual[network.Mate[arc]] = _last[network.Mate[arc]];
        foreach (var (node, amount) in feeds)
            _feed[node] = amount;

        var total = Try(tried, found);
        while (total < atMost && Layer(sink) is var depth and < Unreached)
        {
            foreach (var (node, _) in feeds)
            {
                if (_layer[node] == depth)
                    total += Block(node, sink, found);
            }
        }

        foreach (var arc in _moved)
            (_residual[arc], _residual[network.Mate[arc]]) = (_capacity[arc], _capacity[network.Mate[arc]]);
        _moved.Clear();
        for (var arc = network.First[sink]; arc < network.First[sink + 1]; arc++)
            _residual[network.Mate[arc]] = _capacity[network.Mate[arc]];
        foreach (var (node, _) in feeds)
            _feed[node] = 0;
        return total;
    }

    /// <summary>Nothing can be asked any more: its largest array, which is lent, goes back.</summary>
    public void GiveBack() => ArrayPool<Int128>.Shared.Return(_residual);

    private Int128 Try(WaysOfGraph tried, List<int>? found)
    {
        var total = Int128.Zero;
        for (var start = 0; start < tried.Ways.Length; start += tried.Ways[start] + 1)
        {
            var (length, known) = (tried.Ways[start], 0);
            for (; known < length && tried.ArcOf(tried.Ways[start + 1 + known]) is >= 0 and var arc; known++)
                _path[known] = _layout.Network.Place[arc];
            var way = _path.AsSpan(0, length);
            if (known == length && Bears(_layout.Tail(way[0]), way) is var amount && amount > 0)
            {
                Move(_layout.Tail(way[0]), way, amount, found);
                total += amount;
            }
        }

        return total;
    }

    /// <summary>Answers how far the nearest feed with anything left is from the sink; the nodes up to there have their layer then.</summary>
    private int Layer(int sink)
    {
        var network = _layout.Network;
        for (var i = 0; i < _queued; i++)
            _layer[_queue[i]] = Unreached;
        (_layer[sink], _queue[0], _queued) = (0, sink, 1);
        var depth = Unreached;
        for (var i = 0; i < _queued && _layer[_queue[i]] < depth; i++)
        {
            var node = _queue[i];
            for (var arc = network.First[node]; arc < network.First[node + 1]; arc++)
            {
                var before = network.Head[arc];
                if (_layer[before] != Unreached || _residual[network.Mate[arc]] == 0)
                    continue;
                (_layer[before], _nextArc[before]) = (_layer[node] + 1, network.First[before]);
                _queue[_queued++] = before;
                if (_feed[before] > 0)
                    depth = _layer[before];
            }
        }

        return depth;
    }

    /// <summary>Blocks every shortest path from a feed.</summary>
    private Int128 Block(int feed, int sink, List<int>? found)
    {
        var network = _layout.Network;
        var total = Int128.Zero;
        var (node, length) = (feed, 0);
        while (_feed[feed] > 0)
        {
            if (node == sink)
            {
                var way = _path.AsSpan(0, length);
                var amount = Bears(feed, way);
                total += amount;
                Move(feed, way, amount, found);

                // Back to the first arc that is full now; where none is, the feed is empty.
                for (length = 0; length < way.Length && _residual[way[length]] != 0; length++)
                {
                }

                node = length == 0 ? feed : network.Head[way[length - 1]];
            }
            else if (FindArc(node) is var arc and >= 0)
            {
                _path[length++] = arc;
                node = network.Head[arc];
            }
            else if (length == 0)
            {
                return total;
            }
            else
            {
                node = _layout.Tail(_path[--length]);
                _nextArc[node]++;
            }
        }

        return total;
    }

    private int FindArc(int node)
    {
        var network = _layout.Network;
        var (end, wanted) = (network.First[node + 1], _layer[node] - 1);
        for (ref var arc = ref _nextArc[node]; arc < end; arc++)
        {
            if (_layer[network.Head[arc]] == wanted && _residual[arc] != 0)
                return arc;
        }

        return -1;
    }

    private Int128 Bears(int feed, ReadOnlySpan<int> way)
    {
        var amount = _feed[feed];
        foreach (var arc in way)
            amount = Int128.Min(amount, _residual[arc]);
        return amount;
    }

    private void Move(int feed, ReadOnlySpan<int> way, Int128 amount, List<int>? found)
    {
        var start = found?.Count ?? 0;
        found?.Add(way.Length);
        _feed[feed] -= amount;
        foreach (var arc in way)
        {
            _residual[arc] -= amount;
            _residual[_layout.Network.Mate[arc]] += amount;
            _moved.Add(arc);
            found?.Add(_layout.Number(arc));
        }

        // A way that takes something back from another makes sense only after that one: it is looked for again.
        if (found is not null && found.IndexOf(-1, start) >= 0)
            found.RemoveRange(start, found.Count - start);
    }
}

/// <summary>Ways as <see cref="SharedFlow.Most"/> finds them.</summary>
/// <param name="ways">Of each, how many arcs it has and then these.</param>
/// <param name="arcs">What the arcs of the graph that the ways were found in are in the one that is asked, -1 for none: a way over that is none. Empty: the same.</param>
internal readonly ref struct WaysOfGraph(ReadOnlySpan<int> ways, ReadOnlySpan<int> arcs)
{
    private readonly ReadOnlySpan<int> _arcs = arcs;

    public ReadOnlySpan<int> Ways { get; } = ways;

    public int ArcOf(int arc) => _arcs.IsEmpty ? arc : _arcs[arc];
}
