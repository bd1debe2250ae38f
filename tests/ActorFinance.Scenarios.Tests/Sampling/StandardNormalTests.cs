using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

public sealed class StandardNormalTests
{
    /// <summary>Values of the standard tables, to 15 digits.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.99, 2.326347874040841)]
    [InlineData(0.0013498980316300933, -3)]
    [InlineData(1e-9, -5.997807015008182)]
    public void Quantiles_are_those_of_the_tables(double p, double x)
    {
        StandardNormal.Quantile(p).ShouldBe(x, 1e-12);
        StandardNormal.Probability(x).ShouldBe(p, 1e-14);
    }

    [Fact]
    public void Probability_undoes_the_quantile_from_end_to_end()
    {
        for (var p = 1e-12; p < 1; p += 0.0007)
        {
            StandardNormal.Probability(StandardNormal.Quantile(p)).ShouldBe(p, 1e-13);
        }

        (StandardNormal.Probability(-40), StandardNormal.Probability(40)).ShouldBe((0, 1));
    }
}
