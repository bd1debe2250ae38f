using ActorFinance.Analysis.Circularity;

namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class FinancedRevenueTests
{
    [Fact]
    public void The_ring_financed_seven_of_thirty_three()
    {
        var nvidia = FlowBook.Answer(FlowBook.Ring + "\noutside -> nvidia 100 revenue").Of("nvidia");

        nvidia.FinancedRevenueShare!.Value.ShouldBe(7 / 33.0);
        nvidia.OutsideRevenue.ShouldBe(100);
        nvidia.RevenueWithoutFinanced.ShouldBe(126);
        (nvidia.Financed.Sales, nvidia.Financed.Financed).ShouldBe((33m, 7m));
    }

    [Fact]
    public void Loans_fund_only_when_asked()
    {
        const string Lines = "a -> b 10 loan\nb -> a 4 purchase\nc -> a 4 purchase";

        FlowBook.Answer(Lines).Of("a").FinancedRevenueShare.ShouldBe(0);
        FlowBook.Answer(Lines, FlowOptions.Default with { LoansFund = true }).Of("a").FinancedRevenueShare.ShouldBe(0.5);
    }

    [Fact]
    public void Without_sales_to_companies_there_is_no_share()
    {
        var b = FlowBook.Answer("a -> b 10 investment\noutside -> b 3 revenue").Of("b");

        b.FinancedRevenueShare.ShouldBeNull();
        b.OutsideRevenue.ShouldBe(3);
    }

    [Fact]
    public void Pro_rata_counts_what_was_in_the_buyers_cash()
    {
        var a = FlowBook.Answer("""
            outside -> b 10 opening
            a -> b 30 investment
            b -> a 20 purchase
            outside -> c 28 opening
            c -> a 28 purchase
            """).Of("a");

        a.FinancedRevenueShare.ShouldBe(20 / 48.0);
        a.FinancedRevenueShareProRata!.Value.ShouldBe(15 / 48.0, 1e-15);
    }

    [Fact]
    public void A_refund_takes_the_same_part_off_every_purchase_of_its_pair() =>
        FlowBook.Answer("a -> b 30 investment\nb -> a 20 purchase\na -> b 5 refund\nc -> a 15 purchase").Of("a")
            .FinancedRevenueShareProRata!.Value.ShouldBe(0.5, 1e-15);

    [Fact]
    public void Money_that_came_by_way_of_others_counts_pro_rata_only()
    {
        var a = FlowBook.Answer("a -> b 10 investment\nb -> c 10 transfer\nc -> a 8 purchase").Of("a");

        (a.FinancedRevenueShare, a.FinancedRevenueShareProRata).ShouldBe((0, 1));
    }

    [Fact]
    public void Loans_fund_pro_rata_too_when_asked_but_are_never_traced_as_invested()
    {
        var a = FlowBook.Answer("a -> b 10 loan\nb -> a 4 purchase\nc -> a 4 purchase", FlowOptions.Default with { LoansFund = true }).Of("a");

        a.FinancedRevenueShareProRata!.Value.ShouldBe(0.5, 1e-15);
        (a.Traced.Invested, a.Traced.Ratio).ShouldBe((0m, null));
    }
}
