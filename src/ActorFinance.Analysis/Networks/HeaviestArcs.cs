namespace ActorFinance.Analysis.Networks;

/// <summary>The arcs of a graph numbered from the heaviest down, and the graph that the first of them form: it grows an arc at a time.</summary>
internal sealed class HeaviestArcs
{
    private readonly Arc<decimal>[] _arcs;
    private readonly int _nodeCount;
    private readonly GrowingLists _leaving;
    private readonly GrowingLists _entering;
    private int _added;

    public HeaviestArcs(SparseGraph<decimal> graph)
    {
        _nodeCount = graph.NodeCount;
        _arcs = graph.ToArcs();
        // The order among ties changes no answer; naming it keeps the steps the same.
        Array.Sort(_arcs, static (one, other) => (-one.Weight, one.From, one.To).CompareTo((-other.Weight, other.From, other.To)));
        _leaving = new GrowingLists(_nodeCount, _arcs.Select(arc => arc.From));
        _entering = new GrowingLists(_nodeCount, _arcs.Select(arc => arc.To));
    }

    public int Count => _arcs.Length;

    public int NodeCount => _nodeCount;

    public Arc<decimal> this[int number] => _arcs[number];

    /// <summary>The numbers of the arcs added that leave a node.</summary>
    public ReadOnlySpan<int> Leaving(int node) => _leaving[node];

    /// <summary>The numbers of the arcs added that enter a node.</summary>
    public ReadOnlySpan<int> Entering(int node) => _entering[node];

    public void AddNext()
    {
        _leaving.Add(_arcs[_added].From, _added);
        _entering.Add(_arcs[_added].To, _added);
        _added++;
    }

    /// <summary>The next end at or after the given one that parts no arcs of equal weight.</summary>
    public int EndOfTies(int end)
    {
        while (end < _arcs.Length && _arcs[end].Weight == _arcs[end - 1].Weight)
            end++;
        return end;
    }

    public SparseGraph<decimal> FirstOnes(int count) => SparseGraph.FromArcs<decimal>(_nodeCount, _arcs.AsSpan(0, count));

    /// <summary>A list for each node, side by side in one array since their final lengths are known.</summary>
    private sealed class GrowingLists
    {
        private readonly int[] _first;
        private readonly int[] _count;
        private readonly int[] _items;

        public GrowingLists(int nodeCount, IEnumerable<int> nodesToCome)
        {
            _first = new int[nodeCount + 1];
            _count = new int[nodeCount];
            foreach (var node in nodesToCome)
                _first[node + 1]++;
            for (var node = 0; node < nodeCount; node++)
                _first[node + 1] += _first[node];
            _items = new int[_first[nodeCount]];
        }

        public ReadOnlySpan<int> this[int node] => _items.AsSpan(_first[node], _count[node]);

        public void Add(int node, int item) => _items[_first[node] + _count[node]++] = item;
    }
}
