namespace ActorFinance.Analysis.Networks;

/// <summary>
/// Factors of I - P for a walk on a few nodes that ends: P[i,j] at or above 0 is the chance to step from i to j, and what a row of P lacks to 1 is
/// the chance to leave. They are found by elimination in the manner of Grassmann, Taksar and Heyman (1985, Operations Research 33:1107): the pivot is
/// the sum of what goes onward, so that nothing is ever subtracted and each entry of a solution keeps its digits however little leaves
/// (O'Cinneide 1993, Numerische Mathematik 65:109). The price is that the chances to leave are given and not taken as 1 - sum. O(n^3) once, O(n^2) a solve.
/// <example>P = [[0, 1/2], [1/2, 0]], leaving 1/2 each: (I - P)^-1 = [[4/3, 2/3], [2/3, 4/3]].</example>
/// </summary>
public sealed class AbsorbingFactors
{
    // Right of the diagonal the steps onward that are left at a node's turn, below it the part of a step that was passed on.
    private readonly double[] _cells;
    private readonly double[] _onward;

    private AbsorbingFactors(double[] cells, double[] onward)
    {
        _cells = cells;
        _onward = onward;
    }

    public int Size => _onward.Length;

    /// <param name="steps">P, row after row; the diagonal is not read, since it follows from the rest.</param>
    /// <param name="exits">What of each row leaves. Row i of P and exits[i] sum to 1.</param>
    /// <returns>Null when some of the nodes never leave: the walk does not end and I - P has no inverse.</returns>
    public static AbsorbingFactors? Of(ReadOnlySpan<double> steps, ReadOnlySpan<double> exits)
    {
        var size = exits.Length;
        var cells = steps.ToArray();
        var left = exits.ToArray();
        var onward = new double[size];
        for (var k = 0; k < size; k++)
        {
            var row = cells.AsSpan(k * size, size);
            var sum = left[k];
            foreach (var step in row[(k + 1)..])
                sum += step;
            if (!(sum > 0))
                return null;
            onward[k] = sum;
            for (var i = k + 1; i < size; i++)
            {
                var passed = cells[(i * size) + k] / sum;
                cells[(i * size) + k] = passed;
                if (passed == 0)
                    continue;
                DenseKernels.AddScaled(cells.AsSpan((i * size) + k + 1, size - k - 1), row[(k + 1)..], passed);
                left[i] += passed * left[k];
            }
        }

        return new(cells, onward);
    }

    /// <summary>x with (I - P) x = b: entry i is what a walk from i is expected to collect when a visit to j gives b[j]. No b below 0.</summary>
    public double[] Collected(ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        for (var i = 1; i < Size; i++)
        {
            var passed = _cells.AsSpan(i * Size, i);
            for (var k = 0; k < i; k++)
                x[i] += passed[k] * x[k];
        }

        for (var k = Size - 1; k >= 0; k--)
        {
            var row = _cells.AsSpan(k * Size, Size);
            for (var j = k + 1; j < Size; j++)
                x[k] += row[j] * x[j];
            x[k] /= _onward[k];
        }

        return x;
    }

    /// <summary>x with x (I - P) = b: entry i is how often a node is visited by walks of which b[j] start at j. No b below 0.</summary>
    public double[] Visits(ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        for (var k = 0; k < Size; k++)
        {
            x[k] /= _onward[k];
            var row = _cells.AsSpan(k * Size, Size);
            DenseKernels.AddScaled(x.AsSpan(k + 1), row[(k + 1)..], x[k]);
        }

        for (var i = Size - 1; i > 0; i--)
            DenseKernels.AddScaled(x.AsSpan(0, i), _cells.AsSpan(i * Size, i), x[i]);
        return x;
    }
}
