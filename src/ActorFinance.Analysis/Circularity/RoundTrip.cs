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
    [property: JsonIgnore] EventsBehind Events);

/// <summary>Of what a company invested, how much can have come back to it as purchases; null when it invested nothing.</summary>
/// <param name="Direct">R_1: bought by the very companies it invested in.</param>
/// <param name="WithinHops">R_1 to R_N by at most 1 to N payments, where that was asked for; else empty.</param>
/// <param name="Any">R_any: over purchases by any number of companies.</param>
/// <param name="AnyViaAll">The same where any payment between companies carries money onward, and only the last step must be a purchase.</param>
/// <param name="Pairs">By company.</param>
/// <param name="AnyEvents">The investments, and the purchases on the way of one greatest flow: there may be others as great.</param>
/// <param name="AnyViaAllEvents">The same for <paramref name="AnyViaAll"/>.</param>
public sealed record RoundTripAnswer(
    double? Direct,
    ValueList<double?> WithinHops,
    double? Any,
    double? AnyViaAll,
    ValueList<PairRoundTrip> Pairs,
    [property: JsonIgnore] EventsBehind AnyEvents,
    [property: JsonIgnore] EventsBehind AnyViaAllEvents);

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
    [property: JsonIgnore] EventsBehind Events);

/// <summary>Of what a company received as investments, how much it spent at the very investors; null when it received nothing.</summary>
public sealed record SpentBackAnswer(
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Received,
    double? Ratio,
    ValueList<PairSpentBack> Pairs);

/// <summary>
/// Round trip (design, section 9): an upper bound, since money is not marked.
/// R_1(a) = sum_b min(I[a,b], P[b,a]) / sum_b I[a,b]. R_any(a) = maxflow / sum_b I[a,b], where the source feeds each b with I[a,b], every
/// purchase u -> v carries up to P[u,v], the sink is a, and no arc leaves a. R_k(a): the same by at most k payments
/// (<see cref="LengthBoundedFlow"/>). R_1 &lt;= R_2 &lt;= ... &lt;= R_any &lt;= R_any(via all) &lt;= 1.
/// <example>a invests 30 in b; b buys 20 from c, c buys 25 from a, b buys 5 from a: R_1 = 5/30, R_2 = R_any = 25/30.</example>
/// </summary>
public static class RoundTrip
{
    /// <summary>O(a's investments), and one maximum flow for each of the two kinds of way; the network that all companies share is laid out once a matrix.</summary>
    /// <param name="matrix">The window's flows.</param>
    /// <param name="company">a.</param>
    /// <param name="hops">N of <see cref="RoundTripAnswer.WithinHops"/>; 0: none.</param>
    /// <param name="hopsVia">What carries money onward there.</param>
    public static RoundTripAnswer Of(FlowMatrix matrix, int company, int hops = 0, Via hopsVia = Via.Purchases)
    {
        var pairs = FundedBy(matrix, company);
        var invested = Sum(pairs.Select(p => p.Invested));
        if (invested == 0)
        {
            return new(null, Enumerable.Repeat<double?>(null, hops).ToValueList(), null, null, [], EventsBehind.None, EventsBehind.None);
        }

        var bound = matrix.Returns.Of(company);
        var network = new Lazy<ReturnNetwork>(() => ReturnNetwork.Of(matrix, company, matrix.Purchases));
        var throughAll = new Lazy<ReturnNetwork>(() => ReturnNetwork.Of(matrix, company, matrix.Flows));
        return new(
            Ratio(bound.Direct, invested),
            hopsVia == Via.Purchases
                ? WithinHops(network, bound.Direct, bound.Any, invested, hops)
                : WithinHops(throughAll, bound.Direct, bound.AnyViaAll, invested, hops),
            Ratio(bound.Any, invested),
            Ratio(bound.AnyViaAll, invested),
            pairs.Select(p => Pair(matrix, p)).ToValueList(),
            new(() => pairs.SelectMany(p => p.FundingEvents).Concat(network.Value.Carried(network.Value.Any()))),
            new(() => pairs.SelectMany(p => p.FundingEvents).Concat(throughAll.Value.Carried(throughAll.Value.Any()))));
    }

    /// <summary>R_1 alone; null when the company invested nothing. O(a's investments).</summary>
    public static double? DirectOf(FlowMatrix matrix, int company)
    {
        var (investments, purchases, returned, invested) = (matrix.Investments, matrix.Purchases, Int128.Zero, Int128.Zero);
        for (var arc = investments.FirstArcs[company]; arc < investments.FirstArcs[company + 1]; arc++)
        {
            invested += investments.Weights[arc];
            returned += purchases.ArcBetween(investments.Targets[arc], company) is >= 0 and var back ? Int128.Min(investments.Weights[arc], purchases.Weights[back]) : 0;
        }

        return Ratio(returned, invested);
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

    public static decimal Invested(FlowMatrix matrix, int company)
    {
        var (investments, invested) = (matrix.Investments, Int128.Zero);
        for (var arc = investments.FirstArcs[company]; arc < investments.FirstArcs[company + 1]; arc++)
        {
            invested += investments.Weights[arc];
        }

        return matrix.ToAmount(invested);
    }

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
            new(() => EventsOf(matrix, funded)));

    private static IEnumerable<EventReference> EventsOf(FlowMatrix matrix, PairFlow funded) =>
        funded.FundingEvents.Concat(matrix.Between(funded.To, funded.From)?.PurchaseEvents ?? []);

    /// <summary>Each at least the one before and at most R_any, which they are from the first that reaches it on.</summary>
    private static ValueList<double?> WithinHops(Lazy<ReturnNetwork> network, Int128 direct, Int128 any, Int128 invested, int hops)
    {
        var ratios = new double?[hops];
        var (last, limit) = (Ratio(direct, invested)!.Value, Ratio(any, invested)!.Value);
        for (var payments = 1; payments <= hops; payments++)
        {
            if (payments > 1 && last < limit)
            {
                var flow = network.Value.Within(payments);
                last = Math.Clamp(flow.Exact is { } units ? Ratio(units, invested)!.Value : flow.Value / (double)invested, last, limit);
            }

            ratios[payments - 1] = last;
        }

        return [.. ratios];
    }

    internal static Int128 Sum(IEnumerable<Int128> units) => units.Aggregate(Int128.Zero, (sum, next) => sum + next);

    internal static double? Ratio(Int128 part, Int128 whole) => whole == 0 ? null : part == whole ? 1 : (double)part / (double)whole;
}
