using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>What of the circle needs no more than what companies paid each other in the window, pair by pair.</summary>
/// <param name="Currency">Null when nothing flowed and none was asked for.</param>
/// <param name="Companies">Everyone with a flow in the window, by id.</param>
public sealed record SummedCircularity(Currency? Currency, ValueList<SummedCompany> Companies)
{
    /// <summary>O(pairs).</summary>
    /// <param name="matrix">The window's sums.</param>
    /// <param name="loansFund">Whether loans drawn fund, as investments do.</param>
    public static SummedCircularity Of(FlowMatrix matrix, bool loansFund) =>
        new(matrix.Currency, [.. Enumerable.Range(0, matrix.Companies.Count).Select(i => SummedCompany.Of(matrix, i, loansFund))]);

    public static SummedCircularity Of(CircularAnswer answer) => new(answer.Currency, [.. answer.Companies.Select(SummedCompany.Of)]);
}

/// <summary>One company's part in it; ratios are null where they are undefined.</summary>
/// <param name="Company">Has a flow in the window.</param>
/// <param name="Invested">sum_b I[a,b].</param>
/// <param name="Direct">R_1(a).</param>
/// <param name="Revenue">Sold to companies and outside.</param>
/// <param name="RevenueWithoutFinanced">The same less what the company financed itself.</param>
/// <param name="FinancedRevenueShare">D(a).</param>
/// <param name="OutsideRevenue">From outside.</param>
public sealed record SummedCompany(
    CompanyId Company, decimal Invested, double? Direct, decimal Revenue, decimal RevenueWithoutFinanced, double? FinancedRevenueShare, decimal OutsideRevenue)
{
    public static SummedCompany Of(CompanyCircularity company) => new(
        company.Company,
        company.Invested,
        company.RoundTrip.Direct,
        company.Financed.Sales + company.OutsideRevenue,
        company.RevenueWithoutFinanced,
        company.FinancedRevenueShare,
        company.OutsideRevenue);

    internal static SummedCompany Of(FlowMatrix matrix, int number, bool loansFund)
    {
        var (sold, financed) = FinancedRevenue.SumsOf(matrix, number, loansFund);
        var outside = matrix.Outside(number).Revenue;
        return new(
            matrix.Companies[number],
            RoundTrip.Invested(matrix, number),
            RoundTrip.DirectOf(matrix, number),
            matrix.ToAmount(sold) + matrix.ToAmount(outside),
            matrix.ToAmount(sold - financed + outside),
            RoundTrip.Ratio(financed, sold),
            matrix.ToAmount(outside));
    }
}
