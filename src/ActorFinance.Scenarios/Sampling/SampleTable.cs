namespace ActorFinance.Scenarios.Sampling;

/// <summary>The outcomes of runs: a row a run, a column a figure; null where a run has none.</summary>
public sealed class SampleTable
{
    /// <summary>Stands for none: no figure reaches it, since amounts end below 1e18.</summary>
    internal const decimal None = decimal.MinValue;

    private readonly decimal[] _cells;

    internal SampleTable(int runs, int columns)
    {
        Runs = runs;
        Columns = columns;
        _cells = new decimal[checked(runs * columns)];
    }

    public int Runs { get; }

    public int Columns { get; }

    public decimal? this[int run, int column] => _cells[(run * Columns) + column] is var cell && cell == None ? null : cell;

    /// <summary>What the runs that have it came to, in the order of the runs.</summary>
    public IEnumerable<decimal> Column(int column) => Enumerable.Range(0, Runs).Select(run => _cells[(run * Columns) + column]).Where(cell => cell != None);

    internal Span<decimal> Row(int run) => _cells.AsSpan(run * Columns, Columns);
}

/// <summary>One column in a few numbers; all null where no run has the figure.</summary>
/// <param name="Count">Runs that have it.</param>
/// <param name="Quantiles">At <see cref="Sampling.Quantiles.Shown"/>.</param>
/// <param name="Mean">Of them.</param>
/// <param name="Sd">Standard deviation of the sample (n - 1); null for fewer than two.</param>
/// <param name="Lowest">Of them.</param>
/// <param name="Highest">Of them.</param>
/// <param name="BelowZero">The share of them that is below zero.</param>
/// <param name="WorstMean">The mean of those at or below the 5 % quantile (the value at risk): the expected shortfall.</param>
public sealed record SampleSummary(int Count, ValueList<decimal> Quantiles, decimal? Mean, decimal? Sd, decimal? Lowest, decimal? Highest, double? BelowZero, decimal? WorstMean)
{
    private const decimal WorstShare = 0.05m;

    public static SampleSummary Of(SampleTable table, int column)
    {
        var sorted = table.Column(column).Order().ToArray();
        if (sorted.Length == 0)
        {
            return new(0, [], null, null, null, null, null, null);
        }

        var mean = MeanOf(sorted);
        var squares = sorted.Sum(value => Math.Pow((double)(value - mean), 2));
        return new(
            sorted.Length,
            Sampling.Quantiles.Shown.Select(p => Sampling.Quantiles.Of(sorted, p)).ToValueList(),
            mean,
            sorted.Length > 1 ? (decimal)Math.Sqrt(squares / (sorted.Length - 1)) : null,
            sorted[0],
            sorted[^1],
            sorted.Count(value => value < 0) / (double)sorted.Length,
            MeanOf(sorted.AsSpan(0, Worst(sorted))));
    }

    /// <summary>At least the lowest: the quantile lies at it or above.</summary>
    private static int Worst(decimal[] sorted)
    {
        var atRisk = Sampling.Quantiles.Of(sorted, WorstShare);
        return sorted.Count(value => value <= atRisk);
    }

    /// <summary>From a middle value, so that sums of large amounts stay within a decimal.</summary>
    private static decimal MeanOf(ReadOnlySpan<decimal> sorted)
    {
        var middle = sorted[sorted.Length / 2];
        var offset = 0m;
        foreach (var value in sorted)
        {
            offset += value - middle;
        }

        return middle + (offset / sorted.Length);
    }
}
