using ActorFinance.Analysis.Circularity;
using ActorFinance.Model;

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

    [Theory]
    [InlineData(TraceMethod.Fifo, 10 / 48.0)]
    [InlineData(TraceMethod.Lifo, 20 / 48.0)]
    public void The_method_that_is_asked_for_stands_beside_pro_rata(TraceMethod method, double share) =>
        FlowBook.Answer("outside -> b 10 opening\na -> b 30 investment\nb -> a 20 purchase\noutside -> c 28 opening\nc -> a 28 purchase", FlowOptions.Default with { Trace = method }).Of("a").Financed.Traced
            .ShouldBe([new(TraceMethod.Haircut, 15 / 48.0), new(method, share)]);

    /// <summary>Opening cash first, then tranche after tranche spent at once: the first 40 of 100 that come out are those that were there.</summary>
    [Fact]
    public void Of_the_seed_40_of_100_are_own_money_by_fifo_and_none_by_lifo()
    {
        var tranches = string.Join('\n', Enumerable.Range(1, 10).Select(_ => "nvidia -> openai 10 investment\nopenai -> nvidia 10 purchase"));
        FlowBook.Answer($"outside -> openai 40 opening\n{tranches}", FlowOptions.Default with { Company = Value.Parse<CompanyId>("nvidia") }).Of("nvidia").Financed.Traced.Skip(1)
            .ShouldBe([new(TraceMethod.Fifo, 0.6), new(TraceMethod.Lifo, 1)]);
    }

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
