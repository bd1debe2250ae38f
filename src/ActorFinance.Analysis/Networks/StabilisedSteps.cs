namespace ActorFinance.Analysis.Networks;

/// <summary>
/// Solves A x = b for a large sparse A that is only known by what it does to a vector: the stabilised method of bi-conjugate gradients
/// (H. van der Vorst 1992, SIAM J. Sci. Stat. Comput. 13:631), with whatever undoes A roughly applied first. It starts again from what is left over when it has
/// come to the goal by its own count, stands still or breaks down. Two products with A a step, and two rough solves. Nothing is promised: whoever asks measures the answer.
/// </summary>
internal static class StabilisedSteps
{
    private const int RoundsMax = 12;
    private const int StepsMax = 400;

    /// <param name="apply">Writes A x into its second argument.</param>
    /// <param name="undo">Writes an approximation of A^-1 x into its second argument; linear.</param>
    /// <param name="b">The right-hand side.</param>
    /// <param name="tolerance">The largest entry that may be left over, next to the largest of b.</param>
    public static double[] Solve(Action<double[], double[]> apply, Action<double[], double[]> undo, double[] b, double tolerance)
    {
        var x = new double[b.Length];
        var best = x;
        var left = (double[])b.Clone();
        var least = Largest(left);
        var goal = least * tolerance;
        for (var round = 0; round < RoundsMax && least > goal; round++)
        {
            x = (double[])best.Clone();
            Advance(apply, undo, x, (double[])left.Clone(), goal);
            var image = new double[b.Length];
            apply(x, image);
            for (var i = 0; i < image.Length; i++)
                image[i] = b[i] - image[i];
            var reached = Largest(image);
            // Negated, so that NaN counts as no gain.
            if (!(reached < least))
                break;
            var gained = reached < least / 2;
            (best, left, least) = (x, image, reached);
            if (!gained)
                break;
        }

        return best;
    }

    private static void Advance(Action<double[], double[]> apply, Action<double[], double[]> undo, double[] x, double[] left, double goal)
    {
        var size = x.Length;
        var shadow = (double[])left.Clone();
        var (direction, image, scaled, half, halfImage) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        var (rho, alpha, omega) = (1.0, 1.0, 1.0);
        for (var step = 0; step < StepsMax; step++)
        {
            var next = Dot(shadow, left);
            var beta = next / rho * (alpha / omega);
            if (next == 0 || !double.IsFinite(beta))
                return;
            rho = next;
            for (var i = 0; i < size; i++)
                direction[i] = left[i] + (beta * (direction[i] - (omega * image[i])));
            undo(direction, scaled);
            apply(scaled, image);
            alpha = rho / Dot(shadow, image);
            if (!double.IsFinite(alpha))
                return;
            for (var i = 0; i < size; i++)
            {
                x[i] += alpha * scaled[i];
                left[i] -= alpha * image[i];
            }

            if (Largest(left) <= goal)
                return;
            undo(left, half);
            apply(half, halfImage);
            omega = Dot(halfImage, left) / Dot(halfImage, halfImage);
            if (!double.IsFinite(omega) || omega == 0)
                return;
            for (var i = 0; i < size; i++)
            {
                x[i] += omega * half[i];
                left[i] -= omega * halfImage[i];
            }

            if (Largest(left) <= goal)
                return;
        }
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static double Largest(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
