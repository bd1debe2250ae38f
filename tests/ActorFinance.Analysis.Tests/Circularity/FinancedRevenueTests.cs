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
}
