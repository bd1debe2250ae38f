using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public sealed class SharedFlowTests
{
    [Fact]
    public void Worked_example()
    {
        var graph = RandomGraphs.Graph<Int128>(3, (0, 1, 3), (1, 2, 2), (0, 2, 1));
        var (flow, found) = (Flow(graph, graph), new List<int>());

        flow.Most(sink: 2, [(0, 5)], atMost: 5, tried: default, found).ShouldBe(3);

        // Straight there over arc 1, then over arcs 0 and 2.
        found.ShouldBe([1, 1, 2, 0, 2]);
    }

    [Fact]
    public void A_way_that_there_is_not_is_passed_over()
    {
        var graph = RandomGraphs.Graph<Int128>(3, (0, 1, 3), (1, 2, 2));

        Flow(graph, graph).Most(2, [(0, 5)], 5, tried: new([1, 0], arcs: [-1]), found: null).ShouldBe(2);
    }

    /// <summary>Every node is the sink, one after the other on one network, with any feeds; what was found is then tried on the same arcs with other amounts.</summary>
    [Fact]
    public void What_arrives_is_the_maximum_flow_whatever_was_asked_before_and_whatever_is_tried_first() =>
        Gen.Select(RandomGraphs.Small(nodesMax: 9, arcsMax: 40, weightMax: 20), Gen.Int[0, 8].Array[9], Gen.Int[0, 3].Array[81]).Sample(
            (graph, fed, lowered) =>
            {
                SparseGraph<Int128> Less(SparseGraph<Int128> of, int by) =>
                    RandomGraphs.Graph(of.NodeCount, of.ToArcs().Select(arc => arc with { Weight = Int128.Max(1, arc.Weight - (by * lowered[(arc.From * of.NodeCount) + arc.To])) }));
                var (last, other) = (Less(graph, 1), Less(graph, 2));
                var lastOfOther = Less(other, 1);
                var (one, two) = (Flow(graph, last), Flow(other, lastOfOther));
                for (var sink = 0; sink < graph.NodeCount; sink++)
                {
                    (int Node, Int128 Amount)[] feeds = [.. Enumerable.Range(0, graph.NodeCount).Where(node => node != sink && fed[node] > 0).Select(node => (node, (Int128)fed[node]))];
                    var (all, found, foundOther) = (feeds.Aggregate(Int128.Zero, (sum, feed) => sum + feed.Amount), new List<int>(), new List<int>());
                    var (plain, plainOther) = (Plain(graph, last, sink, feeds), Plain(other, lastOfOther, sink, feeds));
                    one.Most(sink, feeds, all, default, found).ShouldBe(plain);
                    two.Most(sink, feeds, all, new([.. found], []), foundOther).ShouldBe(plainOther);
                    one.Most(sink, feeds, all, new([.. foundOther], []), null).ShouldBe(plain);
                }
            },
            iter: Effort.Samples(500));

    private static SharedFlow Flow(SparseGraph<Int128> graph, SparseGraph<Int128> last)
    {
        var layout = new SharedLayout(graph);
        return new(layout, layout.Network.Residual, layout.CapacitiesOf(last));
    }

    /// <summary>With a node more, from which the feeds come.</summary>
    private static Int128 Plain(SparseGraph<Int128> graph, SparseGraph<Int128> last, int sink, (int Node, Int128 Amount)[] feeds)
    {
        var source = graph.NodeCount;
        var arcs = graph.ToArcs().Where(arc => arc.To != sink).Concat(last.ToArcs().Where(arc => arc.To == sink))
            .Concat(feeds.Select(feed => new Arc<Int128>(source, feed.Node, feed.Amount)));
        return MaximumFlow.Between(RandomGraphs.Graph(source + 1, arcs), source, sink).Value;
    }
}
