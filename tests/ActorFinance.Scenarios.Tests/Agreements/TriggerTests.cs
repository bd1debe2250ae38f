using static ActorFinance.Scenarios.Tests.Agreements.Simulating;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>Given two companies, when something happens on the clock, then these events and no others.</summary>
public sealed class TriggerTests
{
    [Fact]
    public void At_a_date_once() =>
        Given("when: {date: 2026-03-31 + 1 quarter}", "amount: 5 USD").ShouldBe(["2026-06-30 buyer purchase-paid 5 USD"]);

    [Fact]
    public void On_a_schedule_each_time_counted_by_n() =>
        Given("when: {every: quarter, from: 2026-01-31, to: 2026-10-30}", "amount: n * 1 USD")
            .ShouldBe(["2026-01-31 buyer purchase-paid 1 USD", "2026-04-30 buyer purchase-paid 2 USD", "2026-07-31 buyer purchase-paid 3 USD"]);

    [Fact]
    public void A_schedule_counts_from_its_first_date_so_that_the_31st_stays_the_31st() =>
        Given("when: {every: month, from: 2026-01-31, to: 2026-05-31}", "amount: 1 USD").Select(line => line[..10])
            .ShouldBe(["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);

    [Fact]
    public void A_schedule_of_several_units() =>
        Given("when: {every: 6 weeks, from: 2026-09-01}", "amount: 1 USD").Select(line => line[..10]).ShouldBe(["2026-09-01", "2026-10-13", "2026-11-24"]);

    [Fact]
    public void A_schedule_without_a_start_begins_with_the_clock() =>
        Given("when: {every: half-year}", "amount: 1 USD").Select(line => line[..10]).ShouldBe(["2026-01-01", "2026-07-01"]);

    [Fact]
    public void When_a_milestone_is_reached() =>
        Given("when: {milestone: {company: seller, reached: 1 GW deployed}}", "amount: 5 USD", Reaches("seller", "1 GW deployed", "2026-03-01"), Reaches("seller", "2 GW deployed", "2026-04-01"))
            .ShouldBe(["2026-03-01 seller milestone-reached 1 GW deployed", "2026-03-01 buyer purchase-paid 5 USD", "2026-04-01 seller milestone-reached 2 GW deployed"]);

    [Fact]
    public void For_every_event_that_matches_with_its_figures() =>
        Given("when: {event: {type: transfer-paid, payer: buyer}}", "amount: event.amount * 50%", Transfers("2026-03-01", "8 USD"), Transfers("2026-04-01", "4 USD"))
            .ShouldBe(["2026-03-01 buyer transfer-paid 8 USD", "2026-03-01 buyer purchase-paid 4 USD", "2026-04-01 buyer transfer-paid 4 USD", "2026-04-01 buyer purchase-paid 2 USD"]);

    [Fact]
    public void When_something_comes_to_hold_and_again_only_after_it_did_not() =>
        Given("when: {holds: cash(seller) >= 5 USD}", "amount: 1 USD", Transfers("2026-03-01", "8 USD"), Transfers("2026-04-01", "8 USD"), Back("2026-05-01", "14 USD"), Transfers("2026-06-01", "8 USD"))
            .Where(line => line.Contains("purchase", StringComparison.Ordinal)).ShouldBe(["2026-03-01 buyer purchase-paid 1 USD", "2026-06-01 buyer purchase-paid 1 USD"]);

    [Fact]
    public void All_of_act_once_when_the_last_has_happened() =>
        Given(
            "when: {all-of: [{milestone: {company: seller, reached: built}}, {date: 2026-02-01}, {holds: cash(seller) > 3 USD}]}", "amount: 5 USD",
            Reaches("seller", "built", "2026-03-01"), Transfers("2026-04-01", "4 USD"), Reaches("seller", "built", "2026-05-01"))
            .Where(line => line.Contains("purchase", StringComparison.Ordinal)).ShouldBe(["2026-04-01 buyer purchase-paid 5 USD"]);

    [Fact]
    public void A_condition_of_all_of_must_hold_when_the_rest_has_happened() =>
        Given(
            "when: {all-of: [{milestone: {company: seller, reached: built}}, {holds: cash(seller) > 3 USD}]}", "amount: 5 USD",
            Transfers("2026-02-01", "4 USD"), Back("2026-03-01", "4 USD"), Reaches("seller", "built", "2026-04-01"))
            .ShouldNotContain(line => line.Contains("purchase", StringComparison.Ordinal));

    [Fact]
    public void Any_of_act_each_time() =>
        Given("when: {any-of: [{date: 2026-02-01}, {every: quarter, from: 2026-06-30, to: 2026-10-01}]}", "amount: 1 USD").Select(line => line[..10])
            .ShouldBe(["2026-02-01", "2026-06-30", "2026-09-30"]);

    [Fact]
    public void All_of_within_any_of() =>
        Given("when: {any-of: [{all-of: [{date: 2026-02-01}, {date: 2026-03-01}]}, {date: 2026-04-01}]}", "amount: 1 USD").Select(line => line[..10])
            .ShouldBe(["2026-03-01", "2026-04-01"]);

    [Fact]
    public void A_guard_keeps_the_agreement_from_acting() =>
        Given("when: {every: quarter, from: 2026-03-31}\n    if: cash(buyer) > 95 USD", "amount: 3 USD").Select(line => line[..10]).ShouldBe(["2026-03-31", "2026-06-30"]);

    [Fact]
    public void An_order_for_nothing_is_not_given() =>
        Given("when: {every: quarter, from: 2026-03-31}", "amount: (n - 2) * (n - 3) * 1 USD").ShouldBe(["2026-03-31 buyer purchase-paid 2 USD", "2026-12-31 buyer purchase-paid 2 USD"]);

    /// <summary>From 100 to 200 in ten days: 150 after five, 145 is passed on the way to the fifth midnight; and behind the last date nothing moves.</summary>
    [Fact]
    public void A_linear_path_moves_evenly_between_its_dates_and_its_conditions_are_looked_at_each_midnight()
    {
        var run = Run(TwoCompanies + """
            parameters:
              price: {path: {2026-01-01: 100 USD, 2026-02-01: 100 USD, 2026-02-11: 200 USD, 2026-12-11: 200 USD}, between: linear}
            agreements:
              - agreement: dear
                when: {holds: price > 145 USD}
                then: [{company: buyer, reach-milestone: {milestone: '{price}'}}]
            figures: {every: day, from: 2026-02-09T06:00:00Z, to: 2026-02-12T06:00:00Z, define: {x: price}}
            """);
        Generated(run).ShouldBe(["2026-02-06 buyer milestone-reached 150 USD"]);
        run.Readings.Select(reading => reading.Values[0].ToString()).ShouldBe(["182.5 USD", "192.5 USD", "200 USD", "200 USD", "200 USD"]);
    }

    [Theory]
    [InlineData("p: {path: {2026-01-01: 2026-01-01}, between: linear}", "'linear' must be steps: only money, shares and ratios have something between two values, and 'p' is date")]
    [InlineData("p: {path: {2026-01-01: 1}, between: cubic}", "'cubic' must be steps (which it is unless stated) or linear, beside a path")]
    [InlineData("p: {value: 1, between: linear}", "'linear' must be steps (which it is unless stated) or linear, beside a path")]
    public void A_path_that_cannot_be_linear_says_why(string parameter, string message) => Problems($"{TwoCompanies}parameters: {{{parameter}}}\n").ShouldContain(message);

    [Theory]
    [InlineData("commands: [{company: buyer, effective: 2026-02-01, void-event: {event: 018c0000-0000-7000-8000-000000000001, reason: x}}]")]
    [InlineData("agreements: [{agreement: a, when: {date: 2026-02-01}, then: [{company: buyer, void-event: {event: 018c0000-0000-7000-8000-000000000001, reason: x}}]}]")]
    public void Nothing_is_voided_where_a_clock_runs(string orders) =>
        Problems($"scenario: v\ntitle: V\nclock: {{from: 2026-01-01, until: 2026-12-31}}\ncompanies: [{{id: buyer, name: Buyer, currency: USD}}]\n{orders}\n").ShouldContain("'void-event' must be left out where a clock runs");

    [Fact]
    public void A_path_holds_from_its_dates_and_wakes_conditions()
    {
        var run = Run(TwoCompanies + """
            parameters:
              price: {path: {2026-01-01: 100 USD, 2026-07-01: 700 USD}}
            agreements:
              - agreement: vest
                when: {holds: price >= 600 USD}
                then: [{company: seller, reach-milestone: {milestone: 'price of {price}'}}]
            """);
        Generated(run).ShouldBe(["2026-07-01 seller milestone-reached price of 700 USD"]);
    }

    [Fact]
    public void Effects_of_one_instant_stand_in_the_order_of_the_file_and_see_each_other()
    {
        var run = Run(TwoCompanies + """
            agreements:
              - agreement: first
                when: {date: 2026-06-30}
                then: [{company: buyer, pay-purchase: {seller: seller, amount: cash(buyer) / 2}}]
              - agreement: second
                when: {date: 2026-06-30}
                then: [{company: buyer, pay-purchase: {seller: seller, amount: cash(buyer) / 2}}]
            """);
        Generated(run).ShouldBe(["2026-06-30 buyer purchase-paid 50 USD", "2026-06-30 buyer purchase-paid 25 USD"]);
        run.Events.Select(each => each.Envelope.Header.Rank).ShouldBe(run.Events.Select(each => each.Envelope.Header.Rank).Order().ToList());
    }

    [Fact]
    public void A_refusal_is_reported_and_the_clock_goes_on()
    {
        var run = Run(TwoCompanies + """
            agreements:
              - agreement: pays
                when: {every: half-year, from: 2026-06-30}
                then:
                  - company: buyer
                    pay-purchase: {seller: seller, amount: -5 USD}
                  - company: buyer
                    pay-purchase: {seller: seller, amount: 5 USD}
            """);
        Generated(run).Count().ShouldBe(2);
        run.Refusals.Select(refused => (refused.At.ToDateText(), refused.Agreement, refused.Refusal.Code)).ShouldBe([("2026-06-30", "pays", "amount-not-positive"), ("2026-12-30", "pays", "amount-not-positive")]);
    }

    [Fact]
    public void A_refusal_stops_the_run_where_the_agreement_says_so()
    {
        var run = Of(TwoCompanies + """
            agreements:
              - agreement: pays
                when: {every: half-year, from: 2026-06-30}
                refused: stop
                then:
                  - company: buyer
                    pay-purchase: {seller: seller, amount: -5 USD}
            """).Run();
        run.Fault!.ToString().ShouldBe("test.yaml:16:9: field 'pays': 'amount-not-positive: amount is -5 USD; it must be above 0' must be accepted, as 'refused: stop' asks; 'buyer' refused it at 2026-06-30T00:00:00Z");
    }

    [Fact]
    public void Every_event_says_which_agreement_and_trigger_made_it()
    {
        var run = Run(TwoCompanies + """
            agreements:
              - agreement: build
                when: {date: 2026-06-30}
                then: [{company: seller, reach-milestone: {milestone: built}}]
              - agreement: pay
                when: {milestone: {company: seller, reached: built}}
                then: [{company: buyer, pay-purchase: {seller: seller, amount: 5 USD}}]
            """);
        var (built, paid) = (run.Events[^2].Envelope.Header, run.Events[^1].Envelope.Header);
        (built.IssuedBy, built.Source, built.Causation).ShouldBe(("agreement build (date 2026-06-30)", "two", null));
        (paid.IssuedBy, paid.Source, paid.Causation).ShouldBe(("agreement pay (milestone built of seller)", "two", built.Id));
        (run.Events[^1].Agreement, run.Events[^1].Trigger, paid.Command.Value).ShouldBe(("pay", "milestone built of seller", "two:pay:5"));
    }

    [Theory]
    [InlineData("when: {dat: 2026-01-01}", "'dat' must be one of date, every, milestone, event, holds, all-of, any-of (did you mean 'date'?)")]
    [InlineData("when: {date: 2026-01-01, every: year}", "'every' must be one of date, every")]
    [InlineData("when: {date: 5}", "'ratio' must be date")]
    [InlineData("when: {every: yeer}", "(did you mean 'year'?)")]
    [InlineData("when: {milestone: {company: selle, reached: x}}", "'selle' must be a company of the book or of the file (did you mean 'seller'?)")]
    [InlineData("when: {event: {type: purchase-payd}}", "(did you mean 'purchase-paid'?)")]
    [InlineData("when: {event: {typ: purchase-paid}}", "must be one of the terms that select events")]
    [InlineData("when: {all-of: []}", "must be a list of triggers")]
    [InlineData("when: {holds: cash(seller)}", "'money in USD' must be true or false")]
    [InlineData("whn: {date: 2026-01-01}", "(did you mean 'when'?)")]
    public void A_trigger_that_cannot_be_says_why(string when, string message) => Problems(Agreement(when, "amount: 1 USD")).ShouldContain(message);

    [Theory]
    [InlineData("amount: 1 shares", "'shares' must be money")]
    [InlineData("amount: 1", "'ratio' must be money")]
    [InlineData("amont: 1 USD", "(did you mean 'amount'?)")]
    [InlineData("amount: 1 USD, item: '{x}'", "'x' must be the name of a parameter, a value or a function")]
    [InlineData("amount: 1 USD, quantity: cash(buyer)", "'money in USD' must be ratio")]
    [InlineData("amount: 1 USD, draws: 'a b'", "'a b' must be")]
    public void An_order_that_cannot_be_says_why(string fields, string message) => Problems(Agreement("when: {date: 2026-06-30}", fields)).ShouldContain(message);

    [Theory]
    [InlineData("effective: 2026-01-01")]
    [InlineData("id: mine")]
    [InlineData("rank: 3")]
    [InlineData("known: 2026-01-01")]
    public void What_the_clock_says_no_order_says(string field) =>
        Problems($"{TwoCompanies}agreements:\n  - agreement: a\n    when: {{date: 2026-06-30}}\n    then:\n      - company: buyer\n        {field}\n        reach-milestone: {{milestone: m}}\n")
            .ShouldContain("must be left out: the clock says when an order of an agreement is given");

    private static string[] Given(string when, string fields, params string[] before) => [.. Generated(Run(Agreement(when, fields, before)))];

    private static string Agreement(string when, string fields, params string[] before) =>
        $"{TwoCompanies}agreements:\n{string.Concat(before)}  - agreement: subject\n    {when}\n    then:\n      - company: buyer\n        pay-purchase: {{seller: seller, {fields}}}\n";

    private static string Reaches(string company, string milestone, string at) => Other(at, company, $"reach-milestone: {{milestone: {milestone}}}");

    private static string Transfers(string at, string amount) => Other(at, "buyer", $"pay-transfer: {{payee: seller, amount: {amount}, purpose: fee}}");

    private static string Back(string at, string amount) => Other(at, "seller", $"pay-transfer: {{payee: buyer, amount: {amount}, purpose: fee}}");

    private static string Other(string at, string company, string command) =>
        $"  - agreement: other-{at}-{company}\n    when: {{date: {at}}}\n    then: [{{company: {company}, {command}}}]\n";
}
