namespace ActorFinance.Analysis.Networks;

/// <summary>The nodes within some arcs of a set of seeds, forwards or backwards, never leaving the component of the node before. Spreads step by step.</summary>
internal sealed class Vicinity
{
    private const int Unreached = -1;

    private readonly HeaviestArcs _arcs;
    private readonly bool _forward;
    private readonly int[] _distance;
    private readonly List<int> _reached = [];
    private int _spreadFrom;

    public Vicinity(HeaviestArcs arcs, bool forward)
    {
        _arcs = arcs;
        _forward = forward;
        _distance = new int[arcs.NodeCount];
        Array.Fill(_distance, Unreached);
    }

    /// <summary>Arcs looked at.</summary>
    public long Steps { get; private set; }

    public void Clear()
    {
        foreach (var node in _reached)
            _distance[node] = Unreached;
        _reached.Clear();
        _spreadFrom = 0;
    }

    public void Seed(int node) => Reach(node, 0);

    public void Spread(int distanceMax, int[] components)
    {
        for (; _spreadFrom < _reached.Count && _distance[_reached[_spreadFrom]] < distanceMax; _spreadFrom++)
        {
            var node = _reached[_spreadFrom];
            foreach (var number in _forward ? _arcs.Leaving(node) : _arcs.Entering(node))
            {
                Steps++;
                var neighbour = _forward ? _arcs[number].To : _arcs[number].From;
                if (components[neighbour] == components[node])
                    Reach(neighbour, _distance[node] + 1);
            }
        }
    }

    public bool Meets(Vicinity other) => _reached.Exists(node => other._distance[node] != Unreached);

    /// <summary>The nodes whose distances here and there add up to no more than a bound, ascending.</summary>
    public int[] NodesWithin(int bound, Vicinity other)
    {
        var nodes = _reached.Where(node => other._distance[node] != Unreached && _distance[node] + other._distance[node] <= bound).ToArray();
        Array.Sort(nodes);
        return nodes;
    }

    private void Reach(int node, int distance)
    {
        if (_distance[node] != Unreached)
            return;
        _distance[node] = distance;
        _reached.Add(node);
    }
}
