using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorFinance.Analysis.Networks;

/// <summary>An arc from one node to another. Nodes are numbered from 0.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Arc<TWeight>(int From, int To, TWeight Weight)
    where TWeight : struct, INumber<TWeight>;

public static class SparseGraph
{
    /// <summary>
    /// Builds a graph on nodes 0..nodeCount-1. Parallel arcs become one with the sum of their weights, added in the order given;
    /// an arc whose sum is zero is left out, since for every reader of the graph a weight of zero is no arc. O(nodes + arcs).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An arc names a node outside 0..nodeCount-1.</exception>
    public static SparseGraph<TWeight> FromArcs<TWeight>(int nodeCount, ReadOnlySpan<Arc<TWeight>> arcs)
        where TWeight : struct, INumber<TWeight>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodeCount);
        foreach (ref readonly var arc in arcs)
        {
            if (Math.Min(arc.From, arc.To) < 0 || Math.Max(arc.From, arc.To) >= nodeCount)
                throw new ArgumentOutOfRangeException(nameof(arcs), $"Arc {arc.From} -> {arc.To} leaves the nodes 0..{nodeCount - 1}.");
        }

        // Two stable counting sorts, the lesser key first, order the arcs by (from, to) without comparing.
        var byTarget = CountingSort(nodeCount, arcs, static arc => arc.To);
        var ordered = CountingSort<TWeight>(nodeCount, byTarget, static arc => arc.From);

        var firstArcs = new int[nodeCount + 1];
        var targets = new int[ordered.Length];
        var weights = new TWeight[ordered.Length];
        var kept = 0;
        for (var i = 0; i < ordered.Length;)
        {
            var (from, to, weight) = ordered[i++];
            for (; i < ordered.Length && ordered[i].From == from && ordered[i].To == to; i++)
                weight += ordered[i].Weight;
            if (TWeight.IsZero(weight))
                continue;
            targets[kept] = to;
            weights[kept++] = weight;
            firstArcs[from + 1]++;
        }

        for (var node = 0; node < nodeCount; node++)
            firstArcs[node + 1] += firstArcs[node];
        return new SparseGraph<TWeight>(firstArcs, targets[..kept], weights[..kept]);
    }

    private static Arc<TWeight>[] CountingSort<TWeight>(int keyCount, ReadOnlySpan<Arc<TWeight>> arcs, Func<Arc<TWeight>, int> key)
        where TWeight : struct, INumber<TWeight>
    {
        var next = new int[keyCount + 1];
        foreach (ref readonly var arc in arcs)
            next[key(arc) + 1]++;
        for (var i = 0; i < keyCount; i++)
            next[i + 1] += next[i];
        var sorted = new Arc<TWeight>[arcs.Length];
        foreach (ref readonly var arc in arcs)
            sorted[next[key(arc)]++] = arc;
        return sorted;
    }
}

/// <summary>
/// A directed graph in compressed rows: the arcs leaving node v are those numbered FirstArcs[v] to FirstArcs[v + 1] - 1, by ascending
/// target, at most one to each target, none of weight zero. Read as a matrix, row i column j holds the weight of the arc i -> j.
/// Answers about arcs (flows, for instance) are lists in this numbering.
/// </summary>
public sealed class SparseGraph<TWeight>
    where TWeight : struct, INumber<TWeight>
{
    private readonly int[] _firstArcs;
    private readonly int[] _targets;
    private readonly TWeight[] _weights;

    internal SparseGraph(int[] firstArcs, int[] targets, TWeight[] weights)
    {
        _firstArcs = firstArcs;
        _targets = targets;
        _weights = weights;
    }

    public int NodeCount => _firstArcs.Length - 1;

    public int ArcCount => _targets.Length;

    /// <summary>NodeCount + 1 entries, the last being ArcCount.</summary>
    public ReadOnlySpan<int> FirstArcs => _firstArcs;

    public ReadOnlySpan<int> Targets => _targets;

    public ReadOnlySpan<TWeight> Weights => _weights;

    /// <summary>The number of the arc from -> to, or -1 when there is none. O(log of the arcs leaving <paramref name="from"/>).</summary>
    public int ArcBetween(int from, int to)
    {
        var start = _firstArcs[from];
        var place = Array.BinarySearch(_targets, start, _firstArcs[from + 1] - start, to);
        return place < 0 ? -1 : place;
    }

    /// <summary>Every arc in the order of its number. O(nodes + arcs).</summary>
    public Arc<TWeight>[] ToArcs()
    {
        var arcs = new Arc<TWeight>[ArcCount];
        CopyTo(arcs);
        return arcs;
    }

    /// <summary>The same into room for as many as there are.</summary>
    internal void CopyTo(Span<Arc<TWeight>> arcs)
    {
        for (var node = 0; node < NodeCount; node++)
        {
            for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1]; arc++)
                arcs[arc] = new Arc<TWeight>(node, _targets[arc], _weights[arc]);
        }
    }

    /// <summary>The same arcs turned round. O(nodes + arcs).</summary>
    public SparseGraph<TWeight> Reversed()
    {
        var arcs = ToArcs();
        for (var i = 0; i < arcs.Length; i++)
            arcs[i] = new Arc<TWeight>(arcs[i].To, arcs[i].From, arcs[i].Weight);
        return SparseGraph.FromArcs<TWeight>(NodeCount, arcs);
    }
}
