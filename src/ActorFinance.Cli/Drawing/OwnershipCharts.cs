using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Cli.Output;
using ActorFinance.Model;
using ActorFinance.Pictures.Charts;

namespace ActorFinance.Cli.Drawing;

/// <summary>Who held how much of each issuer, stacked over time.</summary>
internal static class OwnershipCharts
{
    /// <summary>A picture of more is a wall.</summary>
    private const int IssuersShown = 12;

    public static DrawnCharts Of(OwnershipReport report, SeriesStep step)
    {
        var all = report.Issuers
            .Select(issuer => OwnershipSeries.Of(report.Register.Issuer(issuer.Issuer)!, report.Basis, step, report.Cut.AsOf))
            .Select(series => series with { Points = series.Points.SkipWhile(point => point.Ownership.Holders.Count == 0).ToValueList() })
            .Where(series => series.Points.Count > 0)
            .OrderByDescending(series => series.Points[^1].Ownership.Holders.Count)
            .ThenBy(series => series.Issuer)
            .ToList();
        var telling = all.Where(series => series.Points.Any(point => point.Ownership.Holders.Count > 1)).Take(IssuersShown).ToList();
        var shown = telling.Count > 0 ? telling : [.. all.Take(1)];
        var more = all.Count > shown.Count ? $"; {all.Count - shown.Count} more issuers with fewer holders (--company ID)" : "";
        return new(shown.Count > 0
            ? [.. shown.Select((series, i) => Chart(report, series, i == 0 ? more : ""))]
            : [new StackChart("Ownership", Tables.ScopeOf(report.Cut), [], []) { WhenEmpty = "No shares were issued up to this point." }]);
    }

    private static StackChart Chart(OwnershipReport report, OwnershipSeries series, string more)
    {
        var held = series.Points.Select(point => point.Ownership.Holders.ToDictionary(holder => holder.Holder, holder => (double)(holder.Direct ?? 0))).ToArray();
        return new(
            $"Who owns {series.Issuer}",
            $"direct, {report.BasisName}{(report.IsNotional(series.Issuer) ? ", notional: its share count is not published" : "")}; {Tables.ScopeOf(report.Cut)}{more}",
            [.. series.Points.Select(point => point.At.ToDateTime())],
            [.. held.SelectMany(point => point.Keys).Distinct().Order().Select(holder => new StackPart(holder.Value, [.. held.Select(point => point.GetValueOrDefault(holder))]))]);
    }
}
