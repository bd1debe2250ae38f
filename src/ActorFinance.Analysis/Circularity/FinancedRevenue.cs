using System.Text.Json.Serialization;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>How much of a company's sales its own money may have paid for.</summary>
/// <param name="Sales">sum_b P[b,a]: bought by companies in the book, less refunds.</param>
/// <param name="Financed">sum_b min(P[b,a], what a funded b with).</param>
/// <param name="Share">D(a) = financed / sales; null without sales to companies.</param>
/// <param name="Outside">Revenue from outside the book; not in the share.</param>
/// <param name="WithoutFinanced">All revenue less what it financed itself.</param>
/// <param name="Events">The funding and the purchases behind <paramref name="Financed"/>.</param>
public sealed record FinancedRevenueAnswer(
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Sales,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Financed,
    double? Share,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Outside,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal WithoutFinanced,
    [property: JsonIgnore] ValueList<EventReference> Events);

/// <summary>
/// D(a) = sum_b min(P[b,a], I[a,b]) / sum_b P[b,a]: as if a buyer spent its own money last, so an upper bound.
/// <example>a invested 30 in b; b buys 5 from a, c buys 28: D(a) = 5/33.</example>
/// </summary>
public static class FinancedRevenue
{
    public static FinancedRevenueAnswer Of(FlowMatrix matrix, int company, bool loansFund)
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
            matrix.ToAmount(outside),
            matrix.ToAmount(sold - financed + outside),
            events.OrderBy(e => e.Offset).ToValueList());
    }

    private static Int128 Funding(PairFlow pair, bool loansFund) => pair.Invested + (loansFund ? pair.Lent : 0);
}
