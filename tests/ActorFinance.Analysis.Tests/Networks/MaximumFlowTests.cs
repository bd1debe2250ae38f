using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public class MaximumFlowTests
{
    [Fact]
    public void Worked_example()
    {
        var flow = MaximumFlow.Between(RandomGraphs.Graph<Int128>(3, (0, 1, 3), (1, 2, 2), (0, 2, 1)), source: 0, sink: 2);

        flow.Value.ShouldBe(3);
        flow.ArcFlows.ShouldBe([2, 1, 2]);
        flow.SinkSide.ShouldBe([false, false, true]);
    }

    [Fact]
    public void The_network_of_Cormen_Leiserson_Rivest_and_Stein_bears_23()
    {
        var graph = RandomGraphs.Graph<Int128>(
            6, (0, 1, 16), (0, 2, 13), (2, 1, 4), (1, 3, 12), (3, 2, 9), (2, 4, 14), (4, 3, 7), (3, 5, 20), (4, 5, 4));

        MaximumFlow.Between(graph, 0, 5).Value.ShouldBe(23);
    }

    [Fact]
    public void Amounts_beyond_64_bits_stay_exact()
    {
        var large = (Int128)long.MaxValue * 1_000_000_007;
        var graph = RandomGraphs.Graph(3, (0, 1, large), (1, 2, large - 1), (0, 2, (Int128)1), (2, 0, Int128.MaxValue));

        MaximumFlow.Between(graph, 0, 2).Value.ShouldBe(large);
    }

    [Fact]
    public void Nothing_flows_where_no_path_leads() =>
        MaximumFlow.Between(RandomGraphs.Graph<Int128>(3, (1, 0, 3), (2, 1, 2)), 0, 2).Value.ShouldBe(0);

    [Fact]
    public void Source_and_sink_must_differ() =>
        Should.Throw<ArgumentOutOfRangeException>(() => MaximumFlow.Between(RandomGraphs.Graph<Int128>(2, (0, 1, 3)), 0, 0));

    [Fact]
    public void A_capacity_below_zero_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => MaximumFlow.Between(RandomGraphs.Graph<Int128>(2, (0, 1, -3)), 0, 1));

    [Fact]
    public void The_flow_is_conserved_and_as_large_as_the_smallest_of_all_cuts() =>
        RandomGraphs.Small(nodesMax: 8, arcsMax: 30, weightMax: 20).Where(graph => graph.NodeCount >= 2).Sample(
            graph =>
            {
                var flow = MaximumFlow.Between(graph, 0, graph.NodeCount - 1);
                flow.Value.ShouldBe(SmallestCut(graph));
                ShouldBeFeasible(graph, flow);
            },
            print: RandomGraphs.Text);

    [Fact]
    public void Scaling_every_amount_scales_the_value_also_beyond_64_bits() =>
        RandomGraphs.Small(nodesMax: 8, arcsMax: 30, weightMax: 20).Where(graph => graph.NodeCount >= 2).Sample(
            graph =>
            {
                var scale = (Int128)long.MaxValue * 10;
                var wide = RandomGraphs.Graph(graph.NodeCount, graph.ToArcs().Select(arc => arc with { Weight = arc.Weight * scale }));
                MaximumFlow.Between(wide, 0, graph.NodeCount - 1).Value
                    .ShouldBe(MaximumFlow.Between(graph, 0, graph.NodeCount - 1).Value * scale);
            },
            print: RandomGraphs.Text);

    [Fact]
    public void Ten_thousand_nodes_and_a_hundred_thousand_arcs()
    {
        var graph = RandomGraphs.Big(nodes: 10_000, arcs: 100_000, seed: 1);

        ShouldBeFeasible(graph, MaximumFlow.Between(graph, 0, 1));
    }

    /// <summary>Within bounds, conserved, and equal to the cut that comes with it, which proves that no flow is larger.</summary>
    private static void ShouldBeFeasible(SparseGraph<Int128> graph, MaximumFlow flow)
    {
        var source = flow.SinkSide.IndexOf(false);
        var net = new Int128[graph.NodeCount];
        var cut = Int128.Zero;
        foreach (var (i, (from, to, capacity)) in graph.ToArcs().Index())
        {
            flow.ArcFlows[i].ShouldBeInRange(0, capacity);
            net[from] += flow.ArcFlows[i];
            net[to] -= flow.ArcFlows[i];
            if (!flow.SinkSide[from] && flow.SinkSide[to])
                cut += capacity;
        }

        source.ShouldBe(0);
        cut.ShouldBe(flow.Value);
        net[0].ShouldBe(flow.Value);
        net.Count(amount => amount != 0).ShouldBe(flow.Value == 0 ? 0 : 2);
    }

    private static Int128 SmallestCut(SparseGraph<Int128> graph)
    {
        var sink = graph.NodeCount - 1;
        var smallest = Int128.MaxValue;
        for (var side = 0; side < 1 << graph.NodeCount; side++)
        {
            if ((side & 1) != 0 || (side >> sink & 1) == 0)
                continue;
            var cut = Int128.Zero;
            foreach (var (from, to, capacity) in graph.ToArcs())
            {
                if ((side >> from & 1) == 0 && (side >> to & 1) != 0)
                    cut += capacity;
            }

            smallest = Int128.Min(smallest, cut);
        }

        return smallest;
    }
}
