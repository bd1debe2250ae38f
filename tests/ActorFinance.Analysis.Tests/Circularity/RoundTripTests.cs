using ActorFinance.Analysis.Circularity;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class RoundTripTests
{
    [Fact]
    public void The_ring_with_a_detour_comes_back_in_full_but_directly_only_in_part()
    {
        var nvidia = FlowBook.Answer(FlowBook.Ring).Of("nvidia");

        nvidia.Invested.ShouldBe(32);
        nvidia.RoundTrip.Direct.ShouldBe(0.21875);
        nvidia.RoundTrip.Any.ShouldBe(1);
        nvidia.RoundTrip.Pairs.Select(p => (p.Company.Value, p.Invested, p.Purchased, p.Ratio)).ShouldBe(
            [("coreweave", 2m, 3m, 1.0), ("openai", 30m, 5m, 5 / 30.0)]);
        nvidia.RoundTrip.AnyEvents.Select(e => e.Offset.Value).ShouldBe([4, 5, 6, 7, 8, 9]);
    }

    [Fact]
    public void The_worked_example_comes_back_by_any_path_up_to_what_is_bought()
    {
        var trip = FlowBook.Answer("""
            a -> b 30 investment
            b -> c 20 purchase
            c -> a 25 purchase
            b -> a 5 purchase
            """, FlowOptions.Default with { Hops = 3 }).Of("a").RoundTrip;

        trip.Direct.ShouldBe(5 / 30.0);
        trip.WithinHops.ShouldBe([5 / 30.0, 25 / 30.0, 25 / 30.0]);
        trip.Any.ShouldBe(25 / 30.0);
        trip.AnyViaAll.ShouldBe(25 / 30.0);
    }

    [Fact]
    public void Money_that_has_come_back_does_not_go_out_again() =>
        FlowBook.Answer("""
            a -> b 10 investment
            b -> a 10 purchase
            a -> c 50 purchase
            c -> a 50 purchase
            """).Of("a").RoundTrip.Any.ShouldBe(1);

    [Fact]
    public void Other_payments_than_purchases_carry_money_on_only_via_all()
    {
        var trip = FlowBook.Answer("""
            a -> b 10 investment
            b -> c 7 transfer
            c -> a 10 purchase
            """, FlowOptions.Default with { Hops = 2, HopsVia = Via.All }).Of("a").RoundTrip;

        (trip.Any, trip.AnyViaAll).ShouldBe((0, 0.7));
        trip.WithinHops.ShouldBe([0, 0.7]);
        trip.AnyEvents.Select(e => e.Offset.Value).ShouldBe([1]);
        trip.AnyViaAllEvents.Select(e => e.Offset.Value).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void The_last_step_is_a_purchase_also_via_all() =>
        FlowBook.Answer("a -> b 10 investment\nb -> a 10 transfer").Of("a").RoundTrip.AnyViaAll.ShouldBe(0);

    /// <summary>The whole comes back by three payments, but the second step of one way is the first of the other.</summary>
    [Fact]
    public void A_payment_that_two_ways_share_carries_its_amount_once()
    {
        var trip = FlowBook.Answer("""
            a -> b 10 investment
            a -> c 10 investment
            b -> c 10 purchase
            c -> d 12 purchase
            d -> a 20 purchase
            """, FlowOptions.Default with { Hops = 3 }).Of("a").RoundTrip;

        trip.WithinHops.ShouldBe([0, 0.5, 0.6]);
    }

    [Fact]
    public void Who_invested_nothing_has_no_ratio_but_stands_in_the_table()
    {
        var oracle = FlowBook.Answer(FlowBook.Ring).Of("oracle");

        oracle.Invested.ShouldBe(0);
        oracle.RoundTrip.Direct.ShouldBeNull();
        oracle.RoundTrip.Any.ShouldBeNull();
        oracle.RoundTrip.Pairs.ShouldBeEmpty();
    }

    [Fact]
    public void The_reverse_side_says_how_much_of_what_it_received_it_spent_at_the_investor()
    {
        var openai = FlowBook.Answer(FlowBook.Ring).Of("openai").SpentBack;

        openai.Received.ShouldBe(30);
        openai.Ratio.ShouldBe(5 / 30.0);
        openai.Pairs.Select(p => (p.Company.Value, p.Received, p.Spent)).ShouldBe([("nvidia", 30m, 5m)]);
    }

    [Fact]
    public void Behind_a_pair_stand_its_investments_and_purchases() =>
        FlowBook.Answer(FlowBook.Ring).Of("nvidia").RoundTrip.Pairs[1].Events.Select(e => e.Offset.Value).ShouldBe([4, 7]);
}
