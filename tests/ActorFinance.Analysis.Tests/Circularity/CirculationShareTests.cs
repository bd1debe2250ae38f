namespace ActorFinance.Analysis.Tests.Circularity;

public sealed class CirculationShareTests
{
    [Fact]
    public void The_worked_example_goes_round_with_nine_of_twelve()
    {
        var answer = FlowBook.Answer("""
            a -> b 5 purchase
            b -> c 3 purchase
            c -> a 4 purchase
            """);

        answer.CirculationShare.ShouldBe(9 / 12.0);
        answer.NettingShare.ShouldBe(1 - (4 / 24.0));
        (answer.Circulation.Flows, answer.Circulation.Circulating).ShouldBe((12m, 9m));
        answer.Circulation.Events.Count.ShouldBe(3);
    }

    [Fact]
    public void The_ring_with_a_detour_circulates_with_89_of_100() => FlowBook.Answer(FlowBook.Ring).CirculationShare.ShouldBe(0.89);

    [Fact]
    public void A_chain_nets_what_it_passes_on_but_nothing_goes_round()
    {
        var answer = FlowBook.Answer("a -> b 10 purchase\nb -> c 10 purchase");

        answer.CirculationShare.ShouldBe(0);
        answer.NettingShare.ShouldBe(0.5);
        answer.Circulation.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Where_everyone_pays_what_it_receives_the_share_is_one_whatever_comes_from_outside()
    {
        var answer = FlowBook.Answer("a -> b 0.1 purchase\nb -> c 0.1 transfer\nc -> a 0.1 investment\noutside -> a 7 revenue");

        answer.CirculationShare.ShouldBe(1);
        answer.NettingShare.ShouldBe(1);
    }

    [Fact]
    public void Without_flows_between_companies_there_is_no_share()
    {
        FlowBook.Answer("outside -> a 7 revenue").CirculationShare.ShouldBeNull();
        FlowBook.Answer("a -> b 7 purchase\nb -> a 7 refund").NettingShare.ShouldBeNull();
    }

    [Theory]
    [InlineData("cone-springs.csv")]
    [InlineData("oyster-reef.csv")]
    [InlineData("vienna-urban-metabolism-c.csv")]
    public void Published_networks_have_the_share_that_was_worked_out_for_them(string file)
    {
        var expected = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "finn-expected.csv")).Select(l => l.Split(',')).ToList();
        var column = Array.IndexOf(expected[0], "circulation_share");
        FlowBook.Answer(FlowBook.OfFile(file)).CirculationShare!.Value.ShouldBe(double.Parse(expected.Single(row => row[0] == file)[column]), 1e-9);
    }
}
