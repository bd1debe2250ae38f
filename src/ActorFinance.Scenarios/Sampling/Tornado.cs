namespace ActorFinance.Scenarios.Sampling;

/// <summary>What a figure comes to when one parameter is low or high and all others stay as they are.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="LowSetting">The parameter's value at the lower share.</param>
/// <param name="Low">The figure then; null where it has none.</param>
/// <param name="HighSetting">The parameter's value at the upper share.</param>
/// <param name="High">The figure then; null where it has none.</param>
/// <param name="RankCorrelation">Spearman's, between parameter and figure over all runs; null where one of them never varies.</param>
public sealed record Sensitivity(string Parameter, decimal LowSetting, decimal? Low, decimal HighSetting, decimal? High, double? RankCorrelation)
{
    /// <summary>Shares of each parameter's distribution that count as low and as high.</summary>
    public const double LowShare = 0.05;

    public const double HighShare = 0.95;

    /// <summary>How far the figure goes; the longest bar of a tornado comes first.</summary>
    public decimal Swing => Low is { } low && High is { } high ? Math.Abs(high - low) : 0;
}

/// <summary>Sensitivities of one figure, the greatest swing first.</summary>
public static class Tornado
{
    /// <param name="plan">The parameters.</param>
    /// <param name="figure">The figure for one parameter (its place) at one value, all others as they are.</param>
    /// <param name="table">The runs, for the rank correlation; null without runs.</param>
    /// <param name="column">The figure's column in it.</param>
    public static IReadOnlyList<Sensitivity> Of(SamplePlan plan, Func<int, decimal, decimal?> figure, SampleTable? table, int column)
    {
        var draws = table is null ? [] : Enumerable.Range(0, table.Runs).Where(run => table[run, column] is not null).Select(plan.Draw).ToList();
        var outcomes = table?.Column(column).ToList() ?? [];
        return
        [
            .. plan.Parameters
                .Select((parameter, place) =>
                {
                    var (low, high) = (parameter.Distribution.Quantile(Sensitivity.LowShare), parameter.Distribution.Quantile(Sensitivity.HighShare));
                    var correlation = draws.Count < 2 ? null : Quantiles.RankCorrelation([.. draws.Select(draw => draw[place])], outcomes);
                    return new Sensitivity(parameter.Name, low, figure(place, low), high, figure(place, high), correlation);
                })
                .OrderByDescending(sensitivity => sensitivity.Swing)
                .ThenBy(sensitivity => sensitivity.Parameter, StringComparer.Ordinal),
        ];
    }
}
