using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The ways on which money that one company invested can come back to it: a source feeds each b with I[a,b], payments carry onward up to
/// what was paid, and the sink is a, which only purchases enter and nothing leaves. Only what the money can reach is in it: a company's own
/// circle is small, however large the book.
/// </summary>
internal sealed class ReturnNetwork
{
    private const int Sink = 0;

    private readonly FlowMatrix _matrix;
    private readonly int _origin;
    private readonly List<int> _reached;

    private ReturnNetwork(FlowMatrix matrix, int origin, List<int> reached, SparseGraph<Int128> capacities)
    {
        _matrix = matrix;
        _origin = origin;
        _reached = reached;
        Capacities = capacities;
    }

    /// <summary>The source is the last node, the sink the first.</summary>
    public SparseGraph<Int128> Capacities { get; }

    /// <param name="matrix">The window's flows.</param>
    /// <param name="origin">a.</param>
    /// <param name="onward">P, or F where any payment carries money onward; the last step is a purchase from a in both.</param>
    public static ReturnNetwork Of(FlowMatrix matrix, int origin, SparseGraph<Int128> onward)
    {
        var places = new Dictionary<int, int> { [origin] = Sink };
        var reached = new List<int> { origin };
        var funded = ArcsOf(matrix.Investments, origin);
        foreach (var (to, _) in funded)
        {
            Reach(to);
        }

        var arcs = new List<Arc<Int128>>();
        for (var i = 1; i < reached.Count; i++)
        {
            foreach (var (to, paid) in ArcsOf(onward, reached[i]))
            {
                if (to != origin)
                {
                    Reach(to);
                    arcs.Add(new(i, places[to], paid));
                }
            }

            if (matrix.Purchases.ArcBetween(reached[i], origin) is >= 0 and var bought)
            {
                arcs.Add(new(i, Sink, matrix.Purchases.Weights[bought]));
            }
        }

        var source = reached.Count;
        arcs.AddRange(funded.Select(f => new Arc<Int128>(source, places[f.To], f.Paid)));
        return new(matrix, origin, reached, SparseGraph.FromArcs<Int128>(source + 1, arcs.ToArray()));

        void Reach(int company)
        {
            if (places.TryAdd(company, reached.Count))
            {
                reached.Add(company);
            }
        }
    }

    /// <summary>By any number of payments.</summary>
    public MaximumFlow Any() => MaximumFlow.Between(Capacities, _reached.Count, Sink);

    /// <summary>By at most so many payments after the investment.</summary>
    public LengthBoundedFlow Within(int payments) => LengthBoundedFlow.Between(Capacities, _reached.Count, Sink, payments + 1);

    /// <summary>The payments on the way of a flow, without the investments: purchases into a, anything between the others where that carries.</summary>
    public IEnumerable<EventReference> Carried(MaximumFlow flow) =>
        Capacities.ToArcs()
            .Where((arc, number) => arc.From != _reached.Count && flow.ArcFlows[number] > 0)
            .Select(arc => _matrix.Between(_reached[arc.From], _reached[arc.To])!)
            .SelectMany(pair => pair.To == _origin ? pair.PurchaseEvents : pair.Events);

    private static (int To, Int128 Paid)[] ArcsOf(SparseGraph<Int128> graph, int from)
    {
        var (start, end) = (graph.FirstArcs[from], graph.FirstArcs[from + 1]);
        var arcs = new (int, Int128)[end - start];
        for (var i = start; i < end; i++)
        {
            arcs[i - start] = (graph.Targets[i], graph.Weights[i]);
        }

        return arcs;
    }
}
