namespace ActorFinance.Scenarios.Sampling;

/// <summary>The normal distribution with mean 0 and standard deviation 1.</summary>
internal static class StandardNormal
{
    /// <summary>P(Z &lt;= x), to 15 digits: Hart's rational approximation as West states it ("Better approximations to cumulative normal functions", 2005).</summary>
    public static double Probability(double x)
    {
        var size = Math.Abs(x);
        if (size > 37)
        {
            return x > 0 ? 1 : 0;
        }

        var density = Math.Exp(-size * size / 2);
        double tail;
        if (size < 7.07106781186547)
        {
            var above = Polynomial(size, 3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376);
            var below = Polynomial(size, 8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752);
            tail = density * above / below;
        }
        else
        {
            tail = density / 2.506628274631 / (size + (1 / (size + (2 / (size + (3 / (size + (4 / (size + 0.65)))))))));
        }

        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>The x with P(Z &lt;= x) = p for p in (0, 1), to 16 digits: algorithm AS 241, PPND16 (Wichura, Applied Statistics 37:477, 1988).</summary>
    public static double Quantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var central = 0.180625 - (q * q);
            return q
                * Polynomial(central, 2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080)
                / Polynomial(central, 5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1);
        }

        var r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        double x;
        if (r <= 5)
        {
            r -= 1.6;
            x = Polynomial(r, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734)
                / Polynomial(r, 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1);
        }
        else
        {
            r -= 5;
            x = Polynomial(r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720)
                / Polynomial(r, 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1);
        }

        return q < 0 ? -x : x;
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        var sum = 0d;
        foreach (var coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
