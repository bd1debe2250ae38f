using System.Text.Json.Serialization;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>How much of a company's sales its own money may have paid for.</summary>
/// <param name="Sales">sum_b P[b,a]: bought by companies in the book, less refunds.</param>
/// <param name="Financed">sum_b min(P[b,a], what a funded b with).</param>
/// <param name="Share">D(a) = financed / sales; null without sales to companies.</param>
/// <param name="ShareProRata">The same by each buyer's cash at the moment of purchase: what the haircut trail brought back, after refunds, / sales.</param>
/// <param name="Outside">Revenue from outside the book; not in the share.</param>
/// <param name="WithoutFinanced">All revenue less what it financed itself.</param>
/// <param name="Events">The funding and the purchases behind <paramref name="Financed"/>.</param>
public sealed record FinancedRevenueAnswer(
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Sales,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Financed,
    double? Share,
    double? ShareProRata,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Outside,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal WithoutFinanced,
    [property: JsonIgnore] ValueList<EventReference> Events);

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
    /// <param name="haircut">a's money by haircut, with loans where these fund.</param>
    internal static FinancedRevenueAnswer Of(FlowMatrix matrix, int company, bool loansFund, CashPayments payments, Trail haircut)
    {
        var sales = matrix.Into(company).Where(p => p.Purchased > 0).ToArray();
        var sold = RoundTrip.Sum(sales.Select(p => p.Purchased));
        var financed = Int128.Zero;
        var events = new List<EventReference>();
        foreach (var sale in sales)
        {
            if (matrix.Between(company, sale.From) is { } funding && Funding(funding, loansFund) is var funds && funds > 0)
            {
                financed += Int128.Min(sale.Purchased, funds);
                events.AddRange(funding.FundingEvents);
                events.AddRange(sale.PurchaseEvents);
            }
        }

        var outside = matrix.Outside(company).Revenue;
        return new(
            matrix.ToAmount(sold),
            matrix.ToAmount(financed),
            RoundTrip.Ratio(financed, sold),
            sold == 0 ? null : Math.Min(1, ProRata(matrix, company, payments, haircut) / (double)sold),
            matrix.ToAmount(outside),
            matrix.ToAmount(sold - financed + outside),
            events.OrderBy(e => e.Offset).ToValueList());
    }

    /// <summary>
    /// In the matrix's units. A purchase counts with the traced part of it, at its own rate; a refund takes the same part off all purchases of
    /// its pair.
    /// </summary>
    private static double ProRata(FlowMatrix matrix, int company, CashPayments payments, Trail haircut)
    {
        var sum = 0.0;
        foreach (var (payment, traced) in haircut.Purchases)
        {
            var flow = payments.Flow(payment);
            if (matrix.NumberOf(flow.Movement.From!.Value) is { } buyer && matrix.Between(buyer, company) is { } pair && pair.Bought > 0)
            {
                var paid = payments.Rates.Convert(flow.Movement.Amount, payments.Currency!.Value, flow.At)!.Value;
                var part = (double)traced / (double)payments.Amount(payment);
                sum += part * (double)matrix.ToUnits(paid) * ((double)pair.Purchased / (double)pair.Bought);
            }
        }

        return sum;
    }

    private static Int128 Funding(PairFlow pair, bool loansFund) => pair.Invested + (loansFund ? pair.Lent : 0);
}
