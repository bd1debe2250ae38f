using ActorFinance.Analysis.Networks;

namespace ActorFinance.Analysis.Tests.Networks;

public class SparseGraphTests
{
    [Fact]
    public void Parallel_arcs_become_one_and_arcs_are_in_order()
    {
        var graph = RandomGraphs.Graph(4, (2, 1, 5m), (0, 3, 1m), (0, 1, 2m), (0, 3, 3m));

        graph.ToArcs().ShouldBe([new Arc<decimal>(0, 1, 2m), new Arc<decimal>(0, 3, 4m), new Arc<decimal>(2, 1, 5m)]);
        graph.FirstArcs.ToArray().ShouldBe([0, 2, 2, 3, 3]);
    }

    [Fact]
    public void Arcs_that_sum_to_zero_are_no_arc() =>
        RandomGraphs.Graph(2, (0, 1, 2), (1, 0, 1), (0, 1, -2)).ToArcs().ShouldBe([new Arc<int>(1, 0, 1)]);

    [Fact]
    public void An_arc_is_found_by_its_ends()
    {
        var graph = RandomGraphs.Graph(3, (0, 2, 1), (0, 0, 1), (2, 1, 1));

        graph.ArcBetween(0, 2).ShouldBe(1);
        graph.ArcBetween(2, 1).ShouldBe(2);
        graph.ArcBetween(0, 1).ShouldBe(-1);
        graph.ArcBetween(1, 0).ShouldBe(-1);
    }

    [Fact]
    public void Reversed_turns_every_arc() =>
        RandomGraphs.Graph(3, (0, 2, 1), (0, 1, 2), (2, 1, 3)).Reversed().ToArcs()
            .ShouldBe([new Arc<int>(1, 0, 2), new Arc<int>(1, 2, 3), new Arc<int>(2, 0, 1)]);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 2)]
    public void An_arc_outside_the_nodes_is_refused(int from, int to) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RandomGraphs.Graph(2, (from, to, 1)));

    [Fact]
    public void No_nodes_make_a_graph() => RandomGraphs.Graph<int>(0).NodeCount.ShouldBe(0);
}
