using System.Numerics;

namespace ActorFinance.Analysis.Tests.Networks;

/// <summary>A fraction of integers of any length, for the naive versions that nothing may round.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _top;
    private readonly BigInteger _bottom;

    private Rational(BigInteger top, BigInteger bottom)
    {
        var divisor = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
        (_top, _bottom) = (top / divisor, bottom / divisor);
    }

    public int Sign => _top.Sign;

    public static Rational Of(BigInteger top) => new(top, 1);

    public static Rational Of(BigInteger top, BigInteger bottom) => new(top, bottom);

    public static Rational operator +(Rational a, Rational b) => new((a._top * b._bottom) + (b._top * a._bottom), a._bottom * b._bottom);

    public static Rational operator -(Rational a, Rational b) => new((a._top * b._bottom) - (b._top * a._bottom), a._bottom * b._bottom);

    public static Rational operator *(Rational a, Rational b) => new(a._top * b._top, a._bottom * b._bottom);

    public static Rational operator /(Rational a, Rational b) => new(a._top * b._bottom, a._bottom * b._top);

    public double ToDouble()
    {
        // The fraction to 30 digits; a whole number as it is.
        var whole = BigInteger.DivRem(_top, _bottom, out var rest);
        return (double)whole + ((double)(rest * BigInteger.Pow(10, 30) / _bottom) / 1e30);
    }
}
