namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class FinnCyclingIndexTests
{
    public static TheoryData<string, double> Published()
    {
        var data = new TheoryData<string, double>();
        foreach (var row in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "finn-expected.csv")).Skip(1).Select(l => l.Split(',')))
        {
            data.Add(row[0], double.Parse(row[5]));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_networks_have_their_published_index(string file, double expected) =>
        FlowBook.Answer(FlowBook.OfFile(file)).FinnCyclingIndex!.Value.ShouldBe(expected, 1e-11);

    [Fact]
    public void The_ring_with_a_detour_has_its_known_index() =>
        FlowBook.Answer(FlowBook.Ring).FinnCyclingIndex!.Value.ShouldBe(0.11443448773920317, 1e-15);

    [Fact]
    public void The_worked_example_is_a_third()
    {
        var answer = FlowBook.Answer("""
            outside -> a 10 revenue
            a -> b 10 purchase
            b -> a 5 purchase
            b -> outside 5 opex
            """);

        answer.FinnCyclingIndex!.Value.ShouldBe(1 / 3.0, 1e-15);
        answer.Finn.Companies.Select(c => (c.Company.Value, c.Throughflow)).ShouldBe([("a", 15m), ("b", 10m)]);
    }

    [Fact]
    public void A_closed_circle_counts_whole_and_is_named()
    {
        var answer = FlowBook.Answer("""
            b -> a 0.1 purchase
            a -> b 0.1 purchase
            c -> d 0.2 purchase
            """);

        answer.FinnCyclingIndex!.Value.ShouldBe(0.2 / 0.6, 1e-15);
        answer.Closed.Select(c => c.ToString()).ShouldBe(["[a, b]"]);
    }

    [Theory]
    [InlineData("outside -> a 0.0000000001 revenue")] // enters
    [InlineData("b -> c 0.0000000001 purchase")] // leaves
    public void A_circle_that_leaks_ever_so_little_is_not_closed_and_counts_nearly_whole(string leak)
    {
        var answer = FlowBook.Answer($"""
            a -> b 1000000000000000 purchase
            b -> a 1000000000000000 purchase
            {leak}
            """);

        answer.Closed.ShouldBeEmpty();
        answer.FinnCyclingIndex!.Value.ShouldBe(1, 1e-12);
    }

    /// <summary>A pair that keeps nearly all it gets makes I - G singular to doubles; a third company on the way must not be taken for another.</summary>
    [Fact]
    public void Beside_a_nearly_closed_pair_the_others_keep_their_own_share()
    {
        var answer = FlowBook.Answer("""
            outside -> a 100 revenue
            a -> outside 99.9999999999 opex
            a -> b 0.0000000001 purchase
            b -> c 1000000000000000 purchase
            c -> b 1000000000000000 purchase
            c -> a 0.0000000001 purchase
            """);

        var shares = answer.Finn.Companies.ToDictionary(c => c.Company.Value, c => c.CycledShare);
        shares["a"].ShouldBeInRange(0, 1e-11);
        shares["b"].ShouldBe(1, 1e-12);
        shares["c"].ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Off_every_cycle_nothing_cycles_and_without_flow_there_is_no_index()
    {
        FlowBook.Answer("a -> b 1 purchase\nb -> c 1 purchase").FinnCyclingIndex.ShouldBe(0);
        FlowBook.Answer("").FinnCyclingIndex.ShouldBeNull();
    }
}
