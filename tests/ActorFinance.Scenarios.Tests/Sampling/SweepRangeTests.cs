using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Scenarios.Tests.Sampling;

public sealed class SweepRangeTests
{
    [Theory]
    [InlineData("0", "1", "0.25", "0 0.25 0.50 0.75 1.00")]
    [InlineData("3", "10", "3", "3 6 9")]
    [InlineData("10", "3", "-3.5", "10 6.5 3.0")]
    [InlineData("5", "5", "1", "5")]
    public void Steps_are_exact(string from, string to, string step, string values) =>
        SweepRange.Of("x", Number(from), Number(to), Number(step), out _)!.Values.ShouldBe(values.Split(' ').Select(Number));

    [Theory]
    [InlineData("0", "1", "0", "a step that is not 0")]
    [InlineData("0", "1", "-1", "a step from 0 towards 1; -1 leads away")]
    [InlineData("0", "1", "0.00001", "at most 10,000 values")]
    public void Steps_that_lead_nowhere_say_why(string from, string to, string step, string why)
    {
        SweepRange.Of("x", Number(from), Number(to), Number(step), out var rule).ShouldBeNull();
        rule.ShouldBe(why);
    }

    [Fact]
    public void A_grid_has_every_combination()
    {
        var grid = SweepRange.Grid([SweepRange.Of("a", 1, 2, 1, out _)!, SweepRange.Of("b", 10, 30, 10, out _)!]);
        grid.Select(point => string.Join('/', point)).ShouldBe(["1/10", "1/20", "1/30", "2/10", "2/20", "2/30"]);
    }

    private static decimal Number(string text) => decimal.Parse(text);
}
