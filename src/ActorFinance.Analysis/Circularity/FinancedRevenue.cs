using System.Text.Json.Serialization;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>D(a) by what a trail says of each purchase: the money in the buyer's cash that <paramref name="Method"/> sends out first.</summary>
public sealed record TracedShare(TraceMethod Method, double? Share);

/// <summary>How much of a company's sales its own money may have paid for.</summary>
/// <param name="Sales">sum_b P[b,a]: bought by companies in the book, less refunds.</param>
/// <param name="Financed">sum_b min(P[b,a], what a funded b with).</param>
/// <param name="Share">D(a) = financed / sales; null without sales to companies.</param>
/// <param name="Traced">The same by each buyer's cash at the moment of purchase: what a trail brought back, after refunds, / sales. Haircut, which is pro rata, comes first;
/// then the method that was asked for, and all of them where one company was.</param>
/// <param name="Outside">Revenue from outside the book; not in the share.</param>
/// <param name="WithoutFinanced">All revenue less what it financed itself.</param>
/// <param name="Events">The funding and the purchases behind <paramref name="Financed"/>.</param>
public sealed record FinancedRevenueAnswer(
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Sales,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Financed,
    double? Share,
    ValueList<TracedShare> Traced,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Outside,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal WithoutFinanced,
    [property: JsonIgnore] EventsBehind Events)
{
    /// <summary>By haircut; null without sales to companies.</summary>
    [JsonIgnore]
    public double? ShareProRata => Traced[0].Share;
}

/// <summary>
/// D(a) = sum_b min(P[b,a], I[a,b]) / sum_b P[b,a]: as if a buyer spent its own money last, so an upper bound.
/// <example>a invested 30 in b; b buys 5 from a, c buys 28: D(a) = 5/33.</example>
/// </summary>
public static class FinancedRevenue
{
    /// <param name="matrix">The window's flows.</param>
    /// <param name="company">a.</param>
    /// <param name="loansFund">Whether loans drawn fund, as investments do.</param>
    /// <param name="payments">All cash up to the window's end.</param>
    /// <param name="trails">a's money, with loans where these fund; by haircut first.</param>
    internal static FinancedRevenueAnswer Of(FlowMatrix matrix, int company, bool loansFund, WindowPayments payments, IReadOnlyList<(TraceMethod Method, Trail Trail)> trails)
    {
        var sales = matrix.Into(company).Where(p => p.Purchased > 0).ToArray();
        var sold = RoundTrip.Sum(sales.Select(p => p.Purchased));
        var funded = sales.Select(sale => (Sale: sale, Funding: matrix.Between(company, sale.From)))
            .Where(pair => pair.Funding is { } funding && Funds(funding, loansFund) > 0)
            .ToArray();
        var financed = RoundTrip.Sum(funded.Select(pair => Int128.Min(pair.Sale.Purchased, Funds(pair.Funding!, loansFund))));
        var outside = matrix.Outside(company).Revenue;
        return new(
            matrix.ToAmount(sold),
            matrix.ToAmount(financed),
            RoundTrip.Ratio(financed, sold),
            [.. trails.Select(one => new TracedShare(one.Method, TracedShareOf(matrix, company, sold, payments, one.Trail)))],
            matrix.ToAmount(outside),
            matrix.ToAmount(sold - financed + outside),
            new(() => funded.SelectMany(pair => pair.Funding!.FundingEvents.Concat(pair.Sale.PurchaseEvents))));
    }

    /// <summary>D(a) alone; null without sales to companies. O(those who bought from a).</summary>
    public static double? ShareOf(FlowMatrix matrix, int company, bool loansFund)
    {
        var (sold, financed) = SumsOf(matrix, company, loansFund);
        return RoundTrip.Ratio(financed, sold);
    }

    /// <summary>What companies bought from a, and what of it a financed, in the matrix's units.</summary>
    internal static (Int128 Sold, Int128 Financed) SumsOf(FlowMatrix matrix, int company, bool loansFund)
    {
        var (sold, financed) = (Int128.Zero, Int128.Zero);
        foreach (var sale in matrix.Into(company))
        {
            sold += sale.Purchased;
            financed += matrix.Between(company, sale.From) is { } funding ? Int128.Min(sale.Purchased, Funds(funding, loansFund)) : 0;
        }

        return (sold, financed);
    }

    /// <summary>D(a) by a trail; null without sales to companies.</summary>
    internal static double? TracedShareOf(FlowMatrix matrix, int company, Int128 sold, WindowPayments payments, Trail trail) =>
        sold == 0 ? null : Math.Min(1, Traced(matrix, company, payments, trail) / (double)sold);

    /// <summary>
    /// In the matrix's units. A purchase counts with the traced part of it, at its own rate; a refund takes the same part off all purchases of
    /// its pair.
    /// </summary>
    private static double Traced(FlowMatrix matrix, int company, WindowPayments window, Trail trail)
    {
        var (payments, sum) = (window.All, 0.0);
        foreach (var (payment, traced) in trail.Purchases)
        {
            var flow = payments.Flow(payment);
            if (matrix.NumberOf(flow.Movement.From!.Value) is { } buyer && matrix.Between(buyer, company) is { } pair && pair.Bought > 0)
            {
                var paid = payments.Rates.Convert(flow.Movement.Amount, window.Currency!.Value, flow.At)!.Value;
                var part = (double)traced / (double)payments.Amount(payment);
                sum += part * (double)matrix.ToUnits(paid) * ((double)pair.Purchased / (double)pair.Bought);
            }
        }

        return sum;
    }

    private static Int128 Funds(PairFlow pair, bool loansFund) => pair.Invested + (loansFund ? pair.Lent : 0);
}
