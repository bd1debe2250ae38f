using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public class BottleneckCyclesTests
{
    [Fact]
    public void Ranked_by_bottleneck_then_length_then_nodes()
    {
        var graph = RandomGraphs.Graph(
            6, (0, 1, 10m), (1, 2, 8m), (2, 0, 9m), (1, 0, 5m), (3, 4, 5m), (4, 3, 7m), (2, 1, 5m), (4, 5, 5m), (5, 3, 5m));

        Found(graph, cyclesMax: 10).ShouldBe(["8: 0 1 2", "5: 0 1", "5: 1 2", "5: 3 4", "5: 3 4 5"]);
    }

    [Fact]
    public void No_more_are_given_than_asked_for()
    {
        var graph = RandomGraphs.Graph(3, (0, 1, 3m), (1, 0, 3m), (1, 2, 2m), (2, 1, 2m));

        Found(graph, cyclesMax: 1).ShouldBe(["3: 0 1"]);
        Found(graph, cyclesMax: 0).ShouldBeEmpty();
    }

    [Fact]
    public void Longer_cycles_than_asked_for_are_left_out()
    {
        var ring = RandomGraphs.Graph(6, Enumerable.Range(0, 6).Select(node => new Arc<decimal>(node, (node + 1) % 6, 1m)));

        Found(ring, cyclesMax: 10).ShouldBeEmpty();
        Found(ring, cyclesMax: 10, lengthMax: 6).ShouldBe(["1: 0 1 2 3 4 5"]);
    }

    [Fact]
    public void An_arc_to_itself_is_a_cycle_of_one_node()
    {
        var graph = RandomGraphs.Graph(2, (1, 1, 3m), (0, 1, 4m), (1, 0, 4m));

        Found(graph, cyclesMax: 10, lengthMax: 1).ShouldBe(["3: 1"]);
        Found(graph, cyclesMax: 10).ShouldBe(["4: 0 1", "3: 1"]);
    }

    [Fact]
    public void Small_ones_equal_the_first_of_all_cycles() =>
        Gen.Select(RandomGraphs.Small(nodesMax: 7, arcsMax: 30, weightMax: 6), Gen.Int[1, 12], Gen.Int[1, 7]).Sample(
            (drawn, cyclesMax, lengthMax) =>
            {
                var graph = RandomGraphs.Graph(
                    drawn.NodeCount, drawn.ToArcs().Select(arc => new Arc<decimal>(arc.From, arc.To, (decimal)arc.Weight / 10)));
                Found(graph, cyclesMax, lengthMax).ShouldBe(FirstOfAll(graph, cyclesMax, lengthMax));
            },
            print: drawn => $"{RandomGraphs.Text(drawn.Item1)}; {drawn.Item2} cycles of {drawn.Item3}");

    // 60 nodes have 136 million cycles of five, and 2.9 million of four.
    [Fact]
    public void A_complete_graph_of_equal_weights_is_not_listed()
    {
        var ranking = BottleneckCycles.Find(Complete(60, (_, _) => 1m), cyclesMax: 10);

        ranking.Cycles.Select(Text).ShouldBe(Enumerable.Range(1, 10).Select(node => $"1: 0 {node}"));
        ranking.Steps.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void A_complete_graph_of_different_weights_is_not_listed()
    {
        var random = new Random(3);
        var ranking = BottleneckCycles.Find(Complete(60, (_, _) => random.Next(1, 1_000_000)), cyclesMax: 10);

        ranking.Cycles.Length.ShouldBe(10);
        ranking.Steps.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void One_light_arc_that_closes_very_many_paths_is_not_searched_to_the_end()
    {
        // All arcs lead upwards but one, from the last to the first node: 30,856 paths of three arcs, all with the bottleneck of that one.
        var graph = Complete(60, (from, to) => from < to ? 10 + from : from == 59 && to == 0 ? 1 : 0);

        var ranking = BottleneckCycles.Find(graph, cyclesMax: 3);

        ranking.Cycles.Select(Text).ShouldBe(["1: 0 59", "1: 0 1 59", "1: 0 2 59"]);
        ranking.Steps.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void A_large_network_without_short_cycles_costs_little()
    {
        // Layers of a hundred, each paying the next, and the last the first: cycles have a hundred nodes.
        var random = new Random(4);
        var graph = RandomGraphs.Graph(
            10_000,
            from node in Enumerable.Range(0, 10_000)
            from _ in Enumerable.Range(0, 10)
            select new Arc<decimal>(node, ((node / 100 + 1) * 100 + random.Next(100)) % 10_000, random.Next(1, 1_000_000)));

        var ranking = BottleneckCycles.Find(graph, cyclesMax: 10);

        ranking.Cycles.ShouldBeEmpty();
        ranking.Steps.ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void The_length_has_bounds()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => BottleneckCycles.Find(RandomGraphs.Graph<decimal>(1), 1, lengthMax: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => BottleneckCycles.Find(RandomGraphs.Graph<decimal>(1), 1, lengthMax: 64));
    }

    private static SparseGraph<decimal> Complete(int nodes, Func<int, int, decimal> weight) =>
        RandomGraphs.Graph(
            nodes,
            from i in Enumerable.Range(0, nodes)
            from j in Enumerable.Range(0, nodes)
            where i != j
            select new Arc<decimal>(i, j, weight(i, j)));

    private static string[] Found(SparseGraph<decimal> graph, int cyclesMax, int lengthMax = 5) =>
        [.. BottleneckCycles.Find(graph, cyclesMax, lengthMax).Cycles.Select(Text)];

    private static string Text(BottleneckCycle cycle) => $"{cycle.Bottleneck}: {string.Join(' ', cycle.Nodes)}";

    private static string[] FirstOfAll(SparseGraph<decimal> graph, int cyclesMax, int lengthMax)
    {
        var all = new List<(decimal Bottleneck, int[] Nodes)>();
        for (var root = 0; root < graph.NodeCount; root++)
            Extend([root], decimal.MaxValue);
        // Single digits: their order as text is their order.
        return [.. all
            .OrderByDescending(cycle => cycle.Bottleneck)
            .ThenBy(cycle => cycle.Nodes.Length)
            .ThenBy(cycle => string.Concat(cycle.Nodes), StringComparer.Ordinal)
            .Take(cyclesMax)
            .Select(cycle => $"{cycle.Bottleneck}: {string.Join(' ', cycle.Nodes)}")];

        void Extend(int[] path, decimal bottleneck)
        {
            foreach (var (_, to, weight) in graph.ToArcs().Where(arc => arc.From == path[^1]))
            {
                if (to == path[0])
                    all.Add((Math.Min(bottleneck, weight), path));
                else if (to > path[0] && path.Length < lengthMax && !path.Contains(to))
                    Extend([.. path, to], Math.Min(bottleneck, weight));
            }
        }
    }
}
