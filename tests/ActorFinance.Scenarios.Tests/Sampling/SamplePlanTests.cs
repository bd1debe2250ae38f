using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

public sealed class SamplePlanTests
{
    private static readonly IReadOnlyList<SampledParameter> s_three =
    [
        new("price", new Distribution.LogNormal(35, 5, null, null)),
        new("growth", new Distribution.Normal(0.1m, 0.15m, null, null)),
        new("delay", new Distribution.Triangular(0, 6, 24)),
    ];

    /// <summary>A rank correlation of 10,000 runs has a standard error of about 0.01.</summary>
    [Theory]
    [InlineData(0.6, -0.3, 0.1)]
    [InlineData(-0.9, 0.0, 0.0)]
    [InlineData(0.0, 0.0, 0.0)]
    public void Rank_correlations_are_those_that_were_asked_for(double priceGrowth, double priceDelay, double growthDelay)
    {
        var plan = SamplePlan.Of(s_three, [new(0, 1, priceGrowth), new(0, 2, priceDelay), new(1, 2, growthDelay)], seed: 7)!;
        var draws = Enumerable.Range(0, 10_000).Select(plan.Draw).ToList();
        double? Between(int a, int b) => Quantiles.RankCorrelation([.. draws.Select(draw => draw[a])], [.. draws.Select(draw => draw[b])]);
        Between(0, 1)!.Value.ShouldBe(priceGrowth, 0.04);
        Between(0, 2)!.Value.ShouldBe(priceDelay, 0.04);
        Between(1, 2)!.Value.ShouldBe(growthDelay, 0.04);
    }

    [Fact]
    public void Correlation_leaves_each_distribution_as_it_is()
    {
        var plan = SamplePlan.Of(s_three, [new(0, 2, 0.8)], seed: 7)!;
        var delays = Enumerable.Range(0, 20_000).Select(run => (double)plan.Draw(run)[2]);
        KolmogorovSmirnov.Distance(delays, x => x <= 6 ? x * x / 144 : 1 - ((24 - x) * (24 - x) / 432)).ShouldBeLessThan(1.63 / Math.Sqrt(20_000));
    }

    [Fact]
    public void Correlations_that_contradict_each_other_make_no_plan() =>
        SamplePlan.Of(s_three, [new(0, 1, 0.9), new(0, 2, 0.9), new(1, 2, -0.9)], seed: 1).ShouldBeNull();

    [Fact]
    public void A_run_is_the_same_whenever_it_is_drawn()
    {
        var plan = SamplePlan.Of(s_three, [new(0, 1, 0.5)], seed: 3)!;
        plan.Draw(4_711).ShouldBe(SamplePlan.Of(s_three, [new(0, 1, 0.5)], seed: 3)!.Draw(4_711));
        plan.Draw(4_711).ShouldNotBe(SamplePlan.Of(s_three, [new(0, 1, 0.5)], seed: 4)!.Draw(4_711));
    }
}
