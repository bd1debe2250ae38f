using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public class StronglyConnectedComponentsTests
{
    [Fact]
    public void Two_triangles_joined_by_one_arc_are_two_components_and_the_last_comes_first()
    {
        var graph = RandomGraphs.Graph(6, (0, 2, 1), (2, 4, 1), (4, 0, 1), (4, 1, 1), (1, 3, 1), (3, 5, 1), (5, 1, 1));

        var components = StronglyConnectedComponents.Of(graph);

        components.Count.ShouldBe(2);
        components.Members(0).ToArray().ShouldBe([1, 3, 5]);
        components.Members(1).ToArray().ShouldBe([0, 2, 4]);
    }

    [Fact]
    public void A_chain_of_a_million_nodes_needs_no_deep_stack()
    {
        const int Nodes = 1_000_000;
        var chain = Enumerable.Range(0, Nodes - 1).Select(node => new Arc<int>(node, node + 1, 1));

        StronglyConnectedComponents.Of(RandomGraphs.Graph(Nodes, chain)).Count.ShouldBe(Nodes);
        StronglyConnectedComponents.Of(RandomGraphs.Graph(Nodes, chain.Append(new Arc<int>(Nodes - 1, 0, 1)))).Count.ShouldBe(1);
    }

    [Fact]
    public void Nodes_share_a_component_when_each_reaches_the_other() =>
        RandomGraphs.Small(nodesMax: 9, arcsMax: 16, weightMax: 1).Sample(
            graph =>
            {
                var reaches = Closure(graph);
                var components = StronglyConnectedComponents.Of(graph);
                for (var i = 0; i < graph.NodeCount; i++)
                {
                    components.Members(components.ComponentOf[i]).ToArray().ShouldContain(i);
                    for (var j = 0; j < graph.NodeCount; j++)
                    {
                        (components.ComponentOf[i] == components.ComponentOf[j]).ShouldBe(reaches[i, j] && reaches[j, i]);
                        if (reaches[i, j])
                            components.ComponentOf[i].ShouldBeGreaterThanOrEqualTo(components.ComponentOf[j]);
                    }
                }
            },
            print: RandomGraphs.Text);

    private static bool[,] Closure(SparseGraph<Int128> graph)
    {
        var reaches = new bool[graph.NodeCount, graph.NodeCount];
        foreach (var (from, to, _) in graph.ToArcs())
            reaches[from, to] = true;
        for (var k = 0; k < graph.NodeCount; k++)
        {
            reaches[k, k] = true;
            for (var i = 0; i < graph.NodeCount; i++)
            {
                for (var j = 0; j < graph.NodeCount; j++)
                    reaches[i, j] |= reaches[i, k] && reaches[k, j];
            }
        }

        return reaches;
    }
}
