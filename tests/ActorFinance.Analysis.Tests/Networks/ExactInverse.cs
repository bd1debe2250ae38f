namespace ActorFinance.Analysis.Tests.Networks;

/// <summary>The naive version: Gauss-Jordan without pivoting, in fractions of big integers.</summary>
internal static class ExactInverse
{
    /// <summary>(I - matrix / scale)^-1, where each row of matrix / scale sums to less than one: no pivot is then zero.</summary>
    public static double[,] OfIdentityMinus(int[,] matrix, int scale)
    {
        var size = matrix.GetLength(0);
        var cells = new Rational[size, 2 * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                cells[i, j] = Rational.Of((i == j ? scale : 0) - matrix[i, j], scale);
                cells[i, size + j] = Rational.Of(i == j ? 1 : 0);
            }
        }

        Eliminate(cells);
        var inverse = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                inverse[i, j] = cells[i, size + j].ToDouble();
        }

        return inverse;
    }

    /// <summary>Turns [A, B] into [1, A^-1 B].</summary>
    public static void Eliminate(Rational[,] cells)
    {
        var (size, columns) = (cells.GetLength(0), cells.GetLength(1));
        for (var k = 0; k < size; k++)
        {
            var pivot = cells[k, k];
            for (var j = 0; j < columns; j++)
                cells[k, j] /= pivot;
            for (var i = 0; i < size; i++)
            {
                var factor = cells[i, k];
                for (var j = 0; i != k && j < columns; j++)
                    cells[i, j] -= factor * cells[k, j];
            }
        }
    }
}
