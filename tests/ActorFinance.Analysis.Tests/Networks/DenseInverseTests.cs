using ActorFinance.Analysis.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Networks;

public class DenseInverseTests
{
    [Fact]
    public void Two_that_hold_half_of_each_other()
    {
        var inverse = DenseInverse.OfIdentityMinus(RandomGraphs.Graph(2, (0, 1, 0.5), (1, 0, 0.5)), [0, 1]).ShouldNotBeNull();

        inverse[0, 0].ShouldBe(4.0 / 3, 1e-15);
        inverse[0, 1].ShouldBe(2.0 / 3, 1e-15);
        inverse[1, 0].ShouldBe(2.0 / 3, 1e-15);
        inverse[1, 1].ShouldBe(4.0 / 3, 1e-15);
    }

    [Fact]
    public void A_matrix_that_needs_its_rows_swapped()
    {
        var matrix = new DenseMatrix(3);
        matrix[0, 1] = 2;
        matrix[1, 2] = 4;
        matrix[2, 0] = 8;

        var inverse = DenseInverse.Of(matrix).ShouldNotBeNull();

        inverse[0, 2].ShouldBe(0.125);
        inverse[1, 0].ShouldBe(0.5);
        inverse[2, 1].ShouldBe(0.25);
        inverse[0, 0].ShouldBe(0);
    }

    [Fact]
    public void Only_the_nodes_asked_for_count_in_the_order_asked_for()
    {
        var graph = RandomGraphs.Graph(5, (4, 1, 0.5), (1, 4, 0.25), (1, 2, 0.25), (2, 1, 0.5), (0, 4, 0.75));

        var inverse = DenseInverse.OfIdentityMinus(graph, [4, 1]).ShouldNotBeNull();

        inverse[0, 1].ShouldBe(0.5 / (1 - 0.125), 1e-15);
        inverse[1, 0].ShouldBe(0.25 / (1 - 0.125), 1e-15);
    }

    [Fact]
    public void A_group_that_passes_everything_on_within_itself_has_no_inverse()
    {
        // Thirds and sevenths: the last pivot is a rounding error, not zero.
        var graph = RandomGraphs.Graph(
            3, (0, 1, 1.0 / 3), (0, 2, 2.0 / 3), (1, 0, 1.0 / 7), (1, 2, 6.0 / 7), (2, 0, 0.1), (2, 1, 0.9));

        DenseInverse.OfIdentityMinus(graph, [0, 1, 2]).ShouldBeNull();
        DenseInverse.OfIdentityMinus(graph, [0, 1]).ShouldNotBeNull();
    }

    [Fact]
    public void A_matrix_of_zeros_or_with_a_cell_that_is_no_number_has_no_inverse()
    {
        var undefined = new DenseMatrix(2);
        undefined[0, 0] = undefined[1, 1] = 1;
        undefined[0, 1] = double.NaN;

        DenseInverse.Of(new DenseMatrix(2)).ShouldBeNull();
        DenseInverse.Of(undefined).ShouldBeNull();
    }

    [Fact]
    public void No_nodes_have_an_empty_inverse() =>
        DenseInverse.OfIdentityMinus(RandomGraphs.Graph<double>(3), []).ShouldNotBeNull().Size.ShouldBe(0);

    [Fact]
    public void The_diagonal_of_a_ring_is_the_geometric_series()
    {
        var ring = RandomGraphs.Graph(3, (0, 1, 0.5), (1, 2, 0.8), (2, 0, 0.5));

        var inverse = DenseInverse.OfIdentityMinus(ring, [0, 1, 2]).ShouldNotBeNull();
        for (var i = 0; i < 3; i++)
            inverse[i, i].ShouldBe(1 / (1 - 0.2), 1e-15);
    }

    [Fact]
    public void Small_inverses_equal_those_in_exact_fractions() =>
        LeakyMatrix.Sample(
            matrix =>
            {
                var size = matrix.GetLength(0);
                var expected = ExactInverse.OfIdentityMinus(matrix, LeakyScale);
                var graph = Sparse(matrix);
                var nodes = Enumerable.Range(0, size).ToArray();
                var inverse = DenseInverse.OfIdentityMinus(graph, nodes).ShouldNotBeNull();
                for (var i = 0; i < size; i++)
                {
                    for (var j = 0; j < size; j++)
                        inverse[i, j].ShouldBe(expected[i, j], 1e-12 * expected[i, i]);
                }
            });

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    [InlineData(257)]
    public void Matrix_times_inverse_is_the_identity_over_several_blocks(int size)
    {
        var random = new Random(size);
        var matrix = new DenseMatrix(size);
        for (var i = 0; i < size; i++)
        {
            // Large cells far from the diagonal, so that rows are swapped between blocks.
            for (var j = 0; j < size; j++)
                matrix[i, j] = random.NextDouble() + ((i + size / 2) % size == j ? size : 0);
        }

        var inverse = DenseInverse.Of(matrix).ShouldNotBeNull();

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var cell = Enumerable.Range(0, size).Sum(k => matrix[i, k] * inverse[k, j]);
                cell.ShouldBe(i == j ? 1 : 0, 1e-12);
            }
        }
    }

    private const int LeakyScale = 1000;

    /// <summary>Cells in thousandths; each row sums to at most 0.9.</summary>
    private static readonly Gen<int[,]> LeakyMatrix =
        Gen.Int[1, 6].SelectMany(size => Gen.Int[0, 900 / size].Array2D[size, size]);

    private static SparseGraph<double> Sparse(int[,] matrix)
    {
        var size = matrix.GetLength(0);
        return RandomGraphs.Graph(
            size,
            from i in Enumerable.Range(0, size)
            from j in Enumerable.Range(0, size)
            select new Arc<double>(i, j, (double)matrix[i, j] / LeakyScale));
    }
}
