using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The two inner loops of dense elimination. Each cell takes its products in the same order, each fused (one rounding), whatever the width
/// of the machine's vectors or the number of its cores: the same matrix gives the same bits everywhere.
/// </summary>
internal static class DenseKernels
{
    private const int SlabRows = 64;

    /// <summary>target += factor * source, cell by cell.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var width = Vector<double>.Count;
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= target.Length - width; i += width)
        {
            Vector.FusedMultiplyAdd(factors, new Vector<double>(source[i..]), new Vector<double>(target[i..]))
                .CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
            target[i] = Math.FusedMultiplyAdd(factor, source[i], target[i]);
    }

    /// <summary>
    /// target[rows, columns] -= left[rows, inner] * right[inner, columns], where the columns start and end at multiples of the padding.
    /// 2 * rows * inner * columns operations, shared between the cores by slabs of rows; the rest of elimination is small beside it.
    /// </summary>
    public static void SubtractProduct(
        DenseMatrix target, Range rows, Range columns, DenseMatrix left, Range inner, DenseMatrix right)
    {
        var (firstRow, rowCount) = rows.GetOffsetAndLength(target.Size);
        var (firstColumn, columnCount) = columns.GetOffsetAndLength(target.Stride);
        var (firstInner, innerCount) = inner.GetOffsetAndLength(right.Size);
        if (rowCount == 0 || columnCount == 0)
            return;

        var packed = Pack(right, firstInner, innerCount, firstColumn, columnCount);
        var slabs = (rowCount + SlabRows - 1) / SlabRows;
        if (slabs == 1)
            SubtractSlab(0);
        else
            Parallel.For(0, slabs, SubtractSlab);
        ArrayPool<double>.Shared.Return(packed);

        void SubtractSlab(int slab)
        {
            var start = firstRow + slab * SlabRows;
            var end = Math.Min(start + SlabRows, firstRow + rowCount);
            var sliceWidth = 2 * Vector<double>.Count;
            for (var slice = 0; slice < columnCount / sliceWidth; slice++)
            {
                ref var products = ref packed[slice * innerCount * sliceWidth];
                var column = firstColumn + slice * sliceWidth;
                var row = start;
                for (; row + 4 <= end; row += 4)
                    SubtractFourRows(ref Cell(target, row, column), ref Cell(left, row, firstInner), ref products, innerCount, target.Stride, left.Stride);
                for (; row < end; row++)
                    SubtractRow(ref Cell(target, row, column), ref Cell(left, row, firstInner), ref products, innerCount);
            }
        }
    }

    /// <summary>Copies the right factor slice by slice, so that the inner loop reads it from start to end: rows far apart would share cache sets.</summary>
    private static double[] Pack(DenseMatrix right, int firstInner, int innerCount, int firstColumn, int columnCount)
    {
        var sliceWidth = 2 * Vector<double>.Count;
        var packed = ArrayPool<double>.Shared.Rent(innerCount * columnCount);
        for (var k = 0; k < innerCount; k++)
        {
            var row = right.PaddedRow(firstInner + k).Slice(firstColumn, columnCount);
            for (var slice = 0; slice < columnCount / sliceWidth; slice++)
                row.Slice(slice * sliceWidth, sliceWidth).CopyTo(packed.AsSpan((slice * innerCount + k) * sliceWidth));
        }

        return packed;
    }

    private static ref double Cell(DenseMatrix matrix, int row, int column) => ref matrix.Cells[row * matrix.Stride + column];

    // Four rows by two vectors keep eight sums in registers: each value loaded is used four times or twice.
    private static void SubtractFourRows(ref double target, ref double left, ref double right, int innerCount, int stride, int leftStride)
    {
        var width = Vector<double>.Count;
        ref var target1 = ref Unsafe.Add(ref target, stride);
        ref var target2 = ref Unsafe.Add(ref target1, stride);
        ref var target3 = ref Unsafe.Add(ref target2, stride);
        ref var left1 = ref Unsafe.Add(ref left, leftStride);
        ref var left2 = ref Unsafe.Add(ref left1, leftStride);
        ref var left3 = ref Unsafe.Add(ref left2, leftStride);
        var (sum0, sum0b) = LoadPair(ref target, width);
        var (sum1, sum1b) = LoadPair(ref target1, width);
        var (sum2, sum2b) = LoadPair(ref target2, width);
        var (sum3, sum3b) = LoadPair(ref target3, width);
        for (var k = 0; k < innerCount; k++)
        {
            var a = Vector.LoadUnsafe(ref right);
            var b = Vector.LoadUnsafe(ref Unsafe.Add(ref right, width));
            right = ref Unsafe.Add(ref right, 2 * width);
            var factor = new Vector<double>(-Unsafe.Add(ref left, k));
            sum0 = Vector.FusedMultiplyAdd(factor, a, sum0);
            sum0b = Vector.FusedMultiplyAdd(factor, b, sum0b);
            factor = new Vector<double>(-Unsafe.Add(ref left1, k));
            sum1 = Vector.FusedMultiplyAdd(factor, a, sum1);
            sum1b = Vector.FusedMultiplyAdd(factor, b, sum1b);
            factor = new Vector<double>(-Unsafe.Add(ref left2, k));
            sum2 = Vector.FusedMultiplyAdd(factor, a, sum2);
            sum2b = Vector.FusedMultiplyAdd(factor, b, sum2b);
            factor = new Vector<double>(-Unsafe.Add(ref left3, k));
            sum3 = Vector.FusedMultiplyAdd(factor, a, sum3);
            sum3b = Vector.FusedMultiplyAdd(factor, b, sum3b);
        }

        StorePair(ref target, sum0, sum0b, width);
        StorePair(ref target1, sum1, sum1b, width);
        StorePair(ref target2, sum2, sum2b, width);
        StorePair(ref target3, sum3, sum3b, width);
    }

    private static void SubtractRow(ref double target, ref double left, ref double right, int innerCount)
    {
        var width = Vector<double>.Count;
        var (sum, sumB) = LoadPair(ref target, width);
        for (var k = 0; k < innerCount; k++)
        {
            var factor = new Vector<double>(-Unsafe.Add(ref left, k));
            sum = Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref right), sum);
            sumB = Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref Unsafe.Add(ref right, width)), sumB);
            right = ref Unsafe.Add(ref right, 2 * width);
        }

        StorePair(ref target, sum, sumB, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> First, Vector<double> Second) LoadPair(ref double cell, int width) =>
        (Vector.LoadUnsafe(ref cell), Vector.LoadUnsafe(ref Unsafe.Add(ref cell, width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(ref double cell, Vector<double> first, Vector<double> second, int width)
    {
        first.StoreUnsafe(ref cell);
        second.StoreUnsafe(ref Unsafe.Add(ref cell, width));
    }
}
