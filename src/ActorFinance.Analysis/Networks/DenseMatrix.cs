using System.Buffers;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// A matrix of doubles, square unless it is a panel of another, row after row. Each row is filled up with zeros to a multiple of <see cref="Padding"/>, so that
/// the kernels need no special case for the last columns.
/// </summary>
public sealed class DenseMatrix
{
    // Two of the widest vectors any current machine has.
    internal const int Padding = 16;

    // 8 MB.
    private const int LentMax = 1 << 20;

    private bool _isLent;

    public DenseMatrix(int size)
        : this(size, size)
    {
    }

    /// <summary>One that is not square, as a panel of another.</summary>
    internal DenseMatrix(int rows, int columns)
        : this(rows, columns, new double[rows * StrideOf(columns)])
    {
    }

    private DenseMatrix(int rows, int columns, double[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        (Size, Columns, Stride, Cells) = (rows, columns, StrideOf(columns), cells);
    }

    /// <summary>One whose cells, all 0, are lent: <see cref="GiveBack"/> ends its use. A large one is made: a pool would give up to twice as much, and keep it.</summary>
    internal static DenseMatrix Lent(int rows, int columns)
    {
        var cells = rows * StrideOf(columns);
        if (cells > LentMax)
        {
            return new(rows, columns);
        }

        var lent = ArrayPool<double>.Shared.Rent(cells);
        Array.Clear(lent, 0, cells);
        return new(rows, columns, lent) { _isLent = true };
    }

    internal void GiveBack()
    {
        if (_isLent)
        {
            ArrayPool<double>.Shared.Return(Cells);
        }
    }

    /// <summary>The number of rows, and of columns where it is square.</summary>
    public int Size { get; }

    internal int Columns { get; }

    public double this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    internal int Stride { get; }

    /// <summary>There may be more than the matrix has.</summary>
    internal double[] Cells { get; }

    public Span<double> Row(int row) => Cells.AsSpan(row * Stride, Columns);

    internal Span<double> PaddedRow(int row) => Cells.AsSpan(row * Stride, Stride);

    /// <summary>
    /// The identity minus the part of a sparse matrix that concerns the given nodes: cell [i, j] belongs to nodes[i] and nodes[j].
    /// O(nodes^2 + arcs leaving them).
    /// </summary>
    /// <param name="matrix">Row i column j holds the weight of the arc i -> j.</param>
    /// <param name="nodes">Each at most once.</param>
    public static DenseMatrix IdentityMinus(SparseGraph<double> matrix, ReadOnlySpan<int> nodes)
    {
        var places = new Dictionary<int, int>(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
            places.Add(nodes[i], i);

        var result = new DenseMatrix(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            var row = result.Row(i);
            row[i] = 1;
            for (var arc = matrix.FirstArcs[nodes[i]]; arc < matrix.FirstArcs[nodes[i] + 1]; arc++)
            {
                if (places.TryGetValue(matrix.Targets[arc], out var column))
                    row[column] -= matrix.Weights[arc];
            }
        }

        return result;
    }

    internal DenseMatrix Copy()
    {
        var copy = new DenseMatrix(Size);
        Cells.CopyTo(copy.Cells, 0);
        return copy;
    }

    private static int StrideOf(int columns) => (columns + Padding - 1) / Padding * Padding;

    internal void SwapRows(int one, int other)
    {
        var upper = PaddedRow(one);
        var lower = PaddedRow(other);
        for (var i = 0; i < upper.Length; i++)
            (upper[i], lower[i]) = (lower[i], upper[i]);
    }
}
