using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

/// <summary>Samples of fixed seeds against the distributions they are said to have; the bounds are four standard errors, and Kolmogorov-Smirnov at 1 in 100.</summary>
public sealed class DistributionTests
{
    private const int Count = 50_000;

    [Theory]
    [InlineData("uniform", 25, 8.660254)]
    [InlineData("triangular", 20, 5.492419)]
    [InlineData("normal", 100, 15)]
    [InlineData("lognormal", 100, 40)]
    [InlineData("discrete", 7.4, 2.8)]
    [InlineData("bootstrap", 5, 4.242641)]
    public void Mean_and_standard_deviation_are_those_of_the_distribution(string kind, double mean, double sd)
    {
        var sample = Sample(Of(kind));
        var average = sample.Average();
        average.ShouldBe(mean, 4 * sd / Math.Sqrt(Count));
        var spread = Math.Sqrt(sample.Sum(x => (x - average) * (x - average)) / (Count - 1));
        var kurtosis = sample.Sum(x => Math.Pow(x - average, 4)) / Count / Math.Pow(spread, 4);
        spread.ShouldBe(sd, 4 * sd * Math.Sqrt((kurtosis - 1) / Count) / 2);
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("triangular")]
    [InlineData("normal")]
    [InlineData("lognormal")]
    [InlineData("cut")]
    public void Samples_are_as_near_to_the_distribution_as_chance_allows(string kind) =>
        KolmogorovSmirnov.Distance(Sample(Of(kind)), x => Probability(kind, x)).ShouldBeLessThan(1.63 / Math.Sqrt(Count));

    [Fact]
    public void Each_discrete_value_comes_as_often_as_its_weight_says()
    {
        var sample = Sample(Of("discrete"));
        foreach (var (value, share) in new[] { (3d, 0.2), (7, 0.5), (11, 0.3) })
        {
            (sample.Count(x => x == value) / (double)Count).ShouldBe(share, 4 * Math.Sqrt(share * (1 - share) / Count));
        }

        sample.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void A_cut_distribution_never_leaves_its_bounds()
    {
        var sample = Sample(Of("cut"));
        (sample.Min() >= 90, sample.Max() <= 110).ShouldBe((true, true));
    }

    [Fact]
    public void Quantiles_never_fall()
    {
        foreach (var kind in new[] { "uniform", "triangular", "normal", "lognormal", "cut", "discrete", "bootstrap" })
        {
            var values = Enumerable.Range(1, 999).Select(i => Of(kind).Quantile(i / 1000d)).ToList();
            values.ShouldBe(values.Order().ToList(), kind);
        }
    }

    [Fact]
    public void Amounts_in_billions_keep_twelve_digits() => new Distribution.Uniform(28e9m, 45e9m).Quantile(1 / 3d).ShouldBe(33666666666.7m);

    private static Distribution Of(string kind) => kind switch
    {
        "uniform" => new Distribution.Uniform(10, 40),
        "triangular" => new Distribution.Triangular(9, 16, 35),
        "normal" => new Distribution.Normal(100, 15, null, null),
        "lognormal" => new Distribution.LogNormal(100, 40, null, null),
        "cut" => new Distribution.Normal(100, 15, 90, 110),
        "discrete" => new Distribution.Discrete([new(3, 2), new(7, 5), new(11, 3)]),
        "bootstrap" => new Distribution.Bootstrap([-1, 2, 2, 7, 10, 10]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static List<double> Sample(Distribution distribution)
    {
        var plan = SamplePlan.Of([new("x", distribution)], [], seed: 20_261_125)!;
        return [.. Enumerable.Range(0, Count).Select(run => (double)plan.Draw(run)[0])];
    }

    private static double Probability(string kind, double x) => kind switch
    {
        "uniform" => (x - 10) / 30,
        "triangular" => x <= 16 ? (x - 9) * (x - 9) / (26 * 7) : 1 - ((35 - x) * (35 - x) / (26 * 19)),
        "normal" => StandardNormal.Probability((x - 100) / 15),
        "lognormal" => StandardNormal.Probability((Math.Log(x) - Math.Log(100) + (Math.Log(1.16) / 2)) / Math.Sqrt(Math.Log(1.16))),
        _ => (StandardNormal.Probability((x - 100) / 15) - StandardNormal.Probability(-10 / 15d)) / (StandardNormal.Probability(10 / 15d) - StandardNormal.Probability(-10 / 15d)),
    };
}
