using System.Text.Json.Serialization;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>One company's part in the circle. Ratios are null where they are undefined, amounts never.</summary>
/// <param name="Company">Has a flow in the window.</param>
/// <param name="Invested">sum_b I[a,b].</param>
/// <param name="RoundTrip">Of what it invested.</param>
/// <param name="Traced">What became of what it invested.</param>
/// <param name="SpentBack">Of what it received.</param>
/// <param name="FinancedRevenueShare">D(a), as if buyers spent their own money last.</param>
/// <param name="FinancedRevenueShareProRata">D(a) by what was in each buyer's cash.</param>
/// <param name="OutsideRevenue">In the answer's currency.</param>
/// <param name="RevenueWithoutFinanced">Sales to companies and outside revenue, less what it financed itself.</param>
/// <param name="Financed">What the share is made of.</param>
public sealed record CompanyCircularity(
    CompanyId Company,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Invested,
    RoundTripAnswer RoundTrip,
    TracedAnswer Traced,
    SpentBackAnswer SpentBack,
    double? FinancedRevenueShare,
    double? FinancedRevenueShareProRata,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal OutsideRevenue,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal RevenueWithoutFinanced,
    [property: JsonIgnore] FinancedRevenueAnswer Financed);

/// <summary>What of a company's part needs no more than the pairs it is in, so that a series has it of everyone.</summary>
/// <param name="Company">Has a flow in the window.</param>
/// <param name="Invested">sum_b I[a,b].</param>
/// <param name="RoundTrip">R_1(a); null when it invested nothing.</param>
/// <param name="FinancedRevenueShare">D(a); null without sales to companies.</param>
public sealed record DirectCircularity(
    CompanyId Company, [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Invested, double? RoundTrip, double? FinancedRevenueShare)
{
    /// <summary>Everyone with a flow in the window, by id. O(pairs).</summary>
    public static ValueList<DirectCircularity> Of(FlowMatrix matrix, bool loansFund) =>
        matrix.Companies
            .Select((company, i) => new DirectCircularity(
                company, Circularity.RoundTrip.Invested(matrix, i), Circularity.RoundTrip.DirectOf(matrix, i), FinancedRevenue.ShareOf(matrix, i, loansFund)))
            .ToValueList();
}

/// <summary>How much of the money of a window merely goes round.</summary>
/// <param name="From">The window's start, which is not in it.</param>
/// <param name="To">The window's end, which is in it.</param>
/// <param name="Currency">Null when nothing flowed and none was asked for.</param>
/// <param name="FinnCyclingIndex">The headline; null when nothing flowed.</param>
/// <param name="Closed">Components that nothing enters or leaves.</param>
/// <param name="CirculationShare">kappa: what could be netted away with no net position changing; null without flows.</param>
/// <param name="NettingShare">The same if anyone could be netted with anyone; null without flows.</param>
/// <param name="UnpricedDeals">Deals without amount and maximum: missing prices hide circularity.</param>
/// <param name="Companies">Everyone with a flow in the window, by id; only one where one was asked for.</param>
/// <param name="Direct">The same of those measures that need no more than pairs: everyone, where only the network was asked for; else empty.</param>
/// <param name="Cycles">The greatest first.</param>
/// <param name="RefundsLeftOut">Refunded beyond the purchases of the window.</param>
/// <param name="Finn">What the index is made of.</param>
/// <param name="Circulation">What the circulation share is made of.</param>
public sealed record CircularAnswer(
    Instant From,
    Instant To,
    Currency? Currency,
    double? FinnCyclingIndex,
    ValueList<ValueList<CompanyId>> Closed,
    double? CirculationShare,
    double? NettingShare,
    int UnpricedDeals,
    ValueList<CompanyCircularity> Companies,
    ValueList<DirectCircularity> Direct,
    ValueList<NamedCycle> Cycles,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal RefundsLeftOut,
    [property: JsonIgnore] FinnAnswer Finn,
    [property: JsonIgnore] CirculationAnswer Circulation);
