namespace ActorFinance.Model;

/// <summary>Splits a whole by weights so that the parts add up to it exactly.</summary>
public static class Apportion
{
    /// <summary>Below it the shorter way gains nothing.</summary>
    private const int SmallMin = 8;

    /// <summary>
    /// Largest remainder (Hamilton's method): each part is its exact share rounded down to <paramref name="decimals"/> places; what is
    /// left goes, one unit of the last place each, to the largest remainders, ties to the earlier item. Order the items by holder id first.
    /// Weights are 0 or more and not all 0; the whole has no more decimals than the parts.
    /// </summary>
    public static decimal[] LargestRemainder(decimal whole, IReadOnlyList<decimal> weights, int decimals)
    {
        if (Numbers.Normalise(whole).Scale > decimals)
        {
            throw new ArgumentException($"{Numbers.Text(whole)} has more than {decimals} decimals: the parts could not add up to it", nameof(whole));
        }

        if (Numbers.Normalise(whole) is >= 0 and var small && weights.Count > SmallMin && SmallApportion.TryOf(small, weights, decimals) is { } found)
        {
            return found;
        }

        // Integers of any length: whole x weight overflows a decimal, and a quotient of decimals is rounded.
        var unit = Unit(decimals);
        var wholeUnits = Scaled(whole, decimals);
        var weightScale = weights.Count == 0 ? 0 : weights.Max(w => (int)w.Scale);
        var totalUnits = weights.Aggregate(System.Numerics.BigInteger.Zero, (sum, weight) => sum + Scaled(weight, weightScale));
        if (totalUnits.Sign <= 0)
        {
            throw new ArgumentException("there must be a weight above 0", nameof(weights));
        }

        var parts = new decimal[weights.Count];
        var remainders = new System.Numerics.BigInteger[weights.Count];
        var given = System.Numerics.BigInteger.Zero;
        for (var i = 0; i < parts.Length; i++)
        {
            var quotient = System.Numerics.BigInteger.DivRem(wholeUnits * Scaled(weights[i], weightScale), totalUnits, out remainders[i]);
            given += quotient;
            parts[i] = (decimal)quotient * unit;
        }

        var left = (int)(wholeUnits - given);
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take(left))
        {
            parts[i] += unit;
        }

        return parts;
    }

    /// <summary>1, 0.1, 0.01, ...</summary>
    public static decimal Unit(int decimals) => new(1, 0, 0, false, (byte)decimals);

    private static System.Numerics.BigInteger Scaled(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = new System.Numerics.BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0));
        if (value < 0)
        {
            digits = -digits;
        }

        var missing = scale - value.Scale;
        return missing >= 0
            ? digits * System.Numerics.BigInteger.Pow(10, missing)
            : digits / System.Numerics.BigInteger.Pow(10, -missing);
    }
}
