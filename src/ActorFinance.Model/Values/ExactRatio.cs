using System.Numerics;

namespace ActorFinance.Model;

/// <summary>A quotient of integers of any length: prices and share counts before their one rounding. The denominator is above 0.</summary>
public readonly record struct ExactRatio
{
    private ExactRatio(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static ExactRatio Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0));
        return Reduced(value < 0 ? -digits : digits, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>digits / 10^decimals.</summary>
    public static ExactRatio OfScaled(BigInteger digits, int decimals) => Reduced(digits, BigInteger.Pow(10, decimals));

    public static ExactRatio operator *(ExactRatio left, ExactRatio right) =>
        Reduced(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static ExactRatio operator /(ExactRatio left, ExactRatio right) =>
        right.Numerator.IsZero
            ? throw new DivideByZeroException()
            : Reduced(left.Numerator * right.Denominator * right.Numerator.Sign, left.Denominator * BigInteger.Abs(right.Numerator));

    /// <summary>Rounded once, half to even, to so many decimals; null when a decimal cannot hold it.</summary>
    public decimal? Round(int decimals)
    {
        var scaled = BigInteger.Abs(Numerator) * BigInteger.Pow(10, decimals);
        var quotient = BigInteger.DivRem(scaled, Denominator, out var remainder);
        var twice = (remainder * 2).CompareTo(Denominator);
        if (twice > 0 || (twice == 0 && !quotient.IsEven))
        {
            quotient += BigInteger.One;
        }

        if (quotient.GetBitLength() > 96)
        {
            return null;
        }

        var magnitude = (decimal)quotient * Apportion.Unit(decimals);
        return Numbers.Normalise(Numerator.Sign < 0 ? -magnitude : magnitude);
    }

    private static ExactRatio Reduced(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return divisor.IsOne ? new(numerator, denominator) : new(numerator / divisor, denominator / divisor);
    }
}
