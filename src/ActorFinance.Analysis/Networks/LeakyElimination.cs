using System.Collections.Immutable;

namespace ActorFinance.Analysis.Networks;

/// <summary>One node taken out of a network, with what led to it and from it then.</summary>
/// <param name="Node">Which.</param>
/// <param name="Outflow">What it passed on or lost: its pivot.</param>
/// <param name="From">The nodes that paid it, with how much.</param>
/// <param name="To">The nodes it paid, with how much.</param>
internal sealed record Eliminated(int Node, double Outflow, ImmutableArray<(int Node, double Weight)> From, ImmutableArray<(int Node, double Weight)> To);

/// <summary>
/// A network from which nodes are taken out one after the other, the cheapest first (Markowitz 1957, Management Science 3:255: fewest in
/// times fewest out): what went through a node goes straight from whom it came to whom it went, and what the node lost is lost by those who
/// paid it, each in proportion. Nothing is ever subtracted: what a node passes on and loses is added up afresh (Grassmann, Taksar and Heyman
/// 1985, Operations Research 33:1107), so the smallest loss keeps all its digits and every number its relative precision.
/// </summary>
internal sealed class LeakyElimination
{
    private readonly Dictionary<int, double>[] _to;
    private readonly HashSet<int>[] _from;
    private readonly double[] _lost;
    private readonly bool[] _isOut;
    private readonly PriorityQueue<int, (long Work, int Node)> _cheapest = new();

    /// <param name="paid">Arcs from a node to itself do not matter: what returns at once has not been anywhere.</param>
    /// <param name="lost">By node: what leaves the network, at least 0.</param>
    public LeakyElimination(SparseGraph<double> paid, double[] lost)
    {
        _lost = (double[])lost.Clone();
        _to = new Dictionary<int, double>[paid.NodeCount];
        _from = new HashSet<int>[paid.NodeCount];
        _isOut = new bool[paid.NodeCount];
        Remaining = paid.NodeCount;
        for (var node = 0; node < paid.NodeCount; node++)
        {
            (_to[node], _from[node]) = ([], []);
        }

        foreach (var (from, to, weight) in paid.ToArcs())
        {
            if (from != to)
            {
                _to[from].Add(to, weight);
                _from[to].Add(from);
            }
        }

        for (var node = 0; node < paid.NodeCount; node++)
        {
            Queue(node);
        }
    }

    public int Remaining { get; private set; }

    /// <summary>
    /// Takes nodes out while that is cheaper than leaving them for a dense inverse: in x out entries of a dictionary against 2 n^2 dense
    /// operations, of which some thousand take as long as one entry.
    /// </summary>
    public IEnumerable<Eliminated> WhileSparse()
    {
        while (_cheapest.TryDequeue(out var node, out var key))
        {
            if (_isOut[node] || key.Work != WorkOf(node))
            {
                continue;
            }

            if (key.Work * 1_000 > (long)Remaining * Remaining)
            {
                yield break;
            }

            yield return TakeOut(node);
        }
    }

    /// <summary>What is left: the nodes, who pays whom between them, and what they lose.</summary>
    public (int[] Nodes, double[] Lost) Rest()
    {
        var nodes = Enumerable.Range(0, _isOut.Length).Where(node => !_isOut[node]).ToArray();
        return (nodes, [.. nodes.Select(node => _lost[node])]);
    }

    public IReadOnlyDictionary<int, double> PaidBy(int node) => _to[node];

    private Eliminated TakeOut(int node)
    {
        // In ascending order, so that the sums have the same bits whatever the order of a hash table.
        var to = _to[node].Select(arc => (Node: arc.Key, Weight: arc.Value)).OrderBy(arc => arc.Node).ToImmutableArray();
        var from = _from[node].Order().Select(payer => (Node: payer, Weight: _to[payer][node])).ToImmutableArray();
        var outflow = to.Aggregate(_lost[node], (sum, arc) => sum + arc.Weight);
        _isOut[node] = true;
        Remaining--;
        foreach (var (payee, _) in to)
        {
            _from[payee].Remove(node);
        }

        foreach (var (payer, weight) in from)
        {
            _to[payer].Remove(node);
            var part = weight / outflow;
            _lost[payer] += part * _lost[node];
            foreach (var (payee, onward) in to)
            {
                if (payee != payer)
                {
                    _to[payer][payee] = _to[payer].GetValueOrDefault(payee) + (part * onward);
                    _from[payee].Add(payer);
                }
            }
        }

        foreach (var neighbour in to.Concat(from).Select(arc => arc.Node).Distinct())
        {
            Queue(neighbour);
        }

        _to[node].Clear();
        _from[node].Clear();
        return new(node, outflow, from, to);
    }

    private void Queue(int node) => _cheapest.Enqueue(node, (WorkOf(node), node));

    private long WorkOf(int node) => (long)_to[node].Count * _from[node].Count;
}
