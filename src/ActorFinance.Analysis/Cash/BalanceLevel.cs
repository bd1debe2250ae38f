namespace ActorFinance.Analysis.Cash;

/// <summary>The nodes of one height of a <see cref="BalanceTree"/>: each one's runs by version. While it is written, each node's last run is at hand.</summary>
internal sealed class BalanceLevel(int nodes)
{
    private readonly int[] _firsts = new int[nodes + 1];
    private BalanceRun[]? _current = NothingFor(nodes);
    private int[] _nodes = new int[16];
    private int[] _versions = new int[16];
    private BalanceRun[] _runs = new BalanceRun[16];
    private int _count;

    public void Write(int node, int version, in BalanceRun run)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _count * 2);
            Array.Resize(ref _versions, _count * 2);
            Array.Resize(ref _runs, _count * 2);
        }

        (_nodes[_count], _versions[_count], _runs[_count]) = (node, version, run);
        _count++;
        _firsts[node + 1]++;
        _current![node] = run;
    }

    /// <summary>The last runs of so many nodes, one after the other.</summary>
    public BalanceRun Fold(int first, int count)
    {
        var run = BalanceRun.Nothing;
        for (var node = first; node < first + count && node < nodes; node++)
        {
            run = run.Then(_current![node]);
        }

        return run;
    }

    /// <summary>Puts each node's runs together; nothing is written any more.</summary>
    public void Finish()
    {
        for (var node = 0; node < nodes; node++)
        {
            _firsts[node + 1] += _firsts[node];
        }

        var (versions, runs) = (new int[_count], new BalanceRun[_count]);
        var next = _firsts.AsSpan(0, nodes).ToArray();
        for (var i = 0; i < _count; i++)
        {
            var place = next[_nodes[i]]++;
            (versions[place], runs[place]) = (_versions[i], _runs[i]);
        }

        (_versions, _runs, _nodes, _current) = (versions, runs, [], null);
    }

    /// <summary>The last run that was written up to the version.</summary>
    public BalanceRun At(int node, int version) => Find(node, version) is var found and >= 0 ? _runs[found] : BalanceRun.Nothing;

    /// <summary>Its sum alone.</summary>
    public Units SumAt(int node, int version) => Find(node, version) is var found and >= 0 ? _runs[found].Sum : default;

    private int Find(int node, int version)
    {
        var (low, high) = (_firsts[node], _firsts[node + 1]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _versions[middle] <= version ? (middle + 1, high) : (low, middle);
        }

        return low == _firsts[node] ? -1 : low - 1;
    }

    private static BalanceRun[] NothingFor(int nodes)
    {
        var runs = new BalanceRun[nodes];
        Array.Fill(runs, BalanceRun.Nothing);
        return runs;
    }
}
