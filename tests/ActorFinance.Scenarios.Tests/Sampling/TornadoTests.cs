using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

public sealed class TornadoTests
{
    [Fact]
    public void The_greatest_swing_comes_first_and_ranks_tell_the_direction()
    {
        var plan = SamplePlan.Of(
            [new("little", new Distribution.Uniform(0, 1)), new("much", new Distribution.Uniform(-10, 10)), new("nothing", new Distribution.Uniform(0, 1))], [], seed: 5)!;
        decimal? Figure(decimal little, decimal much) => little - much;
        var table = SampleRunner.Run(2_000, 1, 1, (run, cells) => cells[0] = Figure(plan.Draw(run)[0], plan.Draw(run)[1])!.Value);
        var bars = Tornado.Of(plan, (place, value) => place switch { 0 => Figure(value, 0), 1 => Figure(0.5m, value), _ => Figure(0.5m, 0) }, table, 0);
        bars.Select(bar => bar.Parameter).ShouldBe(["much", "little", "nothing"]);
        bars[0].ShouldBe(new Sensitivity("much", -9, 9.5m, 9, -8.5m, bars[0].RankCorrelation));
        bars[0].RankCorrelation!.Value.ShouldBeLessThan(-0.99);
        bars[1].RankCorrelation!.Value.ShouldBe(0.05, 0.09);
        (bars[2].Low, bars[2].High, bars[2].Swing).ShouldBe((0.5m, 0.5m, 0m));
    }
}
