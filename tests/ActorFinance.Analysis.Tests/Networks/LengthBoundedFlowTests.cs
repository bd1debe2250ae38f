using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public sealed class LengthBoundedFlowTests
{
    [Fact]
    public void Worked_example()
    {
        var graph = RandomGraphs.Graph<Int128>(4, (0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 2, 1));

        LengthBoundedFlow.Between(graph, 0, 3, arcsMax: 1).Exact.ShouldBe(0);
        LengthBoundedFlow.Between(graph, 0, 3, arcsMax: 2).Exact.ShouldBe(1);
        LengthBoundedFlow.Between(graph, 0, 3, arcsMax: 3).Exact.ShouldBe(1);
    }

    /// <summary>An arc that serves both as the first step of one path and as the second of another is shared, not there twice.</summary>
    [Fact]
    public void Paths_of_different_layers_share_an_arc()
    {
        var graph = RandomGraphs.Graph<Int128>(5, (0, 1, 9), (0, 2, 9), (1, 2, 9), (2, 3, 5), (3, 4, 9));

        LengthBoundedFlow.Between(graph, 0, 4, arcsMax: 3).Exact.ShouldBe(5);
        LengthBoundedFlow.Between(graph, 0, 4, arcsMax: 4).Value.ShouldBe(5);
    }

    [Fact]
    public void Small_ones_equal_the_programme_over_all_paths_in_exact_fractions() =>
        Gen.Select(RandomGraphs.Small(nodesMax: 7, arcsMax: 18, weightMax: 6).Where(graph => graph.NodeCount >= 2), Gen.Int[1, 6]).Sample(
            (graph, arcsMax) =>
            {
                var flow = LengthBoundedFlow.Between(graph, 0, graph.NodeCount - 1, arcsMax);
                var best = AllPaths.Best(graph, 0, graph.NodeCount - 1, arcsMax);
                flow.Value.ShouldBe(best, 1e-10);
                flow.ErrorMax.ShouldBeLessThan(1e-10);
                if (flow.Exact is { } exact)
                {
                    ((double)exact).ShouldBe(best);
                }
            },
            iter: Effort.Samples(1_000));

    [Fact]
    public void A_longer_way_is_never_worse_and_the_longest_is_the_maximum_flow() =>
        RandomGraphs.Small(nodesMax: 12, arcsMax: 60, weightMax: 9).Where(graph => graph.NodeCount >= 2).Sample(
            graph =>
            {
                var values = Enumerable.Range(1, graph.NodeCount).Select(arcs => LengthBoundedFlow.Between(graph, 0, graph.NodeCount - 1, arcs).Value).ToArray();
                for (var i = 1; i < values.Length; i++)
                {
                    values[i].ShouldBeGreaterThanOrEqualTo(values[i - 1] - 1e-9);
                }

                values[^1].ShouldBe((double)MaximumFlow.Between(graph, 0, graph.NodeCount - 1).Value);
            },
            print: RandomGraphs.Text);

    [Fact]
    public void Large_ones_are_proved_by_their_own_bounds()
    {
        foreach (var seed in Enumerable.Range(0, 5))
        {
            var graph = RandomGraphs.Big(nodes: 300, arcs: 3_000, seed);
            for (var arcsMax = 3; arcsMax <= 6; arcsMax++)
            {
                var flow = LengthBoundedFlow.Between(graph, 0, 1, arcsMax);
                flow.ErrorMax.ShouldBeLessThanOrEqualTo(1e-12 * Math.Max(1, flow.Value));
            }
        }
    }

    /// <summary>Ten whole numbers of thirty digits beside ones of one digit.</summary>
    [Fact]
    public void Amounts_of_very_different_size_keep_the_bounds_together()
    {
        var random = new Random(7);
        var graph = RandomGraphs.Graph(40, RandomGraphs.Big(40, 300, 3).ToArcs().Select(arc => arc with { Weight = (Int128)Math.Pow(10, random.Next(0, 25)) }));
        for (var arcsMax = 4; arcsMax <= 6; arcsMax++)
        {
            var flow = LengthBoundedFlow.Between(graph, 0, 1, arcsMax);
            flow.ErrorMax.ShouldBeLessThanOrEqualTo(1e-9 * flow.Value);
        }
    }
}
