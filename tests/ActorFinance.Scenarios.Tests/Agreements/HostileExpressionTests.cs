using System.Globalization;
using static ActorFinance.Scenarios.Tests.Agreements.Simulating;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>Scenarios made to hang, to exhaust or to mislead: each ends with an error that says where and why.</summary>
public sealed class HostileExpressionTests
{
    [Theory]
    [InlineData("(", ")", 100_000)]
    [InlineData("(", ")", 65)]
    [InlineData("abs(", ")", 65)]
    [InlineData("if true then 1 else ", "", 65)]
    [InlineData("min(1, ", ")", 65)]
    public void Nesting_ends(string open, string close, int depth)
    {
        var text = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        var problems = Problems($"{TwoCompanies}figures: {{define: {{x: \"{text}\"}}}}\n");
        problems.ShouldContain(text.Length > 4_000 ? "an expression of at most 4000 characters" : "nested at most 64 deep");
    }

    [Fact]
    public void Rows_of_each_do_not_unfold_without_end()
    {
        var rows = string.Join(", ", Enumerable.Range(1, 1_000).Select(k => $"{{k: {k}}}"));
        var orders = string.Concat(Enumerable.Repeat("      - {company: a, receive-external-cash: {amount: 1 USD, category: revenue}}\n", 101));
        Problems($"{TwoCompanies}agreements:\n  - agreement: many\n    each: [{rows}]\n    when: {{date: 2026-02-01}}\n    then:\n{orders}").ShouldContain("101,000 orders, and at most 100,000");
    }

    [Fact]
    public void Values_are_bounded_in_number()
    {
        var values = string.Concat(Enumerable.Range(1, 1_001).Select(i => $"      v{i}: v{i + 1}\n"));
        Problems($"{TwoCompanies}values:\n  - every: year\n    define:\n{values}").ShouldContain("at most 1,000 values");
    }

    [Fact]
    public void Nesting_at_the_limit_is_fine() => Value(new string('(', 63) + "1" + new string(')', 63)).ToString().ShouldBe("1");

    /// <summary>Each value needs the one before it twice: computed once each, where writing them out would take 2^200 steps.</summary>
    [Fact]
    public void Values_that_double_each_other_are_computed_once_each()
    {
        var values = string.Join('\n', Enumerable.Range(1, 90).Select(i => $"      v{i}: (v{i - 1} + v{i - 1}) / 2"));
        Run($"{TwoCompanies}values:\n  - every: year\n    define:\n      v0: '1'\n{values}\nfigures: {{define: {{x: v90}}}}\n").Readings[^1].Values[0].ToString().ShouldBe("1");
    }

    [Fact]
    public void A_run_of_a_billion_steps_is_stopped()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("1", 900));
        var run = Of($$"""
            {{TwoCompanies.Replace("until: 2026-12-31", "until: 9999-12-31", StringComparison.Ordinal)}}
            values:
              - every: day
                define:
                  x: {is: previous(x) + month(today) * ({{sum}}), start: 0}
                  y: "{{string.Join(" + ", Enumerable.Repeat("month(today)", 200))}}"
            """).Run();
        run.Fault!.ToString().ShouldContain("evaluated within 20,000,000 steps in a run; it was stopped at");
    }

    [Fact]
    public void A_circle_that_does_not_settle_is_given_up_by_name()
    {
        var run = Of($"{TwoCompanies}values:\n  - every: year\n    simultaneous: {{tolerance: 0.001}}\n    define:\n      a: {{is: 1 - 1.0001 * b, start: 0}}\n      b: a\n").Run();
        run.Fault!.ToString().ShouldContain("must be a circle that settles to 0.001 within 1,000 rounds; after the last one");
    }

    [Fact]
    public void A_circle_that_runs_away_ends_where_the_digits_end()
    {
        var run = Of($"{TwoCompanies}values:\n  - every: year\n    simultaneous: {{tolerance: 0.001}}\n    define:\n      a: {{is: 1 + 2 * b, start: 0}}\n      b: a\n").Run();
        run.Fault!.ToString().ShouldContain("28 digits");
    }

    [Theory]
    [InlineData("cash(bu\u0443er)", "'U+0443' must be a letter a-z")]
    [InlineData("c\u0430sh(buyer)", "'U+0430' must be")]
    [InlineData("1 \u2212 1", "'U+2212' must be")]
    [InlineData("1 + \uD83D\uDE00", "must be a letter a-z")]
    public void Letters_that_look_like_others_are_named(string expression, string message) =>
        Problems($"{TwoCompanies}figures: {{define: {{x: \"{expression}\"}}}}\n").ShouldContain(message);

    [Theory]
    [InlineData("today")]
    [InlineData("n")]
    [InlineData("and")]
    [InlineData("a b")]
    [InlineData("1a")]
    [InlineData("event.amount")]
    public void A_name_that_means_something_else_cannot_be_taken(string name) =>
        Problems($"{TwoCompanies}parameters: {{\"{name}\": 1}}\n").ShouldContain("must be a name: a letter a-z");

    [Fact]
    public void Agreements_that_trigger_each_other_at_one_instant_are_refused_with_the_circle_named()
    {
        var run = Of(TwoCompanies + """
            agreements:
              - agreement: start
                when: {date: 2026-06-30}
                then:
                  - company: buyer
                    reach-milestone: {milestone: go}
              - agreement: ping
                when: {any-of: [{milestone: {company: buyer, reached: go}}, {event: {type: purchase-paid, payer: seller}}]}
                then:
                  - company: buyer
                    pay-purchase: {seller: seller, amount: 1 USD}
              - agreement: pong
                when: {event: {type: purchase-paid, payer: buyer}}
                then:
                  - company: seller
                    pay-purchase: {seller: buyer, amount: 1 USD}
            """).Run();
        run.Fault!.ToString().ShouldContain("'ping -> pong -> ping' must be no circle at one instant (2026-06-30T00:00:00Z): put one of them off with 'after'");
    }

    [Fact]
    public void What_is_put_off_goes_on_to_the_end_of_the_clock()
    {
        var run = Run(TwoCompanies + """
            agreements:
              - agreement: again
                when: {any-of: [{date: 2026-06-30}, {event: {type: purchase-paid, payer: buyer}}]}
                then:
                  - company: buyer
                    after: 1 month
                    pay-purchase: {seller: seller, amount: 1 USD}
            """);
        Generated(run).Select(line => line[..10]).ShouldBe(["2026-07-30", "2026-08-30", "2026-09-30", "2026-10-30", "2026-11-30", "2026-12-30"]);
    }

    /// <summary>What newcomers write first: each slip is said once, with what to write instead.</summary>
    [Fact]
    public void A_fault_of_every_row_is_said_once_and_says_what_to_write()
    {
        var problems = Problems(TwoCompanies + """
            agreements:
              - agreement: gigawatts
                each: [{k: 1}, {k: 2}, {k: 3}]
                when: {date: 2026-06-30}
                then:
                  - company: buyer
                    pay-purchase: {seller: seller, amount: 35bn}
                  - company: buyer
                    reach-milestone: {milestone: {k}}
                  - company: buyer
                    pay-purchase: {seller: seller, amount: 1 USD}
            """);
        problems.Split('\n').Length.ShouldBe(2, problems);
        problems.ShouldContain("'ratio' must be money: a number with its currency, such as 35bn USD");
        problems.ShouldContain("(what has braces of its own stands in quotes)");
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => Of(TwoCompanies).Run(cancellation: cancelled.Token));
    }

    [Fact]
    public void A_million_rows_are_refused_before_they_are_read() =>
        Problems($"{TwoCompanies}agreements:\n  - agreement: a\n    each: [{string.Join(", ", Enumerable.Range(0, 1_001).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{k: {i}}}")))}]\n    when: {{date: 2026-06-30}}\n    then: [{{company: buyer, reach-milestone: {{milestone: m}}}}]\n")
            .ShouldContain("must be a list of 1 to 1,000 rows");
}
