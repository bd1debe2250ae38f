namespace ActorFinance.Analysis.Networks;

/// <summary>Who pays whom in a network from which nodes are taken out one after the other; by how much does not matter.</summary>
internal sealed class ShrinkingNetwork
{
    // By node, ascending.
    private readonly List<int>[] _to;
    private readonly List<int>[] _from;
    private readonly bool[] _isOut;
    private readonly PriorityQueue<int, (long Work, int Node)> _cheapest = new();
    private readonly List<int> _merged = [];
    private int _remaining;

    public ShrinkingNetwork(SparseGraph<double> paid)
    {
        _to = new List<int>[paid.NodeCount];
        _from = new List<int>[paid.NodeCount];
        (_isOut, _remaining) = (new bool[paid.NodeCount], paid.NodeCount);
        for (var node = 0; node < paid.NodeCount; node++)
        {
            (_to[node], _from[node]) = ([], []);
        }

        foreach (var (from, to, _) in paid.ToArcs())
        {
            if (from != to)
            {
                _to[from].Add(to);
                _from[to].Add(from);
            }
        }

        for (var node = 0; node < paid.NodeCount; node++)
        {
            Queue(node);
        }
    }

    /// <summary>The node with the fewest ways through it, the first of equals; null where these, so many times, are more than the square of how many nodes are left.</summary>
    public int? Cheapest(int times)
    {
        while (_cheapest.TryPeek(out var node, out var key))
        {
            if (!_isOut[node] && key.Work == WorkOf(node))
            {
                return key.Work * times > (long)_remaining * _remaining ? null : node;
            }

            _cheapest.Dequeue();
        }

        return null;
    }

    /// <summary>Ascending.</summary>
    public List<int> PaidBy(int node) => _to[node];

    /// <summary>Ascending.</summary>
    public List<int> PayersOf(int node) => _from[node];

    public void TakeOut(int node)
    {
        var (to, from) = (_to[node], _from[node]);
        _isOut[node] = true;
        _remaining--;
        foreach (var payer in from)
        {
            Merge(_to[payer], to, payer, node);
        }

        foreach (var payee in to)
        {
            Merge(_from[payee], from, payee, node);
        }

        foreach (var neighbour in to)
        {
            Queue(neighbour);
        }

        foreach (var neighbour in from)
        {
            Queue(neighbour);
        }

        (_to[node], _from[node]) = ([], []);
    }

    /// <summary>Both, but for the node itself and the one that is taken out.</summary>
    private void Merge(List<int> nodes, List<int> more, int self, int taken)
    {
        _merged.Clear();
        for (var (i, j) = (0, 0); i < nodes.Count || j < more.Count;)
        {
            var (left, right) = (i < nodes.Count ? nodes[i] : int.MaxValue, j < more.Count ? more[j] : int.MaxValue);
            var next = Math.Min(left, right);
            if (next != taken && next != self)
            {
                _merged.Add(next);
            }

            i += left == next ? 1 : 0;
            j += right == next ? 1 : 0;
        }

        nodes.Clear();
        nodes.AddRange(_merged);
    }

    private void Queue(int node) => _cheapest.Enqueue(node, (WorkOf(node), node));

    private long WorkOf(int node) => (long)_to[node].Count * _from[node].Count;
}
