using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ActorFinance.Analysis.Networks;

public sealed class BottleneckCycle(decimal bottleneck, ImmutableArray<int> nodes)
{
    /// <summary>The smallest weight on the cycle.</summary>
    public decimal Bottleneck { get; } = bottleneck;

    /// <summary>From the smallest node on, in the direction of the arcs, without naming the first again.</summary>
    public ImmutableArray<int> Nodes { get; } = nodes;
}

public sealed class CycleRanking(ImmutableArray<BottleneckCycle> cycles, long steps)
{
    /// <summary>Best first. Fewer than asked for means that there are no more.</summary>
    public ImmutableArray<BottleneckCycle> Cycles { get; } = cycles;

    /// <summary>How many arcs were looked at to find them, an arc looked at twice counting twice: the work done, whatever the machine.</summary>
    public long Steps { get; } = steps;
}

/// <summary>
/// The simple cycles of a weighted graph with the greatest bottlenecks; among equals the shorter comes first, then the one whose nodes,
/// read from the smallest on, are lexicographically first. Never lists all cycles.
/// <para>
/// The arcs are added from the heaviest down. What is new with weight w are exactly the cycles of bottleneck w, so cycles come out in the
/// order wanted and the search ends with the last one asked for. Each cycle that is new holds a new arc: only nodes near enough to
/// the new arcs are looked at, and only inside the components that the arcs form once the current batch is in (components by Tarjan 1972;
/// batches double, so that there are few of them). Within these, <see cref="RootedCycles"/> lists in order.
/// </para>
/// <para>Worst case exponential in the length, since paths that cannot close without crossing themselves are not foreseen.</para>
/// </summary>
public sealed class BottleneckCycles
{
    private const int FirstBatch = 8;

    private readonly int _cyclesMax;
    private readonly int _lengthMax;
    private readonly HeaviestArcs _arcs;
    private readonly Vicinity _ahead;
    private readonly Vicinity _behind;
    private readonly int[] _places;
    private readonly ImmutableArray<BottleneckCycle>.Builder _cycles = ImmutableArray.CreateBuilder<BottleneckCycle>();
    private long _steps;

    private BottleneckCycles(SparseGraph<decimal> graph, int cyclesMax, int lengthMax)
    {
        _cyclesMax = cyclesMax;
        _lengthMax = lengthMax;
        _arcs = new HeaviestArcs(graph);
        _ahead = new Vicinity(_arcs, forward: true);
        _behind = new Vicinity(_arcs, forward: false);
        _places = new int[graph.NodeCount];
    }

    /// <param name="graph">Any weights; an arc from a node to itself is a cycle of one node.</param>
    /// <param name="cyclesMax">How many to find at most.</param>
    /// <param name="lengthMax">The most nodes on a cycle, 1 to 63.</param>
    public static CycleRanking Find(SparseGraph<decimal> graph, int cyclesMax, int lengthMax = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cyclesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthMax, RootedCycles.LengthLimit);
        var search = new BottleneckCycles(graph, cyclesMax, lengthMax);
        search.Run();
        return new CycleRanking(search._cycles.ToImmutable(), search._steps + search._ahead.Steps + search._behind.Steps);
    }

    private void Run()
    {
        for (var batchEnd = 0; batchEnd < _arcs.Count && _cycles.Count < _cyclesMax;)
        {
            var batchStart = batchEnd;
            batchEnd = _arcs.EndOfTies(Math.Min(_arcs.Count, Math.Max(FirstBatch, 2 * batchEnd)));
            var components = StronglyConnectedComponents.Of(_arcs.FirstOnes(batchEnd)).ComponentOf.ToArray();
            for (var start = batchStart; start < batchEnd && _cycles.Count < _cyclesMax;)
            {
                var end = _arcs.EndOfTies(start + 1);
                AddTies(start, end, components);
                start = end;
            }
        }
    }

    /// <summary>Adds the arcs from start to end, all of one weight, and lists the cycles that they close.</summary>
    private void AddTies(int start, int end, int[] components)
    {
        _ahead.Clear();
        _behind.Clear();
        for (var i = start; i < end; i++)
        {
            _arcs.AddNext();
            var (from, to, _) = _arcs[i];
            if (components[from] != components[to])
                continue;
            _behind.Seed(from);
            _ahead.Seed(to);
        }

        // Half way from each side is enough to see that nothing closes, and far cheaper than the whole way where many arcs leave a node.
        var way = _lengthMax - 1;
        _ahead.Spread(way / 2, components);
        _behind.Spread(way - way / 2, components);
        if (!_ahead.Meets(_behind))
            return;
        _ahead.Spread(way, components);
        _behind.Spread(way, components);

        var weight = _arcs[start].Weight;
        var near = _ahead.NodesWithin(way, _behind);
        var search = new RootedCycles(NearGraph(near, start, components));
        foreach (var cycle in search.InOrder(_lengthMax, _cyclesMax - _cycles.Count))
            _cycles.Add(new BottleneckCycle(weight, [.. cycle.Select(place => near[place])]));
        _steps += search.Steps;
    }

    /// <summary>The arcs added so far between the given nodes, which are renumbered in the same order.</summary>
    private SparseGraph<int> NearGraph(int[] near, int firstNew, int[] components)
    {
        for (var i = 0; i < near.Length; i++)
            _places[near[i]] = i;
        var arcs = new List<Arc<int>>();
        for (var i = 0; i < near.Length; i++)
        {
            foreach (var number in _arcs.Leaving(near[i]))
            {
                _steps++;
                var target = _arcs[number].To;
                var place = _places[target];
                // Places of earlier calls are still there: one counts only if the node found there is the right one.
                if (place < near.Length && near[place] == target && components[target] == components[near[i]])
                    arcs.Add(new Arc<int>(i, place, number < firstNew ? RootedCycles.Known : RootedCycles.New));
            }
        }

        return SparseGraph.FromArcs<int>(near.Length, CollectionsMarshal.AsSpan(arcs));
    }
}
