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
            """).Of("a").RoundTrip;

        trip.Direct.ShouldBe(5 / 30.0);
        trip.Any.ShouldBe(25 / 30.0);
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
    public void Other_payments_than_purchases_carry_nothing_back() =>
        FlowBook.Answer("""
            a -> b 10 investment
            b -> c 10 transfer
            c -> a 10 purchase
            """).Of("a").RoundTrip.Any.ShouldBe(0);

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
