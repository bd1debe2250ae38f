using System.Numerics;
using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

/// <summary>Small graphs for comparing with naive versions, and big ones from a fixed seed.</summary>
internal static class RandomGraphs
{
    public static Gen<SparseGraph<Int128>> Small(int nodesMax, int arcsMax, int weightMax) =>
        Gen.Int[1, nodesMax].SelectMany(nodes =>
            Gen.Select(Gen.Int[0, nodes - 1], Gen.Int[0, nodes - 1], Gen.Int[1, weightMax])
                .Array[0, arcsMax]
                .Select(arcs => Graph(nodes, arcs.Select(arc => new Arc<Int128>(arc.Item1, arc.Item2, arc.Item3)))));

    public static SparseGraph<Int128> Big(int nodes, int arcs, int seed, long weightMax = 1_000_000)
    {
        var random = new Random(seed);
        return Graph(nodes, Enumerable.Range(0, arcs)
            .Select(_ => new Arc<Int128>(random.Next(nodes), random.Next(nodes), random.NextInt64(1, weightMax))));
    }

    public static SparseGraph<T> Graph<T>(int nodes, IEnumerable<Arc<T>> arcs)
        where T : struct, INumber<T> =>
        SparseGraph.FromArcs<T>(nodes, arcs.ToArray());

    public static SparseGraph<T> Graph<T>(int nodes, params (int From, int To, T Weight)[] arcs)
        where T : struct, INumber<T> =>
        Graph(nodes, arcs.Select(arc => new Arc<T>(arc.From, arc.To, arc.Weight)));

    public static string Text<T>(SparseGraph<T> graph)
        where T : struct, INumber<T> =>
        $"{graph.NodeCount} nodes: {string.Join(", ", graph.ToArcs().Select(arc => $"{arc.From} -> {arc.To} {arc.Weight}"))}";
}
