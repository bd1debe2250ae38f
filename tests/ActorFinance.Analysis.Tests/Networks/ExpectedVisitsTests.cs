using System.Numerics;
using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public sealed class ExpectedVisitsTests
{
    [Fact]
    public void Worked_example() =>
        ExpectedVisits.Of(RandomGraphs.Graph(2, (0, 1, 1.0), (1, 0, 1.0)), [1, 1]).ShouldBe([4 / 3.0, 4 / 3.0], 1e-15);

    [Fact]
    public void Off_every_cycle_a_node_is_visited_once() =>
        ExpectedVisits.Of(RandomGraphs.Graph(3, (0, 1, 1.0), (1, 2, 5.0), (0, 2, 2.0)), [0, 1, 7]).ShouldBe([1, 1, 1], 1e-15);

    [Fact]
    public void A_pair_that_loses_a_part_in_ten_to_the_25_keeps_every_digit() =>
        ExpectedVisits.Of(RandomGraphs.Graph(2, (0, 1, 1.0), (1, 0, 1.0)), [1e-25, 0]).ShouldBe([1e25, 1e25], 1e10);

    /// <summary>Flows in whole units up to a million, of which a part in a million million is lost: to doubles the matrix has no inverse.</summary>
    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-3)]
    [InlineData(1.0)]
    public void Small_networks_equal_exact_fractions_to_twelve_digits_however_little_they_lose(double part) =>
        Gen.Int[2, 7].SelectMany(size => Gen.Select(Gen.Int[0, 1_000_000].Array2D[size, size], Gen.Int[0, 1_000_000].Array[size])).Sample(
            (paid, lost) =>
            {
                lost[0]++;
                var (size, leak) = (lost.Length, lost.Select(units => units * part).ToArray());
                for (var i = 0; i < size; i++)
                {
                    // A ring, so that all are on a cycle with what leaks.
                    (paid[i, i], paid[i, (i + 1) % size]) = (0, paid[i, (i + 1) % size] + 1);
                }

                var graph = RandomGraphs.Graph(
                    size,
                    from i in Enumerable.Range(0, size)
                    from j in Enumerable.Range(0, size)
                    select new Arc<double>(i, j, paid[i, j]));
                var visits = ExpectedVisits.Of(graph, leak);
                var exact = Exact(paid, leak);
                for (var i = 0; i < size; i++)
                {
                    visits[i].ShouldBe(exact[i], 1e-12 * exact[i]);
                }
            },
            iter: Effort.Samples(300));

    /// <summary>Three ways to the same numbers: nodes taken out one by one, a dense core in several blocks, and the general inverse.</summary>
    [Theory]
    [InlineData(40, 80)]
    [InlineData(150, 1_500)]
    [InlineData(300, 30_000)]
    [InlineData(400, 1_600)]
    public void Sparse_and_dense_networks_equal_the_general_inverse(int nodes, int arcs)
    {
        var random = new Random(nodes);
        var graph = RandomGraphs.Graph(nodes, Enumerable.Range(0, arcs).Select(_ => new Arc<double>(random.Next(nodes), random.Next(nodes), random.NextDouble())).Where(arc => arc.From != arc.To));
        var lost = Enumerable.Range(0, nodes).Select(_ => 0.1 + random.NextDouble()).ToArray();
        var outflows = lost.ToArray();
        foreach (var arc in graph.ToArcs())
        {
            outflows[arc.From] += arc.Weight;
        }

        var parts = RandomGraphs.Graph(nodes, graph.ToArcs().Select(arc => arc with { Weight = arc.Weight / outflows[arc.From] }));
        var expected = DenseInverse.OfIdentityMinus(parts, [.. Enumerable.Range(0, nodes)]).ShouldNotBeNull();
        var visits = ExpectedVisits.Of(graph, lost);
        for (var i = 0; i < nodes; i++)
        {
            visits[i].ShouldBe(expected[i, i], 1e-12 * expected[i, i]);
        }
    }

    [Fact]
    public void The_same_network_gives_the_same_bits()
    {
        var graph = RandomGraphs.Big(nodes: 500, arcs: 4_000, seed: 3);
        var paid = RandomGraphs.Graph(500, graph.ToArcs().Select(arc => new Arc<double>(arc.From, arc.To, (double)arc.Weight)));
        var lost = Enumerable.Repeat(1.0, 500).ToArray();
        ExpectedVisits.Of(paid, lost).ShouldBe(ExpectedVisits.Of(paid, lost));
    }

    private static double[] Exact(int[,] paid, double[] lost)
    {
        var size = lost.Length;
        var cells = new Rational[size, 2 * size];
        var outflows = lost.Select(OfDouble).ToArray();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                outflows[i] += Rational.Of(paid[i, j]);
                (cells[i, j], cells[i, size + j]) = (Rational.Of(-paid[i, j]), Rational.Of(i == j ? 1 : 0));
            }

            cells[i, i] = outflows[i];
        }

        ExactInverse.Eliminate(cells);
        return [.. Enumerable.Range(0, size).Select(i => (cells[i, size + i] * outflows[i]).ToDouble())];
    }

    /// <summary>A double is a fraction of whole numbers.</summary>
    private static Rational OfDouble(double value) => Rational.Of((BigInteger)Math.ScaleB(value, 120), BigInteger.Pow(2, 120));
}
