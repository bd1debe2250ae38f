using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Model;
using ActorFinance.Pictures.Charts;

namespace ActorFinance.Cli.Drawing;

/// <summary>Cash over time, a chart for each currency.</summary>
internal static class CashCharts
{
    public static DrawnCharts Of(CashIndex index, Cut cut, CompanyId? company, SeriesStep step) => Of(
        [.. index.At(cut, company).Balances.Select(balance => (balance, CashSeries.Of(index, cut, balance.Company, balance.Currency, step)))],
        $"{Points(step)}; {Tables.ScopeOf(index.Places.Resolve(cut))}");

    /// <summary>Of a book that a simulation ended with.</summary>
    public static DrawnCharts Of(Book book, Instant end, CompanyId? company)
    {
        var (index, cut) = (new CashIndex(book), new Cut(end, AsKnown.All));
        return Of([.. index.At(cut, company).Balances.Select(balance => (balance, CashSeries.Of(index, cut, balance.Company, balance.Currency, SeriesStep.Change)))], Points(SeriesStep.Change));
    }

    private static DrawnCharts Of(IReadOnlyList<(CashBalance Balance, CashSeries Series)> all, string note)
    {
        var charts = all
            .Where(one => one.Series.Points.Count > 0)
            .GroupBy(one => one.Balance.Currency.Code)
            .OrderByDescending(one => one.Count())
            .ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (Chart)new StepChart($"Cash in {one.Key}", note, Scale.Of(one.Key), [.. one.Select(account => Path(account.Balance, account.Series))]))
            .ToList();
        return new(charts.Count > 0 ? charts : [new StepChart("Cash", note, Scale.Of(""), []) { WhenEmpty = "No cash moved up to this point." }]);
    }

    public static StepPath Path(CashBalance balance, CashSeries series) => new(
        balance.Company.Value,
        [.. series.Points.Select(point => new ChartPoint(point.At.ToDateTime(), (double)point.Amount))],
        balance.HasOpening,
        balance is { HasOpening: true, Lowest: { } lowest } ? new ChartPoint(lowest.At.ToDateTime(), (double)lowest.Amount) : null);

    private static string Points(SeriesStep step) => step == SeriesStep.Change ? "after every event" : $"at the end of each {step.ToString().ToLowerInvariant()}";
}
