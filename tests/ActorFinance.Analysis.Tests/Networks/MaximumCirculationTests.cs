using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public class MaximumCirculationTests
{
    [Fact]
    public void Worked_example()
    {
        var circulation = MaximumCirculation.Of(RandomGraphs.Graph<Int128>(3, (0, 1, 5), (1, 2, 3), (2, 0, 4)));

        circulation.Value.ShouldBe(9);
        circulation.ArcFlows.ShouldBe([3, 3, 3]);
    }

    [Fact]
    public void The_longer_way_round_is_preferred_since_it_moves_more()
    {
        // One unit returns 2 -> 0; 0 -> 2 directly moves 2 in all, by way of 1 it moves 3.
        var circulation = MaximumCirculation.Of(RandomGraphs.Graph<Int128>(3, (0, 2, 1), (0, 1, 1), (1, 2, 1), (2, 0, 1)));

        circulation.Value.ShouldBe(3);
        circulation.ArcFlows.ShouldBe([1, 0, 1, 1]);
    }

    [Fact]
    public void Arcs_between_components_carry_nothing_and_an_arc_to_itself_is_filled()
    {
        var circulation = MaximumCirculation.Of(RandomGraphs.Graph<Int128>(4, (0, 1, 5), (1, 0, 7), (1, 2, 9), (2, 2, 4), (2, 3, 1)));

        circulation.ArcFlows.ShouldBe([5, 5, 0, 4, 0]);
    }

    [Fact]
    public void Amounts_beyond_64_bits_stay_exact()
    {
        var large = (Int128)long.MaxValue * 1_000_000_007;

        MaximumCirculation.Of(RandomGraphs.Graph(2, (0, 1, large), (1, 0, large + 1))).Value.ShouldBe(2 * large);
    }

    [Fact]
    public void Where_every_node_is_balanced_everything_circulates()
    {
        const int Nodes = 500;
        var ring = Enumerable.Range(0, Nodes).Select(node => new Arc<Int128>(node, (node + 1) % Nodes, 7));
        var steps = Enumerable.Range(0, Nodes).Select(node => new Arc<Int128>(node, (node + 3) % Nodes, 2));

        MaximumCirculation.Of(RandomGraphs.Graph(Nodes, ring.Concat(steps))).Value.ShouldBe(Nodes * 9);
    }

    [Fact]
    public void Small_ones_equal_the_best_of_all_circulations() =>
        RandomGraphs.Small(nodesMax: 4, arcsMax: 7, weightMax: 3).Sample(
            graph => MaximumCirculation.Of(graph).Value.ShouldBe(BestOfAll(graph, new Int128[graph.NodeCount], arc: 0)),
            print: RandomGraphs.Text);

    [Fact]
    public void Larger_ones_are_circulations_that_no_cycle_can_improve() =>
        RandomGraphs.Small(nodesMax: 12, arcsMax: 60, weightMax: 50).Sample(
            graph => ShouldBeOptimal(graph, MaximumCirculation.Of(graph)), print: RandomGraphs.Text);

    /// <summary>Arcs of the other that the one has not start empty, and the amounts are others; potentials need not be those of any network at all.</summary>
    [Fact]
    public void Whatever_it_starts_from_is_no_matter() =>
        Gen.Select(RandomGraphs.Small(nodesMax: 10, arcsMax: 60, weightMax: 50), RandomGraphs.Small(nodesMax: 10, arcsMax: 60, weightMax: 50), Gen.Int[-3, 3].Array[10], Gen.Bool).Sample(
            (graph, other, potentials, anyPotentials) =>
            {
                var known = MaximumCirculation.Of(other);
                var flows = new Int128[graph.ArcCount];
                foreach (var (arc, (from, to, _)) in graph.ToArcs().Index())
                {
                    flows[arc] = Math.Max(from, to) < other.NodeCount && other.ArcBetween(from, to) is >= 0 and var same ? known.ArcFlows[same] : 0;
                }

                var start = Enumerable.Range(0, graph.NodeCount).Select(node => anyPotentials ? potentials[node] : node < other.NodeCount ? known.Potentials[node] : 0);
                var circulation = MaximumCirculation.Of(graph, [.. start], flows);
                ShouldBeOptimal(graph, circulation);
                circulation.Value.ShouldBe(MaximumCirculation.Of(graph).Value);
            },
            iter: Effort.Samples(500));

    [Fact]
    public void Scaling_every_amount_scales_the_value_also_beyond_64_bits() =>
        RandomGraphs.Small(nodesMax: 8, arcsMax: 30, weightMax: 20).Sample(
            graph =>
            {
                var scale = (Int128)long.MaxValue * 10;
                var wide = RandomGraphs.Graph(graph.NodeCount, graph.ToArcs().Select(arc => arc with { Weight = arc.Weight * scale }));
                MaximumCirculation.Of(wide).Value.ShouldBe(MaximumCirculation.Of(graph).Value * scale);
            },
            print: RandomGraphs.Text);

    [Fact]
    public void Ten_thousand_nodes_and_a_hundred_thousand_arcs()
    {
        var graph = RandomGraphs.Big(nodes: 10_000, arcs: 100_000, seed: 2);

        ShouldBeOptimal(graph, MaximumCirculation.Of(graph));
    }

    private static Int128 BestOfAll(SparseGraph<Int128> graph, Int128[] net, int arc)
    {
        if (arc == graph.ArcCount)
            return net.All(amount => amount == 0) ? 0 : -1_000_000;
        var (from, to, capacity) = graph.ToArcs()[arc];
        var best = Int128.MinValue;
        for (var flow = Int128.Zero; flow <= capacity; flow++)
        {
            net[from] += flow;
            net[to] -= flow;
            best = Int128.Max(best, flow + BestOfAll(graph, net, arc + 1));
            net[from] -= flow;
            net[to] += flow;
        }

        return best;
    }

    /// <summary>
    /// Feasible and, since no cycle of changes gains anything, the best there is (Klein 1967): a longest-path search over the possible
    /// changes, +1 for more on an arc and -1 for less, comes to rest.
    /// </summary>
    private static void ShouldBeOptimal(SparseGraph<Int128> graph, MaximumCirculation circulation)
    {
        var net = new Int128[graph.NodeCount];
        var sum = Int128.Zero;
        var changes = new List<(int From, int To, int Gain)>();
        foreach (var (i, (from, to, capacity)) in graph.ToArcs().Index())
        {
            var flow = circulation.ArcFlows[i];
            flow.ShouldBeInRange(0, capacity);
            net[from] += flow;
            net[to] -= flow;
            sum += flow;
            if (flow < capacity)
                changes.Add((from, to, 1));
            if (flow > 0)
                changes.Add((to, from, -1));
        }

        net.ShouldAllBe(amount => amount == 0);
        circulation.Value.ShouldBe(sum);

        var gains = new int[graph.NodeCount];
        for (var round = 0; round <= graph.NodeCount; round++)
        {
            var improved = false;
            foreach (var (from, to, gain) in changes)
            {
                if (gains[from] + gain <= gains[to])
                    continue;
                gains[to] = gains[from] + gain;
                improved = true;
            }

            if (!improved)
                return;
        }

        throw new ShouldAssertException("A cycle of changes gains more.");
    }
}
