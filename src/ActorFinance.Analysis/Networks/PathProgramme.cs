namespace ActorFinance.Analysis.Networks;

/// <summary>
/// max sum x[p] over paths p of at most so many arcs, sum of x[p] over the paths through an arc &lt;= its capacity. The primal simplex method
/// with columns generated as they are wanted (Ford and Fulkerson 1958, Management Science 5:97): the prices y of the arcs in use to the full
/// say what a further path is worth, and the cheapest one is found layer by layer. The basis is kept small: only arcs in use to the full have
/// a row, only paths in use a column, as many of the one as of the other. It starts from paths that each fill an arc of their own, so that
/// the first basis is triangular.
/// <para>
/// Capacities are made to differ by up to 1e-9 of themselves while the basis is sought, so that no two arcs become full at once and the method
/// cannot circle; the values are taken at the true capacities. Whatever the rounding, the two bounds hold: the lower is a flow scaled down to
/// fit, the upper a set of prices scaled up until no path is cheaper than 1.
/// </para>
/// <para>O(s^3) a step for s full arcs, O(arcs x length) for the cheapest path.</para>
/// </summary>
internal sealed class PathProgramme
{
    private const double Negligible = 1e-11;
    private const int StepsMax = 20_000;

    private readonly SparseGraph<Int128> _graph;
    private readonly int _source;
    private readonly int _sink;
    private readonly int _arcsMax;
    private readonly double _scale;
    private readonly double[] _capacity;
    private readonly double[] _distinct;
    private readonly List<int[]> _paths = [];
    private readonly List<int> _full = [];
    private readonly int[] _rowOf;
    private readonly CheapestPath _cheapest;

    public PathProgramme(SparseGraph<Int128> graph, int source, int sink, int arcsMax)
    {
        (_graph, _source, _sink, _arcsMax) = (graph, source, sink, arcsMax);
        var leaving = Int128.Zero;
        foreach (var arc in graph.Weights[graph.FirstArcs[source]..graph.FirstArcs[source + 1]])
        {
            leaving += arc;
        }

        _scale = (double)leaving;
        _capacity = new double[graph.ArcCount];
        _distinct = new double[graph.ArcCount];
        for (var arc = 0; arc < _capacity.Length; arc++)
        {
            // More than the source can send is as good as no bound, and keeps the numbers near one.
            _capacity[arc] = (double)Int128.Min(graph.Weights[arc], leaving) / _scale;
            _distinct[arc] = _capacity[arc] * (1 + (1e-9 * (Scatter((uint)arc) / (double)uint.MaxValue)));
        }

        _rowOf = new int[graph.ArcCount];
        Array.Fill(_rowOf, -1);
        _cheapest = new(graph, source, sink, arcsMax);
    }

    /// <summary>Bounds of the optimum, in the unit of the capacities.</summary>
    public (double Lower, double Upper) Solve()
    {
        Start();
        for (var step = 0; step < StepsMax && Improve(); step++)
        {
        }

        var basis = new DenseFactors(Basis());
        var prices = new double[_capacity.Length];
        foreach (var (row, price) in basis.SolveTransposed(Ones()).Index())
        {
            prices[_full[row]] = Math.Max(0, price);
        }

        return (_scale * LowerBound(basis), _scale * UpperBound(prices));
    }

    /// <summary>Shortest paths, each filled to the brim: the later never use an arc that an earlier one has filled.</summary>
    private void Start()
    {
        var left = _distinct.ToArray();
        while (_cheapest.Find(_ => 1, arc => left[arc] > 0) is { } found)
        {
            var narrowest = found.Arcs.MinBy(arc => left[arc]);
            var amount = left[narrowest];
            foreach (var arc in found.Arcs)
            {
                left[arc] -= amount;
            }

            left[narrowest] = 0;
            Fill(narrowest);
            _paths.Add(found.Arcs);
        }
    }

    /// <summary>One step of the simplex method; false at the optimum.</summary>
    private bool Improve()
    {
        var basis = new DenseFactors(Basis());
        var prices = basis.SolveTransposed(Ones());
        var cheapestRow = Array.IndexOf(prices, prices.Min());
        if (prices[cheapestRow] < -Negligible)
        {
            var unit = new double[_full.Count];
            unit[cheapestRow] = 1;
            Enter(basis, unit, null, cheapestRow);
            return true;
        }

        var found = _cheapest.Find(arc => _rowOf[arc] < 0 ? 0 : Math.Max(0, prices[_rowOf[arc]]), _ => true);
        if (found is null || found.Cost > 1 - Negligible)
        {
            return false;
        }

        var column = new double[_full.Count];
        foreach (var arc in found.Arcs.Where(arc => _rowOf[arc] >= 0))
        {
            column[_rowOf[arc]] = 1;
        }

        Enter(basis, column, found.Arcs, -1);
        return true;
    }

    /// <summary>Takes in a path, or the slack of a full arc, and puts out what first comes to its bound: a path in use, or the slack of an arc that is now full.</summary>
    private void Enter(DenseFactors basis, double[] column, int[]? path, int slackRow)
    {
        var amounts = basis.Solve(_full.Select(arc => _distinct[arc]).ToArray());
        var change = basis.Solve(column);
        var (step, leavingPath, leavingArc, pivot) = (double.PositiveInfinity, -1, -1, 0.0);
        for (var p = 0; p < change.Length; p++)
        {
            if (change[p] > Negligible)
            {
                Offer(Math.Max(0, amounts[p]) / change[p], change[p], p, -1);
            }
        }

        var (used, grows) = (new Dictionary<int, double>(), new Dictionary<int, double>());
        for (var p = 0; p < _paths.Count; p++)
        {
            Array.ForEach(_paths[p], arc => Add(arc, amounts[p], -change[p]));
        }

        Array.ForEach(path ?? [], arc => Add(arc, 0, 1));
        foreach (var (arc, growth) in grows)
        {
            if (growth > Negligible && _rowOf[arc] < 0)
            {
                Offer(Math.Max(0, _distinct[arc] - used[arc]) / growth, growth, -1, arc);
            }
        }

        if (leavingArc >= 0)
        {
            Fill(leavingArc);
        }

        if (leavingPath >= 0)
        {
            _paths.RemoveAt(leavingPath);
        }

        if (path is not null)
        {
            _paths.Add(path);
        }
        else
        {
            Unfill(slackRow);
        }

        void Offer(double length, double size, int p, int arc)
        {
            if (length < step || (length == step && size > pivot))
            {
                (step, leavingPath, leavingArc, pivot) = (length, p, arc, size);
            }
        }

        void Add(int arc, double amount, double growth)
        {
            used[arc] = used.GetValueOrDefault(arc) + amount;
            grows[arc] = grows.GetValueOrDefault(arc) + growth;
        }
    }

    private double LowerBound(DenseFactors basis)
    {
        var amounts = basis.Solve(_full.Select(arc => _capacity[arc]).ToArray());
        var used = new double[_capacity.Length];
        var sum = 0.0;
        foreach (var (path, amount) in _paths.Zip(amounts, (path, amount) => (path, Math.Max(0, amount))))
        {
            sum += amount;
            Array.ForEach(path, arc => used[arc] += amount);
        }

        var excess = Enumerable.Range(0, used.Length).Max(arc => used[arc] / _capacity[arc]);
        return sum / Math.Max(1, excess);
    }

    private double UpperBound(double[] prices)
    {
        var cheapest = _cheapest.Find(arc => prices[arc], _ => true)!.Cost;
        return prices.Zip(_capacity, (price, capacity) => price * capacity).Sum() / Math.Min(1, cheapest);
    }

    private DenseMatrix Basis()
    {
        var basis = new DenseMatrix(_full.Count);
        for (var p = 0; p < _paths.Count; p++)
        {
            foreach (var arc in _paths[p].Where(arc => _rowOf[arc] >= 0))
            {
                basis[_rowOf[arc], p] = 1;
            }
        }

        return basis;
    }

    private double[] Ones() => [.. Enumerable.Repeat(1.0, _full.Count)];

    private void Fill(int arc)
    {
        _rowOf[arc] = _full.Count;
        _full.Add(arc);
    }

    private void Unfill(int row)
    {
        _rowOf[_full[row]] = -1;
        _full.RemoveAt(row);
        for (; row < _full.Count; row++)
        {
            _rowOf[_full[row]] = row;
        }
    }

    /// <summary>The same number for the same arc on every machine, and unlike its neighbours' (the finaliser of MurmurHash3).</summary>
    private static uint Scatter(uint number) => unchecked(Mixed(Mixed(number + 1, 16, 0x85ebca6b), 13, 0xc2b2ae35) ^ (number >> 16));

    private static uint Mixed(uint number, int shift, uint factor) => unchecked((number ^ (number >> shift)) * factor);
}
