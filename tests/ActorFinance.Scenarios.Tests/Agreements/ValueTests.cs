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
    [InlineData("      Y: C + 1\n      C: Y / 2\n", "'Y -> C -> Y' must be no circle within one instant")]
    [InlineData("      Y: C * 2\n      C: Y / 2\n", "must be given a start, or made of values whose type is known")]
    [InlineData("      Y: {is: 5 USD, start: 0}\n", "'start: 0' must be money in USD, as '5 USD' is")]
    [InlineData("      Y: previous(Y, 0) + 1\n", "'0' must be a whole number of periods from 1 to 1,000, the same all the time, in previous(value [, periods])")]
    [InlineData("      Y: {is: 'previous(Y, 1000000000) + 1', start: 0}\n", "'1000000000' must be a whole number of periods from 1 to 1,000")]
    [InlineData("      Y: {is: 'previous(Y, 1.5) + 1', start: 0}\n", "'1.5' must be a whole number of periods from 1 to 1,000")]
    [InlineData("      Y: {is: 'previous(Y, month(today)) + 1', start: 0}\n", "'a number that changes' must be a whole number of periods")]
    [InlineData("      Y: 1 USD + 1\n", "'money in USD + ratio' must be two of one kind")]
    [InlineData("      Y: {iz: 1}\n", "(did you mean 'is'?)")]
    [InlineData("      Y: X\n", "'X' must be the name of a parameter, a value or a function")]
    [InlineData("      Y: '1'\n  - every: year\n    define:\n      Y: '2'\n", "'Y' must be a name that no parameter and no other value has")]
    public void Values_that_cannot_be_say_why(string values, string message) => Problems(Group(values)).ShouldContain(message);

    /// <summary>Y = C + 20 and C = 0.8 Y give Y = 100, whatever it is solved from; that 20 is money says what Y and C are.</summary>
    [Fact]
    public void A_circle_without_a_start_is_solved_from_nothing()
    {
        var answer = Run($"{TwoCompanies}parameters: {{G: 20 USD}}\nvalues:\n  - every: year\n    simultaneous: {{tolerance: 1e-14}}\n    define:\n      C: 0.8 * Y\n      Y: C + G\nfigures: {{define: {{x: Y}}}}\n").Readings[^1].Values[0]!.Value;
        answer.Type.ToString().ShouldBe("money in USD");
        Math.Abs(answer.Number - 100).ShouldBeLessThan(1e-12m);
    }

    [Theory]
    [InlineData("1e-400")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("small")]
    public void A_tolerance_that_is_no_number_above_0_is_the_only_thing_that_is_said(string tolerance) =>
        Problems($"{TwoCompanies}values:\n  - every: year\n    simultaneous: {{tolerance: {tolerance}}}\n    define:\n      C: 0.8 * Y\n      Y: C + 20\n")
            .ShouldBe($"test.yaml:13:31: field 'values[0].simultaneous': '{tolerance}' must be a mapping of tolerance: a number above 0, such as 1e-12");

    [Fact]
    public void A_comma_that_YAML_took_is_said() =>
        Problems(Group("      c: {is: previous(c, 2) + 1, start: 1}\n")).ShouldContain("test.yaml:14:25: field 'values[0].define.c': 'the end' must be ')' here (between { and } an expression with a comma stands in quotes)");

    /// <summary>A figure that asks for a value which cannot be typed says nothing of its own; it ended the program.</summary>
    [Fact]
    public void A_figure_of_a_value_without_a_type_leaves_the_fault_where_it_is() =>
        Problems($"{TwoCompanies}values:\n  - every: year\n    simultaneous: {{tolerance: 0.1}}\n    define:\n      Y: C * 2\n      C: Y / 2\nfigures: {{define: {{x: Y}}}}\n")
            .Split('\n').ShouldAllBe(line => line.Contains("must be given a start, or made of values whose type is known", StringComparison.Ordinal));

    /// <summary>Quarters: 1, 1, 1 + 1, 2 + 1, by hand, when the start stands for all periods before the first.</summary>
    [Fact]
    public void Two_periods_back_is_two_periods_back_and_the_start_before_the_first() =>
        Run(Group("      c: {is: 'previous(c) + previous(c, 2)', start: 1}\n      past: previous(c, 3)\n") + "figures: {every: quarter, define: {c: c, past: past}}\n")
            .Readings.Select(reading => $"{reading.Values[0]} {reading.Values[1]}").ShouldBe(["2 1", "3 1", "5 1", "8 2", "8 2"]);

    [Fact]
    public void The_previous_of_a_value_without_a_start_is_a_fault_at_its_first_time()
    {
        var run = Of($"{TwoCompanies}values:\n  - every: year\n    define:\n      a: '1'\n      b: previous(a)\n").Run();
        run.Fault!.ToString().ShouldBe("test.yaml:15:19: field 'values[0].define.b': 'a' must be given a start, since nothing comes before its first value");
    }

    private static string Last(string values) => Run(Group(values) + "figures: {define: {x: c}}\n").Readings[^1].Values[0].ToString()!;

    private static string Group(string values) => $"{TwoCompanies}values:\n  - every: quarter\n    define:\n{values}";
}
