using ActorFinance.Analysis.Circularity;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Circularity;

/// <summary>The three companies that each page of docs/measures works out.</summary>
public sealed class MeasurePagesTests
{
    // traced-return.md
    private const string Trail = """
        outside -> b 10 opening
        outside -> c 4 opening
        a -> b 30 investment
        b -> c 20 purchase
        c -> a 8 purchase
        c -> outside 6 opex
        """;

    [Theory]
    [InlineData(TraceMethod.Haircut, 5, 3.75, 21.25)]
    [InlineData(TraceMethod.Fifo, 0, 0, 30)]
    [InlineData(TraceMethod.Lifo, 8, 6, 16)]
    public void Traced_return(TraceMethod method, double returned, double spentOutside, double held)
    {
        var traced = FlowBook.Answer(Trail, FlowOptions.Default with { Trace = method }).Of("a").Traced;

        ((double)traced.Invested, (double)traced.Returned, (double)traced.SpentOutside, (double)traced.Held).ShouldBe((30, returned, spentOutside, held));
        traced.Ratio!.Value.ShouldBe(returned / 30, 1e-15);
    }

    [Fact]
    public void Round_trip_and_its_reverse_side()
    {
        var answer = FlowBook.Answer("a -> b 30 investment\nb -> c 20 purchase\nb -> a 5 purchase\nc -> a 25 purchase", FlowOptions.Default with { Hops = 2 });

        answer.Of("a").RoundTrip.Direct.ShouldBe(5 / 30.0);
        answer.Of("a").RoundTrip.WithinHops.ShouldBe([5 / 30.0, 25 / 30.0]);
        answer.Of("a").RoundTrip.Any.ShouldBe(25 / 30.0);
        answer.Of("b").SpentBack.Ratio.ShouldBe(5 / 30.0);
    }

    [Fact]
    public void Finn_cycling_index()
    {
        var answer = FlowBook.Answer("""
            outside -> a 10 revenue
            a -> b 12 purchase
            b -> c 6 purchase
            b -> outside 6 opex
            c -> a 2 purchase
            c -> outside 4 opex
            """);

        answer.FinnCyclingIndex!.Value.ShouldBe(1 / 6.0, 1e-15);
        answer.Finn.Companies.Select(c => (c.Company.Value, c.Throughflow)).ShouldBe([("a", 12m), ("b", 12m), ("c", 6m)]);
        answer.Finn.Companies.ShouldAllBe(c => Math.Abs(c.CycledShare - (1 / 6.0)) < 1e-15);
    }

    [Fact]
    public void Circulation_share()
    {
        var answer = FlowBook.Answer("a -> b 5 purchase\nb -> c 3 purchase\nc -> a 4 purchase");

        answer.CirculationShare.ShouldBe(9 / 12.0);
        answer.NettingShare.ShouldBe(5 / 6.0);
    }

    [Fact]
    public void Financed_revenue()
    {
        const string Book = "outside -> b 10 opening\na -> b 30 investment\nb -> a 20 purchase\nc -> a 28 purchase";
        var a = FlowBook.Answer(Book).Of("a");

        a.FinancedRevenueShare.ShouldBe(20 / 48.0);
        a.FinancedRevenueShareProRata!.Value.ShouldBe(15 / 48.0, 1e-15);
        FlowBook.Answer(Book, FlowOptions.Default with { Company = Value.Parse<CompanyId>("a") }).Of("a").Financed.Traced
            .ShouldBe([new(TraceMethod.Haircut, 15 / 48.0), new(TraceMethod.Fifo, 10 / 48.0), new(TraceMethod.Lifo, 20 / 48.0)]);
    }

    [Fact]
    public void Named_cycles() =>
        FlowBook.Answer("nvidia -> openai 30 investment\nopenai -> oracle 35 purchase\noracle -> nvidia 25 purchase\nopenai -> nvidia 5 purchase").Cycles
            .Select(cycle => $"{string.Join(' ', cycle.Companies)}: {cycle.Bottleneck}")
            .ShouldBe(["nvidia openai oracle: 25", "nvidia openai: 5"]);
}
