using System.Runtime.InteropServices;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The most that can be moved from a source to a sink along paths of at most so many arcs, which share each arc's capacity: the linear
/// programme over as many layers as a path has arcs (length-bounded flows: Baier and others 2010, ACM Transactions on Algorithms 7:4). Unlike a maximum flow its optimum need not be whole even where all capacities are.
/// <list type="number">
/// <item>Arcs on no walk that short are left out. A maximum flow of the rest is a bound; when it falls apart into paths that short, it is the answer.</item>
/// <item>Up to three arcs the paths from one middle arc share nothing with those of another, so that an ordinary maximum flow, in which each
/// node's arc to the sink is shared by the two ways of coming to it, is the answer.</item>
/// <item>Else the programme is solved over paths (<see cref="PathProgramme"/>), in doubles, between a lower and an upper bound.</item>
/// </list>
/// <example>s -> a of 1, a -> b of 1, b -> t of 1, s -> b of 1: with two arcs 1, with three 1, since b -> t is shared.</example>
/// </summary>
public sealed class LengthBoundedFlow
{
    private LengthBoundedFlow(Int128? exact, double value, double errorMax)
    {
        Exact = exact;
        Value = value;
        ErrorMax = errorMax;
    }

    /// <summary>The answer where it was found in whole numbers; null where it was computed in doubles.</summary>
    public Int128? Exact { get; }

    public double Value { get; }

    /// <summary>
    /// How far the true value can lie from <see cref="Value"/>: the gap between a flow that keeps all capacities and a price on arcs at which
    /// nothing better can be had, so a proof and no estimate (but for the rounding of these two sums themselves, some 1e-15 of the value).
    /// </summary>
    public double ErrorMax { get; }

    /// <param name="capacities">Weights of at least 0.</param>
    /// <param name="source">Where the flow starts.</param>
    /// <param name="sink">Where it ends; not the source.</param>
    /// <param name="arcsMax">The most arcs on a path, at least 1.</param>
    public static LengthBoundedFlow Between(SparseGraph<Int128> capacities, int source, int sink, int arcsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arcsMax, 1);
        var near = WithinReach(capacities, source, sink, arcsMax);
        if (arcsMax <= 3)
        {
            return OfExact(MaximumFlow.Between(arcsMax == 3 ? ThreeArcs(near, source, sink) : near, source, sink).Value);
        }

        var unbounded = MaximumFlow.Between(near, source, sink);
        if (unbounded.Value == 0 || FallsApart(near, unbounded, source, sink, arcsMax))
        {
            return OfExact(unbounded.Value);
        }

        var programme = new PathProgramme(near, source, sink, arcsMax);
        var (lower, upper) = programme.Solve();
        return new(null, upper, Math.Max(0, upper - lower));
    }

    private static LengthBoundedFlow OfExact(Int128 value) => new(value, (double)value, 0);

    /// <summary>The arcs on some walk from source to sink of at most so many arcs.</summary>
    private static SparseGraph<Int128> WithinReach(SparseGraph<Int128> graph, int source, int sink, int arcsMax)
    {
        var from = Distances(graph, source);
        var to = Distances(graph.Reversed(), sink);
        var kept = new List<Arc<Int128>>();
        foreach (var arc in graph.ToArcs())
        {
            if (arc.To != source && arc.From != sink && (long)from[arc.From] + 1 + to[arc.To] <= arcsMax)
            {
                kept.Add(arc);
            }
        }

        return SparseGraph.FromArcs<Int128>(graph.NodeCount, CollectionsMarshal.AsSpan(kept));
    }

    private static int[] Distances(SparseGraph<Int128> graph, int start)
    {
        var distances = new int[graph.NodeCount];
        Array.Fill(distances, int.MaxValue);
        distances[start] = 0;
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            for (var arc = graph.FirstArcs[node]; arc < graph.FirstArcs[node + 1]; arc++)
            {
                if (distances[graph.Targets[arc]] == int.MaxValue)
                {
                    distances[graph.Targets[arc]] = distances[node] + 1;
                    queue.Enqueue(graph.Targets[arc]);
                }
            }
        }

        return distances;
    }

    /// <summary>
    /// Node v stands three times: v where an arc from the source leads, v' where a second arc leads, and v'' before its arc to the sink, which
    /// both enter. Any path is then one of at most three arcs, and the other way round.
    /// </summary>
    private static SparseGraph<Int128> ThreeArcs(SparseGraph<Int128> graph, int source, int sink)
    {
        var size = graph.NodeCount;
        var arcs = new List<Arc<Int128>>();
        foreach (var (from, to, capacity) in graph.ToArcs())
        {
            if (from == source)
            {
                arcs.Add(new(source, to, capacity));
            }
            else if (to == sink)
            {
                arcs.Add(new(from, (2 * size) + from, capacity));
                arcs.Add(new(size + from, (2 * size) + from, capacity));
                arcs.Add(new((2 * size) + from, sink, capacity));
            }
            else if (from != to)
            {
                arcs.Add(new(from, size + to, capacity));
            }
        }

        return SparseGraph.FromArcs<Int128>(3 * size, CollectionsMarshal.AsSpan(arcs));
    }

    /// <summary>Takes shortest paths off the flow until nothing is left of it, or until the shortest is too long: then it may or may not fall apart otherwise.</summary>
    private static bool FallsApart(SparseGraph<Int128> graph, MaximumFlow flow, int source, int sink, int arcsMax)
    {
        var left = flow.ArcFlows.ToArray();
        for (var rest = flow.Value; rest > 0;)
        {
            if (ShortestPath(graph, left, source, sink, arcsMax) is not { } path)
            {
                return false;
            }

            var amount = path.Aggregate(rest, (least, arc) => Int128.Min(least, left[arc]));
            path.ForEach(arc => left[arc] -= amount);
            rest -= amount;
        }

        return true;
    }

    private static List<int>? ShortestPath(SparseGraph<Int128> graph, Int128[] left, int source, int sink, int arcsMax)
    {
        var enteredBy = new Dictionary<int, (int Node, int Arc)> { [source] = (-1, -1) };
        var reached = new List<int> { source };
        for (var (step, start) = (0, 0); step < arcsMax && !enteredBy.ContainsKey(sink); step++)
        {
            var end = reached.Count;
            for (; start < end; start++)
            {
                var node = reached[start];
                for (var arc = graph.FirstArcs[node]; arc < graph.FirstArcs[node + 1]; arc++)
                {
                    if (left[arc] > 0 && enteredBy.TryAdd(graph.Targets[arc], (node, arc)))
                    {
                        reached.Add(graph.Targets[arc]);
                    }
                }
            }
        }

        if (!enteredBy.ContainsKey(sink))
        {
            return null;
        }

        var path = new List<int>();
        for (var node = sink; node != source; node = enteredBy[node].Node)
        {
            path.Add(enteredBy[node].Arc);
        }

        return path;
    }
}
