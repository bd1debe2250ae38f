namespace ActorFinance.Analysis.Networks;

/// <summary>
/// (D - P)^-1 in place, where P holds what nodes pay each other and D what each passes on or loses: Gauss-Jordan elimination in blocks,
/// 2 n^3 operations, nearly all in <see cref="DenseKernels.SubtractProduct"/>, one matrix of memory. As in <see cref="LeakyElimination"/>
/// nothing is subtracted: while node k is being taken out, what it passes on is what it pays the nodes still in, plus what it loses.
/// <para>
/// Meanwhile, E being the nodes taken out and R the rest, the cells hold: [R,R] what R pays R, directly or through E; [R,E] P (D - P)^-1 and
/// [E,R] (D - P)^-1 P of what crosses; [E,E] the inverse so far. All are at or above zero and only ever grow.
/// </para>
/// </summary>
internal static class LeakyInverse
{
    private const int BlockSize = 64;

    /// <param name="matrix">n rows, n + 1 columns: P, its diagonal not read, and in the last column what each node loses. Becomes the inverse.</param>
    /// <param name="progress">Told which part is done, from 0 to 1.</param>
    public static void InPlace(DenseMatrix matrix, Action<double>? progress)
    {
        var size = matrix.Size;
        var (before, block) = (DenseMatrix.Lent(size, BlockSize), DenseMatrix.Lent(BlockSize, matrix.Columns));
        for (var start = 0; start < size; start += BlockSize)
        {
            var end = Math.Min(start + BlockSize, size);
            TakeColumns(matrix, start, end, before);
            InvertRows(matrix, start, end);
            matrix.Cells.AsSpan(start * matrix.Stride, (end - start) * matrix.Stride).CopyTo(block.Cells);
            DenseKernels.SubtractProduct(matrix, ..start, ..matrix.Stride, before, ..(end - start), block);
            DenseKernels.SubtractProduct(matrix, end..size, ..matrix.Stride, before, ..(end - start), block);
            progress?.Invoke((double)end / size);
        }

        before.GiveBack();
        block.GiveBack();
    }

    /// <summary>
    /// Takes the block's columns out of the other rows, with the sign turned, since the kernel subtracts. What a node taken out earlier pays
    /// into the column of losses is never read again.
    /// </summary>
    private static void TakeColumns(DenseMatrix matrix, int start, int end, DenseMatrix taken)
    {
        for (var i = 0; i < matrix.Size; i++)
        {
            if (i >= start && i < end)
            {
                continue;
            }

            var row = matrix.Row(i)[start..end];
            var to = taken.Row(i);
            for (var k = 0; k < row.Length; k++)
            {
                to[k] = -row[k];
            }

            row.Clear();
        }
    }

    /// <summary>Takes the block's nodes out one by one, in the block's own rows.</summary>
    private static void InvertRows(DenseMatrix matrix, int start, int end)
    {
        var size = matrix.Size;
        for (var k = start; k < end; k++)
        {
            var row = matrix.PaddedRow(k);
            var outflow = row[size];
            for (var j = k + 1; j < size; j++)
            {
                outflow += row[j];
            }

            row[k] = 1;
            for (var j = 0; j < row.Length; j++)
            {
                row[j] /= outflow;
            }

            for (var i = start; i < end; i++)
            {
                if (i != k)
                {
                    var paid = matrix[i, k];
                    matrix[i, k] = 0;
                    DenseKernels.AddScaled(matrix.PaddedRow(i), row, paid);
                }
            }
        }
    }
}
