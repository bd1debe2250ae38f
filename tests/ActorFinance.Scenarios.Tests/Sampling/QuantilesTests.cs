using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

public sealed class QuantilesTests
{
    /// <summary>R: <c>quantile(c(1, 2, 4, 7, 11), p)</c>, whose default is type 7.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.05, 1.2)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 4)]
    [InlineData(0.6, 5.2)]
    [InlineData(0.95, 10.2)]
    [InlineData(1, 11)]
    public void Quantiles_are_those_of_definition_7(double p, double quantile) => Quantiles.Of([1, 2, 4, 7, 11], (decimal)p).ShouldBe((decimal)quantile);

    [Fact]
    public void A_single_sample_is_every_quantile() => Quantiles.Of([5], 0.05m).ShouldBe(5);

    /// <summary>Worked by hand: ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4.</summary>
    [Fact]
    public void Equal_values_share_their_mean_rank() =>
        Quantiles.RankCorrelation([10, 20, 20, 30], [1, 3, 2, 9])!.Value.ShouldBe(4.5 / Math.Sqrt(4.5 * 5), 1e-12);

    [Fact]
    public void What_never_varies_has_no_rank_correlation() => Quantiles.RankCorrelation([1, 1, 1], [1, 2, 3]).ShouldBeNull();

    [Fact]
    public void A_summary_counts_only_the_runs_that_have_the_figure()
    {
        var table = SampleRunner.Run(5, 1, 1, (run, cells) =>
        {
            if (run != 2)
            {
                cells[0] = (run - 1) * 1e15m;
            }
        });
        var summary = SampleSummary.Of(table, 0);
        (summary.Count, summary.Mean, summary.Lowest, summary.Highest, summary.BelowZero).ShouldBe((4, 1e15m, -1e15m, 3e15m, 0.25));
        ((double)summary.Sd!.Value).ShouldBe(1e15 * Math.Sqrt(10 / 3d), 1e3);
        table[2, 0].ShouldBeNull();
        SampleSummary.Of(SampleRunner.Run(3, 1, 1, (_, _) => { }), 0).ShouldBe(new(0, [], null, null, null, null, null, null));
    }

    /// <summary>41 runs of 0, 1, ... 40: the 5 % quantile is that of rank 2, and 0, 1 and 2 are at or below it. One run is its own worst.</summary>
    [Fact]
    public void The_worst_five_per_cent_are_those_at_or_below_the_value_at_risk()
    {
        var summary = SampleSummary.Of(SampleRunner.Run(41, 1, 1, (run, cells) => cells[0] = 40 - run), 0);
        (summary.Quantiles[0], summary.WorstMean).ShouldBe((2m, 1m));
        SampleSummary.Of(SampleRunner.Run(1, 1, 1, (_, cells) => cells[0] = -7), 0).WorstMean.ShouldBe(-7);
    }
}
