using static ActorFinance.Scenarios.Tests.Agreements.Simulating;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>Values that need each other: put into order, solved when they say so, and refused by name when they go round.</summary>
public sealed class ValueTests
{
    [Fact]
    public void Values_are_computed_in_the_order_in_which_they_need_each_other() =>
        Last("      c: a + b\n      b: a * 2\n      a: '3'\n").ShouldBe("9");

    [Fact]
    public void The_previous_value_is_that_of_the_period_before_and_the_start_before_the_first() =>
        // Quarters from the first of January: 1, 1, 2, 3.
        Last("      c: {is: previous(c) + previous(d), start: 0}\n      d: {is: previous(c), start: 1}\n").ShouldBe("3");

    [Fact]
    public void A_circle_is_solved_to_its_tolerance()
    {
        var answer = Run($"{TwoCompanies}values:\n  - every: year\n    simultaneous: {{tolerance: 0.000000000000001}}\n    define:\n      c: {{is: 1 + a / 4, start: 0}}\n      a: b\n      b: c + 1\nfigures: {{define: {{x: c}}}}\n").Readings[^1].Values[0]!.Value.Number;
        Math.Abs(answer - (5m / 3)).ShouldBeLessThan(1e-14m);
    }

    [Theory]
    [InlineData("      Y: {is: C + 1, start: 0}\n      C: Y / 2\n", "'Y -> C -> Y' must be no circle within one instant: take one of them with previous(...), or say simultaneous")]
    [InlineData("      Y: {is: Y + 1, start: 0}\n", "'Y -> Y' must be no circle")]
    [InlineData("      Y: C + 1\n      C: Y / 2\n", "must be given a start, or made of values whose type is known")]
    [InlineData("      Y: 1 USD + 1\n", "'money in USD + ratio' must be two of one kind")]
    [InlineData("      Y: {iz: 1}\n", "(did you mean 'is'?)")]
    [InlineData("      Y: X\n", "'X' must be the name of a parameter, a value or a function")]
    [InlineData("      Y: '1'\n  - every: year\n    define:\n      Y: '2'\n", "'Y' must be a name that no parameter and no other value has")]
    public void Values_that_cannot_be_say_why(string values, string message) => Problems(Group(values)).ShouldContain(message);

    [Fact]
    public void A_circle_without_a_start_is_refused_even_when_its_types_are_known() =>
        Problems($"{TwoCompanies}values:\n  - every: year\n    simultaneous: {{tolerance: 0.1}}\n    define:\n      a: {{is: b + c, start: 0}}\n      b: ratio(shares(c))\n      c: ratio(shares(b)) + 0 * a\n")
            .ShouldContain("must be given a start, or made of values whose type is known: in a circle one of the values says its start");

    [Fact]
    public void The_previous_of_a_value_without_a_start_is_a_fault_at_its_first_time()
    {
        var run = Of($"{TwoCompanies}values:\n  - every: year\n    define:\n      a: '1'\n      b: previous(a)\n").Run();
        run.Fault!.ToString().ShouldBe("test.yaml:15:19: field 'values[0].define.b': 'a' must be given a start, since nothing comes before its first value");
    }

    private static string Last(string values) => Run(Group(values) + "figures: {define: {x: c}}\n").Readings[^1].Values[0].ToString()!;

    private static string Group(string values) => $"{TwoCompanies}values:\n  - every: quarter\n    define:\n{values}";
}
