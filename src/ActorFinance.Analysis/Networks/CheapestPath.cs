namespace ActorFinance.Analysis.Networks;

/// <summary>The path of least cost from a source to a sink among those of at most so many arcs (Bellman and Ford, layer by layer). O(arcs x length).</summary>
internal sealed class CheapestPath
{
    private readonly SparseGraph<Int128> _graph;
    private readonly int _source;
    private readonly int _sink;
    private readonly double[][] _costs;
    private readonly int[][] _enteredBy;
    private readonly int[] _tails;

    public CheapestPath(SparseGraph<Int128> graph, int source, int sink, int arcsMax)
    {
        (_graph, _source, _sink) = (graph, source, sink);
        _costs = [.. Enumerable.Range(0, arcsMax + 1).Select(_ => new double[graph.NodeCount])];
        _enteredBy = [.. Enumerable.Range(0, arcsMax + 1).Select(_ => new int[graph.NodeCount])];
        _tails = [.. graph.ToArcs().Select(arc => arc.From)];
    }

    /// <summary>Null when none leads there. Among equals the shortest; no node is on it twice.</summary>
    /// <param name="cost">At least 0.</param>
    /// <param name="isOpen">Which arcs may be used.</param>
    public Found? Find(Func<int, double> cost, Func<int, bool> isOpen)
    {
        Array.Fill(_costs[0], double.PositiveInfinity);
        _costs[0][_source] = 0;
        var frontier = new List<int> { _source };
        for (var layer = 1; layer < _costs.Length; layer++)
        {
            _costs[layer - 1].CopyTo(_costs[layer], 0);
            Array.Fill(_enteredBy[layer], -1);
            var reached = new HashSet<int>();
            foreach (var node in frontier)
            {
                for (var arc = _graph.FirstArcs[node]; arc < _graph.FirstArcs[node + 1]; arc++)
                {
                    var target = _graph.Targets[arc];
                    if (isOpen(arc) && _costs[layer - 1][node] + cost(arc) is var through && through < _costs[layer][target])
                    {
                        _costs[layer][target] = through;
                        _enteredBy[layer][target] = arc;
                        reached.Add(target);
                    }
                }
            }

            frontier = [.. reached];
        }

        var total = _costs[^1][_sink];
        return double.IsPositiveInfinity(total) ? null : new(total, ArcsTo(_sink));
    }

    private int[] ArcsTo(int node)
    {
        // A node's cost falls from layer to layer, so a walk that came to it twice would have been cheaper without the detour.
        var arcs = new List<int>();
        for (var layer = _costs.Length - 1; layer > 0; layer--)
        {
            if (_enteredBy[layer][node] is >= 0 and var arc)
            {
                arcs.Add(arc);
                node = _tails[arc];
            }
        }

        return [.. arcs];
    }

    internal sealed record Found(double Cost, int[] Arcs);
}
