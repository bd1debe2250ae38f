using ActorFinance.Analysis.Circularity;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class TracedReturnTests
{
    [Fact]
    public void The_worked_example_brings_a_half_back_and_a_half_is_held()
    {
        var traced = Traced("""
            outside -> b 10 opening
            a -> b 30 investment
            b -> a 20 purchase
            """);

        (traced.Invested, traced.Returned, traced.Held, traced.Ratio).ShouldBe((30m, 15m, 15m, 0.5));
        traced.Investments.Select(e => e.Offset.Value).ShouldBe([2]);
        traced.Purchases.Select(p => (p.Event.Offset.Value, p.Amount.ToString())).ShouldBe([(3, "15 USD")]);
    }

    [Theory]
    [InlineData(TraceMethod.Fifo, 10, 1 / 3.0)]
    [InlineData(TraceMethod.Lifo, 20, 2 / 3.0)]
    public void The_worked_example_by_the_other_methods(TraceMethod method, int returned, double ratio)
    {
        var traced = Traced("outside -> b 10 opening\na -> b 30 investment\nb -> a 20 purchase", method);

        traced.Returned.ShouldBe(returned);
        traced.Ratio!.Value.ShouldBe(ratio, 1e-15);
    }

    [Fact]
    public void The_ring_with_a_detour_has_its_known_trail()
    {
        var traced = FlowBook.Answer(FlowBook.Ring).Of("nvidia").Traced;

        traced.Ratio!.Value.ShouldBe(0.389880952380952, 1e-12);
        ((double)traced.Held).ShouldBe(14.380952380952381, 1e-9);
        ShouldAddUp(traced);
    }

    [Theory]
    [InlineData(TraceMethod.Fifo, 0)] // b's own 40 go first
    [InlineData(TraceMethod.Lifo, 20)]
    [InlineData(TraceMethod.Haircut, 8.5714285714)]
    public void First_and_last_money_out_bound_the_haircut(TraceMethod method, double returned) =>
        Traced(
            """
            outside -> b 40 opening
            a -> b 30 investment
            b -> a 20 purchase
            """,
            method).Returned.ShouldBe((decimal)returned);

    [Fact]
    public void First_in_first_out_keeps_the_order_of_what_came_later()
    {
        const string Lines = """
            outside -> b 10 opening
            a -> b 30 investment
            outside -> b 50 revenue
            b -> c 15 transfer
            b -> a 30 purchase
            c -> a 12 purchase
            """;

        // c gets 10 of b's own and 5 of a's, then a gets 25 of its own and 5 of the revenue; c pays its 10 first.
        var fifo = Traced(Lines, TraceMethod.Fifo);
        (fifo.Returned, fifo.Held).ShouldBe((27m, 3m));

        // b pays out of the 50, which are enough for both.
        var lifo = Traced(Lines, TraceMethod.Lifo);
        (lifo.Returned, lifo.Held).ShouldBe((0m, 30m));
    }

    [Fact]
    public void Whoever_overdraws_pays_with_everything_and_what_fills_a_hole_is_absorbed()
    {
        foreach (var method in Enum.GetValues<TraceMethod>())
        {
            // b spends 30 of a's and 10 that it does not have; c's hole of 25 takes b's 10 first and 15 of a's.
            var traced = Traced(
                """
                c -> outside 25 opex
                a -> b 30 investment
                b -> c 40 transfer
                c -> a 10 purchase
                """,
                method);

            (traced.Absorbed, traced.Returned, traced.Held).ShouldBe((15m, 10m, 5m), method.ToString());
            ShouldAddUp(traced);
        }
    }

    [Fact]
    public void An_investment_into_a_hole_is_absorbed_too() =>
        Traced("b -> outside 20 opex\na -> b 30 investment").Absorbed.ShouldBe(20);

    [Fact]
    public void What_comes_back_otherwise_than_by_purchases_stands_apart_and_what_leaves_is_spent()
    {
        var traced = Traced("""
            a -> b 30 investment
            b -> a 6 transfer
            b -> outside 9 opex
            b -> a 5 purchase
            """);

        (traced.ReturnedOtherwise, traced.SpentOutside, traced.Returned, traced.Held).ShouldBe((6m, 9m, 5m, 10m));
    }

    [Fact]
    public void A_part_that_does_not_come_out_even_is_rounded_half_even_to_ten_decimals()
    {
        Traced("outside -> b 2 opening\na -> b 1 investment\nb -> a 1 purchase").Returned.ShouldBe(0.3333333333m);

        // 3 of 4 units of 1e-10 are a's: of two that are paid 1.5, which becomes 2; of a further two, of which one is a's, 1.
        var fine = Traced("outside -> b 0.0000000001 opening\na -> b 0.0000000003 investment\nb -> a 0.0000000002 purchase");
        (fine.Returned, fine.Held).ShouldBe((0.0000000002m, 0.0000000001m));

        // 1 of 4: of two that are paid 0.5, which becomes 0.
        var even = Traced("outside -> b 0.0000000003 opening\na -> b 0.0000000001 investment\nb -> a 0.0000000002 purchase");
        (even.Returned, even.Held).ShouldBe((0m, 0.0000000001m));
    }

    [Fact]
    public void Money_that_has_come_back_is_followed_no_further_but_a_new_investment_is()
    {
        var traced = Traced("a -> b 10 investment\nb -> a 10 purchase\na -> c 10 transfer\nc -> a 10 purchase\na -> b 4 investment");

        (traced.Invested, traced.Returned, traced.Held).ShouldBe((14m, 10m, 4m));
    }

    [Fact]
    public void Cash_from_before_the_window_is_there_and_only_what_was_invested_in_it_is_tagged()
    {
        var events = FlowBook.Of("""
            2025-05-01 outside -> b 10 opening
            2025-06-01 a -> b 10 investment
            2026-02-01 a -> b 20 investment
            2026-03-01 b -> a 20 purchase
            2026-05-01 b -> a 20 purchase
            """);
        var window = new FlowWindow(Instant.Of(2026, 1, 1), Instant.Of(2026, 4, 1));
        var traced = FlowBook.Outcome(events, window: window).Value!.Of("a").Traced;

        // 20 of b's 40 are tagged.
        (traced.Invested, traced.Returned, traced.Held, traced.Ratio).ShouldBe((20m, 10m, 10m, 0.5));
    }

    [Fact]
    public void Pools_of_two_currencies_are_apart_and_each_investment_keeps_its_own_rate()
    {
        var events = new BookBuilder();
        void Rate(string day, decimal rate) =>
            events.Add(CompanyId.Market, BookBuilder.At(day), new FxRateRecorded(Value.Parse<Currency>("EUR"), Value.Parse<Currency>("USD"), Quantity.Of(rate)));
        void Pay(string from, string to, string day, string amount, bool invests) => events.Add(
            from,
            day,
            invests
                ? new InvestmentMade(BookBuilder.Company(to), BookBuilder.Money(amount), Instrument.NotStated, null, null, null, null, null, false)
                : new PurchasePaid(BookBuilder.Company(to), BookBuilder.Money(amount), null, null, null, null, false));
        Rate("2026-01-01", 1.5m);
        Pay("a", "b", "2026-01-02", "10 EUR", true);
        Rate("2026-02-01", 2);
        Pay("a", "b", "2026-02-02", "10 EUR", true);
        Pay("b", "c", "2026-02-03", "5 USD", false);
        Pay("b", "a", "2026-02-04", "10 EUR", false);
        var outcome = FlowBook.Outcome(events.Events, FlowOptions.Default with { ReportingCurrency = Value.Parse<Currency>("USD") });
        var traced = outcome.Value!.Of("a").Traced;

        // 15 USD and 20 USD; the 10 EUR that come back are 5 of each.
        (traced.Invested, traced.Returned, traced.Held, traced.Ratio).ShouldBe((35m, 17.5m, 17.5m, 0.5));
    }

    [Fact]
    public void Who_invested_nothing_has_amounts_of_zero_and_no_ratio()
    {
        var traced = FlowBook.Answer("a -> b 10 investment").Of("b").Traced;

        (traced.Invested, traced.Held, traced.Ratio).ShouldBe((0m, 0m, null));
    }

    [Fact]
    public void What_is_given_in_kind_is_no_cash_and_is_not_followed() =>
        FlowBook.Answer("a -> b 10 in-kind-investment\nb -> a 10 purchase", FlowOptions.Default with { InKind = true }).Of("a").Traced.Invested.ShouldBe(0);

    private static TracedAnswer Traced(string lines, TraceMethod method = TraceMethod.Haircut)
    {
        var traced = FlowBook.Answer(lines, FlowOptions.Default with { Trace = method }).Of("a").Traced;
        traced.Method.ShouldBe(method);
        ShouldAddUp(traced);
        return traced;
    }

    internal static void ShouldAddUp(TracedAnswer traced) =>
        (traced.Returned + traced.ReturnedOtherwise + traced.SpentOutside + traced.Absorbed + traced.Held).ShouldBe(traced.Invested);
}
