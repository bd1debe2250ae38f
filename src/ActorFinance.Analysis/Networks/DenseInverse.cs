namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The inverse of a square matrix by LU factors with partial pivoting (Golub and Van Loan 1996, Matrix Computations, 3.4.1 and the
/// blocked form of 3.2.10): P A = L U, then X = U^-1 L^-1, then A^-1 = X P. O(n^3) time, nearly all of it in
/// <see cref="DenseKernels.SubtractProduct"/>, and two matrices of memory.
/// </summary>
public static class DenseInverse
{
    private const int BlockSize = 64;

    /// <summary>Null when the matrix is singular, or so nearly that rounding alone could be what is left of a pivot.</summary>
    public static DenseMatrix? Of(DenseMatrix matrix)
    {
        var factors = matrix.Copy();
        if (Factorise(factors) is not { } rowOrder)
            return null;

        var inverse = new DenseMatrix(matrix.Size);
        for (var i = 0; i < matrix.Size; i++)
            inverse[i, i] = 1;
        SolveLower(factors, inverse);
        SolveUpper(factors, inverse);
        ReorderColumns(inverse, rowOrder);
        return inverse;
    }

    /// <summary>
    /// (I - M)^-1, where M is the part of a sparse matrix that concerns the given nodes; cell [i, j] belongs to nodes[i] and nodes[j].
    /// Null when I - M is singular, as when all rows of M, or all columns, sum to 1.
    /// </summary>
    public static DenseMatrix? OfIdentityMinus(SparseGraph<double> matrix, ReadOnlySpan<int> nodes) =>
        Of(DenseMatrix.IdentityMinus(matrix, nodes));

    /// <summary>Leaves L (below the diagonal, its own diagonal being 1) and U in place. Row k of P A is row rowOrder[k] of A.</summary>
    private static int[]? Factorise(DenseMatrix a)
    {
        var size = a.Size;
        var rowOrder = Enumerable.Range(0, size).ToArray();
        var negligible = NegligiblePivot(a);
        for (var start = 0; start < size; start += BlockSize)
        {
            var end = Math.Min(start + BlockSize, size);
            for (var k = start; k < end; k++)
            {
                var pivotRow = LargestInColumn(a, k);
                // Negated, so that NaN counts as singular too.
                if (!(Math.Abs(a[pivotRow, k]) > negligible))
                    return null;
                if (pivotRow != k)
                {
                    a.SwapRows(pivotRow, k);
                    (rowOrder[pivotRow], rowOrder[k]) = (rowOrder[k], rowOrder[pivotRow]);
                }

                EliminateColumn(a, k, end);
            }

            // Columns right of the block have waited: first its own rows, then, as one product, the rows below.
            for (var k = start; k < end; k++)
            {
                var pivotRow = a.PaddedRow(k)[end..];
                for (var i = k + 1; i < end; i++)
                    DenseKernels.AddScaled(a.PaddedRow(i)[end..], pivotRow, -a[i, k]);
            }

            if (end < size)
                DenseKernels.SubtractProduct(a, end..size, end..a.Stride, a, start..end, a);
        }

        return rowOrder;
    }

    // The usual bound on what rounding leaves where exact arithmetic leaves zero.
    private static double NegligiblePivot(DenseMatrix a)
    {
        var largest = 0.0;
        foreach (var cell in a.Cells)
            largest = Math.Max(largest, Math.Abs(cell));
        return largest * a.Size * Math.ScaleB(1, -52);
    }

    private static int LargestInColumn(DenseMatrix a, int column)
    {
        var best = column;
        for (var i = column + 1; i < a.Size; i++)
        {
            if (Math.Abs(a[i, column]) > Math.Abs(a[best, column]))
                best = i;
        }

        return best;
    }

    private static void EliminateColumn(DenseMatrix a, int k, int blockEnd)
    {
        var pivotRow = a.Row(k)[(k + 1)..blockEnd];
        var pivot = a[k, k];
        for (var i = k + 1; i < a.Size; i++)
        {
            var row = a.Row(i);
            row[k] /= pivot;
            DenseKernels.AddScaled(row[(k + 1)..blockEnd], pivotRow, -row[k]);
        }
    }

    /// <summary>Turns the identity into L^-1, which has nothing right of its diagonal: later columns of a block row need no work.</summary>
    private static void SolveLower(DenseMatrix factors, DenseMatrix x)
    {
        for (var start = 0; start < x.Size; start += BlockSize)
        {
            var end = Math.Min(start + BlockSize, x.Size);
            var width = Math.Min(start + BlockSize, x.Stride);
            for (var k = start; k < end; k++)
            {
                for (var i = k + 1; i < end; i++)
                    DenseKernels.AddScaled(x.PaddedRow(i)[..width], x.PaddedRow(k)[..width], -factors[i, k]);
            }

            DenseKernels.SubtractProduct(x, end..x.Size, ..width, factors, start..end, x);
        }
    }

    private static void SolveUpper(DenseMatrix factors, DenseMatrix x)
    {
        for (var start = (x.Size - 1) / BlockSize * BlockSize; start >= 0; start -= BlockSize)
        {
            var end = Math.Min(start + BlockSize, x.Size);
            for (var k = end - 1; k >= start; k--)
            {
                foreach (ref var cell in x.Row(k))
                    cell /= factors[k, k];
                for (var i = start; i < k; i++)
                    DenseKernels.AddScaled(x.PaddedRow(i), x.PaddedRow(k), -factors[i, k]);
            }

            DenseKernels.SubtractProduct(x, ..start, ..x.Stride, factors, start..end, x);
        }
    }

    private static void ReorderColumns(DenseMatrix x, int[] rowOrder)
    {
        var reordered = new double[x.Size];
        for (var i = 0; i < x.Size; i++)
        {
            var row = x.Row(i);
            for (var k = 0; k < row.Length; k++)
                reordered[rowOrder[k]] = row[k];
            reordered.CopyTo(row);
        }
    }
}
