namespace ActorFinance.Scenarios.Sampling;

/// <summary>
/// How a parameter may turn out, told by its quantiles: a uniform number in (0, 1) becomes a value, so that correlated uniforms become correlated values.
/// Values are in the parameter's own unit.
/// </summary>
public abstract record Distribution
{
    /// <summary>Far more than any parameter is known to; and what a double keeps.</summary>
    private const int SignificantDigits = 12;

    private Distribution()
    {
    }

    /// <summary>Less of a distribution cannot be told apart by the numbers that it is drawn with.</summary>
    public const double LeastLeft = 1e-9;

    /// <summary>How much of the distribution its bounds leave to draw from, 0 to 1.</summary>
    public virtual double Left => 1;

    /// <summary>The value below which a part <paramref name="u"/> of all outcomes lies, u in (0, 1); never falls as u rises.</summary>
    public abstract decimal Quantile(double u);

    /// <summary>Every value between the two is as likely as any other.</summary>
    public sealed record Uniform(decimal Min, decimal Max) : Distribution
    {
        public override decimal Quantile(double u) => Rounded((double)Min + (u * (double)(Max - Min)));
    }

    /// <summary>Likeliest at the mode, never outside.</summary>
    public sealed record Triangular(decimal Min, decimal Mode, decimal Max) : Distribution
    {
        public override decimal Quantile(double u)
        {
            var (min, mode, max) = ((double)Min, (double)Mode, (double)Max);
            var below = (mode - min) / (max - min);
            return Rounded(u <= below ? min + Math.Sqrt(u * (max - min) * (mode - min)) : max - Math.Sqrt((1 - u) * (max - min) * (max - mode)));
        }
    }

    /// <summary>Cut off below <paramref name="Min"/> and above <paramref name="Max"/> where they are given: what lay there is spread over the rest.</summary>
    public sealed record Normal(decimal Mean, decimal Sd, decimal? Min, decimal? Max) : Distribution
    {
        public override double Left => (Below(Max) ?? 1) - (Below(Min) ?? 0);

        public override decimal Quantile(double u)
        {
            var x = (double)Mean + ((double)Sd * StandardNormal.Quantile(Within(u, Below(Min), Below(Max))));
            return Rounded(Math.Clamp(x, (double)(Min ?? decimal.MinValue), (double)(Max ?? decimal.MaxValue)));
        }

        private double? Below(decimal? bound) => bound is { } at ? StandardNormal.Probability(((double)at - (double)Mean) / (double)Sd) : null;
    }

    /// <summary>Of mean and standard deviation of the value itself, not of its logarithm; both above 0.</summary>
    public sealed record LogNormal(decimal Mean, decimal Sd, decimal? Min, decimal? Max) : Distribution
    {
        public override double Left => (Below(Max) ?? 1) - (Below(Min) ?? 0);

        public override decimal Quantile(double u)
        {
            var (mu, sigma) = OfLogarithm();
            var x = Math.Exp(mu + (sigma * StandardNormal.Quantile(Within(u, Below(Min), Below(Max)))));
            return Rounded(Math.Clamp(x, (double)(Min ?? 0), (double)(Max ?? decimal.MaxValue)));
        }

        private (double Mu, double Sigma) OfLogarithm()
        {
            var (mean, sd) = ((double)Mean, (double)Sd);
            var variance = Math.Log(1 + (sd * sd / (mean * mean)));
            return (Math.Log(mean) - (variance / 2), Math.Sqrt(variance));
        }

        private double? Below(decimal? bound)
        {
            var (mu, sigma) = OfLogarithm();
            return bound is { } at ? at <= 0 ? 0 : StandardNormal.Probability((Math.Log((double)at) - mu) / sigma) : null;
        }
    }

    /// <summary>One of a few values, by rising value, each with its weight; weights need not sum to 1.</summary>
    public sealed record Discrete(ValueList<WeightedValue> Values) : Distribution
    {
        private readonly double _total = (double)Values.Sum(value => value.Weight);

        public override decimal Quantile(double u)
        {
            var left = u * _total;
            foreach (var (value, weight) in Values)
            {
                left -= (double)weight;
                if (left < 0)
                {
                    return value;
                }
            }

            return Values[^1].Value;
        }
    }

    /// <summary>One of the values that were seen, each as likely as any other: by rising value.</summary>
    public sealed record Bootstrap(ValueList<decimal> Seen) : Distribution
    {
        public override decimal Quantile(double u) => Seen[Math.Min((int)(u * Seen.Count), Seen.Count - 1)];
    }

    private static double Within(double u, double? below, double? above)
    {
        var (low, high) = (below ?? 0, above ?? 1);
        return Math.Clamp(low + (u * (high - low)), 1e-300, 1 - 1e-16);
    }

    private static decimal Rounded(double value)
    {
        if (value == 0 || Math.Abs(value) < 1e-15)
        {
            return 0;
        }

        var digits = SignificantDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits >= 0 ? Math.Round((decimal)value, Math.Min(digits, 15)) : (decimal)value;
    }
}

/// <summary>A value and how often it comes, compared with the others.</summary>
public readonly record struct WeightedValue(decimal Value, decimal Weight);
