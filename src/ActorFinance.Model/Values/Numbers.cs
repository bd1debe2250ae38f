using System.Globalization;

namespace ActorFinance.Model;

/// <summary>Exact decimal numbers as people write them: <c>12.5</c>, <c>10bn</c>, <c>6.5m</c>, <c>350k</c>.</summary>
public static class Numbers
{
    /// <summary>Nothing that is counted here reaches it, and below it no suffix can overflow.</summary>
    private const decimal Limit = 1e18m;

    private static readonly (string Suffix, decimal Factor)[] Suffixes =
        [("tn", 1e12m), ("bn", 1e9m), ("m", 1e6m), ("k", 1e3m)];

    /// <summary>Parses without rounding; false for anything else, also for numbers that no decimal holds exactly.</summary>
    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text) || text.Length > 40)
        {
            return false;
        }

        var digits = text.AsSpan();
        var factor = 1m;
        foreach (var (suffix, size) in Suffixes)
        {
            if (digits.EndsWith(suffix, StringComparison.Ordinal))
            {
                digits = digits[..^suffix.Length];
                factor = size;
                break;
            }
        }

        if (!IsPlain(digits) || !decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        // decimal.Parse rounds silently past 28 digits: what comes back must have every digit that went in.
        var point = digits.IndexOf('.');
        var decimals = point < 0 ? 0 : digits[(point + 1)..].TrimEnd('0').Length;
        if (number.Scale < decimals || Math.Abs(number) >= Limit / factor)
        {
            return false;
        }

        value = Normalise(number * factor);
        return true;
    }

    /// <summary>The same number with no trailing zeros and no sign on a zero, so that equal numbers have equal bytes.</summary>
    public static decimal Normalise(decimal value) =>
        value == 0 ? 0m
        : value.Scale == 0 || EndsInADigit(value) ? value
        : value / 1.0000000000000000000000000000m;

    /// <summary>Plain decimal notation without an exponent and without trailing zeros.</summary>
    public static string Text(decimal value) => Normalise(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The last digit, where 64 bits hold them all, is not 0: there is nothing to take off, and no need for a division of 28 digits.</summary>
    private static bool EndsInADigit(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return bits[2] == 0 && unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]) % 10 != 0;
    }

    private static bool IsPlain(ReadOnlySpan<char> digits)
    {
        if (digits.Length > 0 && digits[0] is '-' or '+')
        {
            digits = digits[1..];
        }

        return digits.Length > 0
            && char.IsAsciiDigit(digits[0])
            && char.IsAsciiDigit(digits[^1])
            && digits.IndexOfAnyExceptInRange('0', '9') is var first
            && (first < 0 || (digits[first] == '.' && digits[(first + 1)..].IndexOfAnyExceptInRange('0', '9') < 0));
    }
}
