namespace ActorFinance.Scenarios.Sampling;

/// <summary>Two parameters of a plan, by place, and Spearman's rank correlation between them, above -1 and below 1.</summary>
public readonly record struct RankCorrelation(int First, int Second, double Rho);

/// <summary>
/// Uniform numbers that rise and fall together as asked, whatever distributions are drawn with them. Normal numbers of correlation r have the rank
/// correlation 6/pi asin(r/2) (Kruskal, JASA 53:814, 1958), so r = 2 sin(pi rho/6); L is Cholesky's factor of these r.
/// </summary>
internal sealed class GaussianCopula
{
    private readonly double[,] _factor;

    private GaussianCopula(double[,] factor) => _factor = factor;

    /// <summary>Null when no numbers can be correlated so: the matrix is not positive definite.</summary>
    public static GaussianCopula? Of(int parameters, IEnumerable<RankCorrelation> correlations)
    {
        var matrix = new double[parameters, parameters];
        for (var i = 0; i < parameters; i++)
        {
            matrix[i, i] = 1;
        }

        foreach (var (first, second, rho) in correlations)
        {
            matrix[first, second] = matrix[second, first] = 2 * Math.Sin(Math.PI * rho / 6);
        }

        return Cholesky(matrix) is { } factor ? new(factor) : null;
    }

    /// <summary>In place of independent uniforms those of the copula, one a parameter.</summary>
    public void Correlate(Span<double> uniforms)
    {
        var normals = new double[uniforms.Length];
        for (var i = 0; i < uniforms.Length; i++)
        {
            normals[i] = StandardNormal.Quantile(uniforms[i]);
        }

        for (var i = 0; i < uniforms.Length; i++)
        {
            var sum = 0d;
            for (var j = 0; j <= i; j++)
            {
                sum += _factor[i, j] * normals[j];
            }

            uniforms[i] = Math.Clamp(StandardNormal.Probability(sum), 1e-300, 1 - 1e-16);
        }
    }

    private static double[,]? Cholesky(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var factor = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                if (i == j && sum <= 1e-12)
                {
                    return null;
                }

                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
        }

        return factor;
    }
}
