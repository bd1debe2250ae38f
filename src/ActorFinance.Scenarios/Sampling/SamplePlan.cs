namespace ActorFinance.Scenarios.Sampling;

/// <summary>What is drawn for each run: one value a parameter, a function of seed and run alone.</summary>
public sealed class SamplePlan
{
    private readonly GaussianCopula? _copula;

    private SamplePlan(IReadOnlyList<SampledParameter> parameters, GaussianCopula? copula, long seed)
    {
        Parameters = parameters;
        _copula = copula;
        Seed = seed;
    }

    public IReadOnlyList<SampledParameter> Parameters { get; }

    public long Seed { get; }

    /// <summary>Null when the correlations contradict each other: their matrix is not positive definite.</summary>
    public static SamplePlan? Of(IReadOnlyList<SampledParameter> parameters, IReadOnlyList<RankCorrelation> correlations, long seed)
    {
        var copula = correlations.Count == 0 ? null : GaussianCopula.Of(parameters.Count, correlations);
        return copula is null && correlations.Count > 0 ? null : new(parameters, copula, seed);
    }

    /// <summary>The values of one run, by place of the parameter.</summary>
    /// <param name="run">From 0.</param>
    public decimal[] Draw(int run)
    {
        var uniforms = new double[Parameters.Count];
        for (var i = 0; i < uniforms.Length; i++)
        {
            uniforms[i] = CounterStream.Uniform(Seed, run, i);
        }

        _copula?.Correlate(uniforms);
        var values = new decimal[uniforms.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Parameters[i].Distribution.Quantile(uniforms[i]);
        }

        return values;
    }
}

/// <summary>A parameter and how it may turn out.</summary>
public sealed record SampledParameter(string Name, Distribution Distribution);
