using System.Text.Json.Serialization;
using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>R(a,b) with the amounts it is made of.</summary>
/// <param name="Company">b, whom a invested in.</param>
/// <param name="Invested">I[a,b].</param>
/// <param name="Purchased">P[b,a], which may exceed what was invested.</param>
/// <param name="Ratio">min(I[a,b], P[b,a]) / I[a,b].</param>
/// <param name="Events">The investments and the purchases.</param>
public sealed record PairRoundTrip(
    CompanyId Company,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Invested,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Purchased,
    double? Ratio,
    [property: JsonIgnore] ValueList<EventReference> Events);

/// <summary>Of what a company invested, how much can have come back to it as purchases; null when it invested nothing.</summary>
/// <param name="Direct">R_1: bought by the very companies it invested in.</param>
/// <param name="Any">R_any: over purchases by any number of companies.</param>
/// <param name="Pairs">By company.</param>
/// <param name="AnyEvents">The investments, and the purchases on the way of one greatest flow: there may be others as great.</param>
public sealed record RoundTripAnswer(
    double? Direct,
    double? Any,
    ValueList<PairRoundTrip> Pairs,
    [property: JsonIgnore] ValueList<EventReference> AnyEvents);

/// <summary>The reverse side of R(a,b).</summary>
/// <param name="Company">a, who invested.</param>
/// <param name="Received">I[a,b].</param>
/// <param name="Spent">P[b,a].</param>
/// <param name="Ratio">min(I[a,b], P[b,a]) / I[a,b].</param>
/// <param name="Events">The investments and the purchases.</param>
public sealed record PairSpentBack(
    CompanyId Company,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Received,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Spent,
    double? Ratio,
    [property: JsonIgnore] ValueList<EventReference> Events);

/// <summary>Of what a company received as investments, how much it spent at the very investors; null when it received nothing.</summary>
public sealed record SpentBackAnswer(
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Received,
    double? Ratio,
    ValueList<PairSpentBack> Pairs);

/// <summary>
/// Round trip (design, section 9): an upper bound, since money is not marked.
/// R_1(a) = sum_b min(I[a,b], P[b,a]) / sum_b I[a,b]. R_any(a) = maxflow / sum_b I[a,b], where the source feeds each b with I[a,b], every
/// purchase u -> v carries up to P[u,v], the sink is a, and no arc leaves a.
/// <example>a invests 30 in b; b buys 20 from c, c buys 25 from a, b buys 5 from a: R_1 = 5/30, R_any = 25/30.</example>
/// </summary>
public static class RoundTrip
{
    /// <summary>O(a's investments) and one maximum flow over the purchases that a's money can reach.</summary>
    public static RoundTripAnswer Of(FlowMatrix matrix, int company)
    {
        var pairs = FundedBy(matrix, company);
        var invested = Sum(pairs.Select(p => p.Invested));
        if (invested == 0)
        {
            return new(null, null, [], []);
        }

        var direct = Sum(pairs.Select(p => Returned(matrix, p)));
        var (any, anyEvents) = direct == invested ? (direct, pairs.SelectMany(p => EventsOf(matrix, p))) : Any(matrix, company, pairs);
        return new(
            Ratio(direct, invested),
            Ratio(any, invested),
            pairs.Select(p => Pair(matrix, p)).ToValueList(),
            anyEvents.Distinct().OrderBy(e => e.Offset).ToValueList());
    }

    public static SpentBackAnswer SpentBack(FlowMatrix matrix, int company)
    {
        var pairs = matrix.Into(company).Where(p => p.Invested > 0).ToArray();
        var received = Sum(pairs.Select(p => p.Invested));
        return new(
            matrix.ToAmount(received),
            Ratio(Sum(pairs.Select(p => Returned(matrix, p))), received),
            pairs
                .Select(p => (Investor: p.From, Pair: Pair(matrix, p)))
                .Select(p => new PairSpentBack(matrix.Companies[p.Investor], p.Pair.Invested, p.Pair.Purchased, p.Pair.Ratio, p.Pair.Events))
                .ToValueList());
    }

    public static decimal Invested(FlowMatrix matrix, int company) => matrix.ToAmount(Sum(FundedBy(matrix, company).Select(p => p.Invested)));

    private static PairFlow[] FundedBy(FlowMatrix matrix, int company)
    {
        var investments = matrix.Investments;
        var (start, end) = (investments.FirstArcs[company], investments.FirstArcs[company + 1]);
        return [.. investments.Targets[start..end].ToArray().Select(to => matrix.Between(company, to)!)];
    }

    private static Int128 Returned(FlowMatrix matrix, PairFlow funded) =>
        Int128.Min(funded.Invested, matrix.Between(funded.To, funded.From)?.Purchased ?? 0);

    private static PairRoundTrip Pair(FlowMatrix matrix, PairFlow funded) =>
        new(
            matrix.Companies[funded.To],
            matrix.ToAmount(funded.Invested),
            matrix.ToAmount(matrix.Between(funded.To, funded.From)?.Purchased ?? 0),
            Ratio(Returned(matrix, funded), funded.Invested),
            EventsOf(matrix, funded).OrderBy(e => e.Offset).ToValueList());

    private static IEnumerable<EventReference> EventsOf(FlowMatrix matrix, PairFlow funded) =>
        funded.FundingEvents.Concat(matrix.Between(funded.To, funded.From)?.PurchaseEvents ?? []);

    private static (Int128 Value, IEnumerable<EventReference> Events) Any(FlowMatrix matrix, int origin, PairFlow[] funded)
    {
        // Only what the money can reach: a company's own circle is small, however large the book.
        var places = new Dictionary<int, int> { [origin] = 0 };
        var reached = new List<int> { origin };
        foreach (var pair in funded)
        {
            Reach(pair.To);
        }

        var arcs = new List<Arc<Int128>>();
        var purchases = matrix.Purchases;
        for (var i = 1; i < reached.Count; i++)
        {
            for (var arc = purchases.FirstArcs[reached[i]]; arc < purchases.FirstArcs[reached[i] + 1]; arc++)
            {
                Reach(purchases.Targets[arc]);
                arcs.Add(new(i, places[purchases.Targets[arc]], purchases.Weights[arc]));
            }
        }

        var source = reached.Count;
        arcs.AddRange(funded.Select(p => new Arc<Int128>(source, places[p.To], p.Invested)));
        var network = SparseGraph.FromArcs<Int128>(source + 1, arcs.ToArray());
        var flow = MaximumFlow.Between(network, source, sink: 0);
        var bought = network.ToArcs()
            .Index()
            .Where(a => a.Item.From != source && flow.ArcFlows[a.Index] > 0)
            .SelectMany(a => matrix.Between(reached[a.Item.From], reached[a.Item.To])!.PurchaseEvents);
        return (flow.Value, funded.SelectMany(p => p.FundingEvents).Concat(bought));

        void Reach(int company)
        {
            if (places.TryAdd(company, reached.Count))
            {
                reached.Add(company);
            }
        }
    }

    internal static Int128 Sum(IEnumerable<Int128> units) => units.Aggregate(Int128.Zero, (sum, next) => sum + next);

    internal static double? Ratio(Int128 part, Int128 whole) => whole == 0 ? null : part == whole ? 1 : (double)part / (double)whole;
}
