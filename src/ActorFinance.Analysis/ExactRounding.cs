using System.Numerics;
using ActorFinance.Model;

namespace ActorFinance.Analysis;

/// <summary>Quantities times a ratio, rounded once, half-even: in whole numbers of any length, because a product of decimals would already be rounded.</summary>
internal static class ExactRounding
{
    /// <summary>quantity x numerator / denominator, to so many decimals.</summary>
    public static decimal Scaled(decimal quantity, decimal numerator, decimal denominator, int decimals)
    {
        var (top, topScale) = Parts(quantity);
        var (factor, factorScale) = Parts(numerator);
        var (bottom, bottomScale) = Parts(denominator);
        top *= factor * BigInteger.Pow(10, bottomScale + decimals);
        bottom *= BigInteger.Pow(10, topScale + factorScale);

        var units = BigInteger.DivRem(top, bottom, out var rest);
        var half = (2 * rest).CompareTo(bottom);
        if (half > 0 || (half == 0 && !units.IsEven))
        {
            units++;
        }

        var whole = BigInteger.DivRem(units, BigInteger.Pow(10, decimals), out var fraction);
        return (decimal)whole + ((decimal)fraction * Apportion.Unit(decimals));
    }

    private static (BigInteger Digits, int Scale) Parts(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0)), value.Scale);
    }
}
