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

    public static ExactRatio Zero { get; } = new(BigInteger.Zero, BigInteger.One);

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    public static ExactRatio operator +(ExactRatio left, ExactRatio right) =>
        left.Denominator == right.Denominator
            ? Reduced(left.Numerator + right.Numerator, left.Denominator)
            : Reduced((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static ExactRatio operator -(ExactRatio left, ExactRatio right) => left + new ExactRatio(-right.Numerator, right.Denominator);

    public static ExactRatio operator *(ExactRatio left, ExactRatio right) =>
        Reduced(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static ExactRatio operator /(ExactRatio left, ExactRatio right) =>
        right.Numerator.IsZero
            ? throw new DivideByZeroException()
            : Reduced(left.Numerator * right.Denominator * right.Numerator.Sign, left.Denominator * BigInteger.Abs(right.Numerator));

    /// <summary>The nearest double or the one beside it.</summary>
    public static explicit operator double(ExactRatio ratio)
    {
        // Scaled so that the quotient has 80 bits: more than a double, and less than overflows one.
        var shift = (int)(80 - (ratio.Numerator.GetBitLength() - ratio.Denominator.GetBitLength()));
        var scaled = shift >= 0 ? (ratio.Numerator << shift) / ratio.Denominator : ratio.Numerator / (ratio.Denominator << -shift);
        return Math.ScaleB((double)scaled, -shift);
    }

    /// <summary>Rounded once, half to even, to so many decimals; null when a decimal cannot hold it.</summary>
    public decimal? Round(int decimals)
    {
        var digits = Digits(decimals);
        if (BigInteger.Abs(digits).GetBitLength() > 96)
        {
            return null;
        }

        return Numbers.Normalise((decimal)digits * Apportion.Unit(decimals));
    }

    /// <summary>The same, of any size.</summary>
    public ExactRatio RoundedTo(int decimals) => OfScaled(Digits(decimals), decimals);

    /// <summary>quantity x numerator / denominator, rounded once, half to even, to so many decimals: a product of decimals would already be rounded.</summary>
    /// <exception cref="OverflowException">A decimal cannot hold it.</exception>
    public static decimal Scaled(decimal quantity, decimal numerator, decimal denominator, int decimals) =>
        (Of(quantity) * Of(numerator) / Of(denominator)).Round(decimals)
        ?? throw new OverflowException($"{Numbers.Text(quantity)} x {Numbers.Text(numerator)} / {Numbers.Text(denominator)} is more than a decimal holds to {decimals} places");

    /// <summary>left x right, rounded once, half to even, to so many decimals; null when a decimal cannot hold it.</summary>
    public static decimal? Product(decimal left, decimal right, int decimals) =>
        IsExactProduct(left, right) ? Numbers.Normalise(decimal.Round(left * right, decimals, MidpointRounding.ToEven)) : (Of(left) * Of(right)).Round(decimals);

    /// <summary>Whether a decimal holds every digit of the product. Nearly always, and integers of any length take twenty times as long to find it.</summary>
    private static bool IsExactProduct(decimal left, decimal right)
    {
        Span<int> words = stackalloc int[8];
        decimal.GetBits(left, words);
        decimal.GetBits(right, words[4..]);
        return words[2] == 0
            && words[6] == 0
            && left.Scale + right.Scale <= 28
            && Math.BigMul(Low(words), Low(words[4..]), out _) <= uint.MaxValue;

        static ulong Low(ReadOnlySpan<int> words) => unchecked(((ulong)(uint)words[1] << 32) | (uint)words[0]);
    }

    private BigInteger Digits(int decimals)
    {
        var scaled = BigInteger.Abs(Numerator) * BigInteger.Pow(10, decimals);
        var quotient = BigInteger.DivRem(scaled, Denominator, out var remainder);
        var twice = (remainder * 2).CompareTo(Denominator);
        if (twice > 0 || (twice == 0 && !quotient.IsEven))
        {
            quotient += BigInteger.One;
        }

        return Numerator.Sign < 0 ? -quotient : quotient;
    }

    private static ExactRatio Reduced(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return divisor.IsOne ? new(numerator, denominator) : new(numerator / divisor, denominator / divisor);
    }
}
