namespace ActorFinance.Scenarios.Sampling;

/// <summary>Summaries of samples, in decimals: the same samples give the same digits.</summary>
public static class Quantiles
{
    /// <summary>The shares that tables and fans show.</summary>
    public static IReadOnlyList<decimal> Shown { get; } = [0.05m, 0.25m, 0.5m, 0.75m, 0.95m];

    /// <summary>
    /// The p-quantile by definition 7 of Hyndman and Fan (American Statistician 50:361, 1996), which R and Excel use too: with h = (n - 1) p, between
    /// the samples of rank floor(h) and floor(h) + 1 (from 0), linear in the rest of h.
    /// </summary>
    /// <param name="sorted">Rising; at least one.</param>
    /// <param name="p">From 0 to 1.</param>
    public static decimal Of(IReadOnlyList<decimal> sorted, decimal p)
    {
        var h = (sorted.Count - 1) * p;
        var below = (int)Math.Floor(h);
        return below + 1 < sorted.Count ? sorted[below] + ((h - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>Spearman's rank correlation, equal values sharing their mean rank; null where one of the two never varies.</summary>
    public static double? RankCorrelation(IReadOnlyList<decimal> first, IReadOnlyList<decimal> second)
    {
        var (x, y) = (Ranks(first), Ranks(second));
        var mean = (x.Length - 1) / 2d;
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }

        return xx == 0 || yy == 0 ? null : xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(IReadOnlyList<decimal> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && values[order[to + 1]] == values[order[from]])
            {
                to++;
            }

            for (var i = from; i <= to; i++)
            {
                ranks[order[i]] = (from + to) / 2d;
            }

            from = to + 1;
        }

        return ranks;
    }
}
