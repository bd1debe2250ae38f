namespace ActorFinance.Analysis.Networks;

/// <summary>
/// A walk on many nodes that ends, kept sparse: P[i,j] at or above 0 is the chance to step from i to j, exits[i] what row i lacks to 1. Solves with
/// I - P by <see cref="StabilisedSteps"/>, and says by how much the answer can be wrong, found from what the answer leaves over and not from how the
/// iteration went. I - P is applied as differences, exits[i] x[i] + sum_j P[i,j] (x[i] - x[j]), so that a group that hardly leaves loses no digits
/// to 1 - 1.
/// </summary>
public sealed class SparseWalk
{
    private const double Unit = 1.1102230246251565e-16;
    private readonly int[] _firstArcs;
    private readonly int[] _targets;
    private readonly double[] _steps;
    private readonly double[] _exits;
    private readonly double[] _onward;

    /// <param name="firstArcs">Where the steps of each node begin, and one more: the end of the last.</param>
    /// <param name="targets">Where each step leads, ascending for each node.</param>
    /// <param name="steps">P, without its diagonal.</param>
    /// <param name="exits">What of each row leaves.</param>
    public SparseWalk(int[] firstArcs, int[] targets, double[] steps, double[] exits)
    {
        (_firstArcs, _targets, _steps, _exits) = (firstArcs, targets, steps, exits);
        _onward = (double[])exits.Clone();
        for (var node = 0; node < exits.Length; node++)
        {
            for (var arc = firstArcs[node]; arc < firstArcs[node + 1]; arc++)
                _onward[node] += steps[arc];
        }
    }

    public int Size => _exits.Length;

    /// <summary>
    /// The chance to come to a node at all. With <paramref name="b"/> the chance to come to it by leaving (0 for none); b at the node itself is ignored.
    /// </summary>
    /// <param name="b">Chance of each node to reach the goal by its exit, at most its exit.</param>
    /// <param name="goal">The node itself when it is one of these, whose answer is 1; -1 when it lies outside.</param>
    /// <returns>The chances, and the most by which any can be wrong.</returns>
    public (double[] Chances, double Bound) Hitting(ReadOnlySpan<double> b, int goal)
    {
        var right = b.ToArray();
        if (goal >= 0)
        {
            for (var node = 0; node < Size; node++)
            {
                for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1]; arc++)
                {
                    if (_targets[arc] == goal)
                        right[node] += _steps[arc];
                }
            }

            right[goal] = 0;
        }

        var chances = StabilisedSteps.Solve((x, y) => Apply(x, y, goal), (x, y) => Undo(x, y, goal), right, 1e-15);
        var left = LargestLeftOver(chances, right, goal);
        var bound = left * LongestWalk(goal);
        if (goal >= 0)
            chances[goal] = 1;
        return (chances, bound);
    }

    /// <summary>How often each node is visited by walks of which b[j] start at j.</summary>
    /// <returns>
    /// The visits, and the sum of what is left over: of all that leaves, wherever to, at most so much is said wrongly. For I - P has an inverse
    /// V at or above 0 with V exits = 1, so that errors e of the visits weigh sum_i |e[i]| exits[i] at most sum_j |left over[j]|.
    /// </returns>
    public (double[] Visits, double Bound) Visits(ReadOnlySpan<double> b)
    {
        var visits = StabilisedSteps.Solve(ApplyTransposed, UndoTransposed, b.ToArray(), 1e-15);
        var left = new double[Size];
        ApplyTransposed(visits, left);
        var bound = 0.0;
        for (var node = 0; node < Size; node++)
        {
            // Each term of the sum is rounded about twice, however they are ordered.
            var degree = _firstArcs[node + 1] - _firstArcs[node];
            bound += Math.Abs(b[node] - left[node]) + (4 + (2 * degree)) * Unit * _onward[node] * Math.Abs(visits[node]);
        }

        return (visits, bound);
    }

    /// <summary>How often each node is visited by walks that start at it. See <see cref="ExpectedVisits"/> for the error and the price.</summary>
    /// <param name="progress">Told which part is done, from 0 to 1.</param>
    public double[] Diagonal(Action<double>? progress) => ExpectedVisits.Of(new SparseGraph<double>(_firstArcs, _targets, _steps), _exits, progress);

    /// <summary>
    /// A bound on the longest expected walk, and so on the largest row sum of the inverse: found v with (I - P) v >= w > 0 shows that no row sums
    /// to more than max v / w. Infinite when no such v was found.
    /// </summary>
    private double LongestWalk(int goal)
    {
        var ones = new double[Size];
        Array.Fill(ones, 1.0);
        if (goal >= 0)
            ones[goal] = 0;
        var lengths = StabilisedSteps.Solve((x, y) => Apply(x, y, goal), (x, y) => Undo(x, y, goal), ones, 1e-3);
        var image = new double[Size];
        Apply(lengths, image, goal);
        var (least, longest) = (double.PositiveInfinity, 0.0);
        for (var node = 0; node < Size; node++)
        {
            if (node == goal)
                continue;
            least = Math.Min(least, image[node] - Rounding(lengths, node));
            longest = Math.Max(longest, lengths[node]);
        }

        return least > 0 ? longest / least : double.PositiveInfinity;
    }

    private double LargestLeftOver(double[] x, double[] right, int goal)
    {
        var image = new double[Size];
        Apply(x, image, goal);
        var largest = 0.0;
        for (var node = 0; node < Size; node++)
        {
            if (node != goal)
                largest = Math.Max(largest, Math.Abs(right[node] - image[node]) + Rounding(x, node) + (Unit * right[node]));
        }

        return largest;
    }

    /// <summary>The most by which rounding falsifies a row of <see cref="Apply"/>.</summary>
    private double Rounding(double[] x, int node)
    {
        var size = _exits[node] * Math.Abs(x[node]);
        for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1]; arc++)
            size += _steps[arc] * Math.Abs(x[node] - x[_targets[arc]]);
        return (4 + _firstArcs[node + 1] - _firstArcs[node]) * Unit * size;
    }

    /// <summary>
    /// One sweep of Gauss and Seidel down the nodes and one up: (D - L) D^-1 (D - U), where D - L - U is I - P. Along a chain of holdings in either order of
    /// the nodes it is exact.
    /// </summary>
    private void Undo(double[] x, double[] result, int goal)
    {
        for (var node = 0; node < result.Length; node++)
        {
            var sum = x[node];
            for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1] && _targets[arc] < node; arc++)
                sum += _steps[arc] * result[_targets[arc]];
            result[node] = node == goal ? x[node] : sum / _onward[node];
        }

        for (var node = result.Length - 1; node >= 0; node--)
        {
            var sum = 0.0;
            for (var arc = _firstArcs[node + 1] - 1; arc >= _firstArcs[node] && _targets[arc] > node; arc--)
                sum += _steps[arc] * result[_targets[arc]];
            if (node != goal)
                result[node] += sum / _onward[node];
        }
    }

    /// <summary>The same of the transposed: (D - U)^T D^-1 (D - L)^T.</summary>
    private void UndoTransposed(double[] x, double[] result)
    {
        x.CopyTo(result, 0);
        for (var node = 0; node < result.Length; node++)
        {
            result[node] /= _onward[node];
            for (var arc = _firstArcs[node + 1] - 1; arc >= _firstArcs[node] && _targets[arc] > node; arc--)
                result[_targets[arc]] += _steps[arc] * result[node];
        }

        for (var node = result.Length - 1; node >= 0; node--)
        {
            for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1] && _targets[arc] < node; arc++)
                result[_targets[arc]] += _steps[arc] * result[node] / _onward[_targets[arc]];
        }
    }

    private void Apply(double[] x, double[] result, int goal)
    {
        for (var node = 0; node < result.Length; node++)
        {
            var own = x[node];
            var sum = _exits[node] * own;
            for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1]; arc++)
                sum += _steps[arc] * (own - x[_targets[arc]]);
            result[node] = sum;
        }

        // The goal's own row is that of the identity: its x stays 0, so that a step to it counts as leaving.
        if (goal >= 0)
            result[goal] = x[goal];
    }

    private void ApplyTransposed(double[] x, double[] result)
    {
        for (var node = 0; node < result.Length; node++)
            result[node] = _onward[node] * x[node];
        for (var node = 0; node < result.Length; node++)
        {
            for (var arc = _firstArcs[node]; arc < _firstArcs[node + 1]; arc++)
                result[_targets[arc]] -= _steps[arc] * x[node];
        }
    }
}
