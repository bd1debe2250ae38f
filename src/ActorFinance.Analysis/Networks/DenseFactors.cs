namespace ActorFinance.Analysis.Networks;

/// <summary>
/// P A = L U with partial pivoting (Golub and Van Loan 1996, Matrix Computations, 3.4.1), kept to solve for one right side after the other,
/// also with the transpose. For matrices of some hundred rows; O(n^3) once, O(n^2) a solve.
/// </summary>
internal sealed class DenseFactors
{
    private readonly DenseMatrix _factors;
    private readonly int[] _rowOrder;

    /// <param name="matrix">Is overwritten.</param>
    /// <exception cref="ArithmeticException">The matrix is singular.</exception>
    public DenseFactors(DenseMatrix matrix)
    {
        _factors = matrix;
        _rowOrder = [.. Enumerable.Range(0, matrix.Size)];
        for (var k = 0; k < matrix.Size; k++)
        {
            var largest = k;
            for (var i = k + 1; i < matrix.Size; i++)
            {
                if (Math.Abs(matrix[i, k]) > Math.Abs(matrix[largest, k]))
                {
                    largest = i;
                }
            }

            if (matrix[largest, k] == 0)
            {
                throw new ArithmeticException($"column {k} of {matrix.Size} depends on those before it");
            }

            if (largest != k)
            {
                matrix.SwapRows(largest, k);
                (_rowOrder[largest], _rowOrder[k]) = (_rowOrder[k], _rowOrder[largest]);
            }

            var pivotRow = matrix.Row(k);
            for (var i = k + 1; i < matrix.Size; i++)
            {
                var row = matrix.Row(i);
                if (row[k] != 0)
                {
                    row[k] /= pivotRow[k];
                    DenseKernels.AddScaled(row[(k + 1)..], pivotRow[(k + 1)..], -row[k]);
                }
            }
        }
    }

    /// <summary>x with A x = right.</summary>
    public double[] Solve(double[] right)
    {
        var x = _rowOrder.Select(row => right[row]).ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                x[i] -= _factors[i, j] * x[j];
            }
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < x.Length; j++)
            {
                x[i] -= _factors[i, j] * x[j];
            }

            x[i] /= _factors[i, i];
        }

        return x;
    }

    /// <summary>y with A^T y = right.</summary>
    public double[] SolveTransposed(double[] right)
    {
        var z = (double[])right.Clone();
        for (var i = 0; i < z.Length; i++)
        {
            z[i] /= _factors[i, i];
            for (var j = i + 1; j < z.Length; j++)
            {
                z[j] -= _factors[i, j] * z[i];
            }
        }

        for (var i = z.Length - 1; i >= 0; i--)
        {
            for (var j = 0; j < i; j++)
            {
                z[j] -= _factors[i, j] * z[i];
            }
        }

        var y = new double[z.Length];
        for (var i = 0; i < y.Length; i++)
        {
            y[_rowOrder[i]] = z[i];
        }

        return y;
    }
}
