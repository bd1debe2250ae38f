namespace ActorFinance.Analysis.Networks;

/// <summary>
/// Lists the simple cycles that hold at least one new arc, by length, then in lexicographic order of their nodes, each from its smallest
/// node (its root) on. For one length and root, a walk backwards from the root marks for each node the numbers of arcs in which the root
/// can be reached again, with and without a new arc: the search for paths then only takes arcs from which it can still close.
/// </summary>
internal sealed class RootedCycles
{
    public const int Known = 1;
    public const int New = 2;

    /// <summary>A bit of a mask for each number of arcs left.</summary>
    public const int LengthLimit = 63;

    private readonly SparseGraph<int> _graph;
    private readonly SparseGraph<int> _reversed;
    private readonly ulong[] _returns;
    private readonly ulong[] _returnsByNew;
    private readonly HashSet<int> _marked = [];
    private readonly bool[] _onPath;
    private readonly Stack<int> _path = new();

    /// <param name="graph">Weights are <see cref="Known"/> or <see cref="New"/>.</param>
    public RootedCycles(SparseGraph<int> graph)
    {
        _graph = graph;
        _reversed = graph.Reversed();
        _returns = new ulong[graph.NodeCount];
        _returnsByNew = new ulong[graph.NodeCount];
        _onPath = new bool[graph.NodeCount];
    }

    /// <summary>Arcs looked at.</summary>
    public long Steps { get; private set; }

    public IReadOnlyList<int[]> InOrder(int lengthMax, int cyclesMax)
    {
        var cycles = new List<int[]>();
        for (var length = 1; length <= Math.Min(lengthMax, _graph.NodeCount); length++)
        {
            for (var root = 0; root < _graph.NodeCount && cycles.Count < cyclesMax; root++)
            {
                MarkReturns(root, length);
                if ((_returnsByNew[root] & Bit(length)) != 0)
                    Extend(root, root, length, mustMeetNew: true, cycles, cyclesMax);
            }
        }

        return cycles;
    }

    private static ulong Bit(int arcsLeft) => 1UL << arcsLeft;

    private void MarkReturns(int root, int length)
    {
        foreach (var node in _marked)
            _returns[node] = _returnsByNew[node] = 0;
        _marked.Clear();
        _marked.Add(root);
        _returns[root] = Bit(0);

        var frontier = new List<int> { root };
        for (var arcsLeft = 1; arcsLeft <= length; arcsLeft++)
        {
            var next = new HashSet<int>();
            foreach (var node in frontier)
            {
                for (var arc = _reversed.FirstArcs[node]; arc < _reversed.FirstArcs[node + 1]; arc++)
                {
                    Steps++;
                    var before = _reversed.Targets[arc];
                    if (before < root)
                        continue;
                    Mark(before, node, _reversed.Weights[arc] == New, arcsLeft);
                    // The root ends a walk: none goes on through it.
                    if (before != root)
                        next.Add(before);
                }
            }

            frontier = [.. next];
        }
    }

    private void Mark(int before, int node, bool byNew, int arcsLeft)
    {
        _marked.Add(before);
        if ((_returns[node] & Bit(arcsLeft - 1)) != 0)
            _returns[before] |= Bit(arcsLeft);
        if (((byNew ? _returns[node] : _returnsByNew[node]) & Bit(arcsLeft - 1)) != 0)
            _returnsByNew[before] |= Bit(arcsLeft);
    }

    private void Extend(int root, int node, int arcsLeft, bool mustMeetNew, List<int[]> cycles, int cyclesMax)
    {
        _path.Push(node);
        _onPath[node] = true;
        for (var arc = _graph.FirstArcs[node]; arc < _graph.FirstArcs[node + 1] && cycles.Count < cyclesMax; arc++)
        {
            Steps++;
            var target = _graph.Targets[arc];
            var stillMustMeetNew = mustMeetNew && _graph.Weights[arc] != New;
            // No look at what must be met: the mark that let the path come here with one arc left has promised it.
            if (target == root && arcsLeft == 1)
                cycles.Add([.. _path.Reverse()]);
            if (target <= root || _onPath[target])
                continue;
            if (((stillMustMeetNew ? _returnsByNew : _returns)[target] & Bit(arcsLeft - 1)) != 0)
                Extend(root, target, arcsLeft - 1, stillMustMeetNew, cycles, cyclesMax);
        }

        _onPath[node] = false;
        _path.Pop();
    }
}
