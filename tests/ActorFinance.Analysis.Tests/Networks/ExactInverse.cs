using System.Numerics;

namespace ActorFinance.Analysis.Tests.Networks;

/// <summary>The naive version: Gauss-Jordan without pivoting, in fractions of big integers.</summary>
internal static class ExactInverse
{
    private readonly record struct Fraction(BigInteger Top, BigInteger Bottom)
    {
        public static Fraction operator -(Fraction a, Fraction b) => Reduced(a.Top * b.Bottom - b.Top * a.Bottom, a.Bottom * b.Bottom);

        public static Fraction operator *(Fraction a, Fraction b) => Reduced(a.Top * b.Top, a.Bottom * b.Bottom);

        public static Fraction operator /(Fraction a, Fraction b) => Reduced(a.Top * b.Bottom, a.Bottom * b.Top);

        public double ToDouble()
        {
            // 30 more digits than a double shows.
            var scale = BigInteger.Pow(10, 30);
            return (double)(Top * scale / Bottom) / 1e30;
        }

        private static Fraction Reduced(BigInteger top, BigInteger bottom)
        {
            var divisor = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
            return new Fraction(top / divisor, bottom / divisor);
        }
    }

    /// <summary>(I - matrix / scale)^-1, where each row of matrix / scale sums to less than one: no pivot is then zero.</summary>
    public static double[,] OfIdentityMinus(int[,] matrix, int scale)
    {
        var size = matrix.GetLength(0);
        var cells = new Fraction[size, 2 * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                cells[i, j] = new Fraction((i == j ? scale : 0) - matrix[i, j], scale);
                cells[i, size + j] = new Fraction(i == j ? 1 : 0, 1);
            }
        }

        for (var k = 0; k < size; k++)
        {
            var pivot = cells[k, k];
            for (var j = 0; j < 2 * size; j++)
                cells[k, j] /= pivot;
            for (var i = 0; i < size; i++)
            {
                var factor = cells[i, k];
                for (var j = 0; i != k && j < 2 * size; j++)
                    cells[i, j] -= factor * cells[k, j];
            }
        }

        var inverse = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                inverse[i, j] = cells[i, size + j].ToDouble();
        }

        return inverse;
    }
}
