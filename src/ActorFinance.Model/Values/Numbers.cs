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
        : IsNormal(value) ? value
        : value / 1.0000000000000000000000000000m;

    /// <summary>Whether a number other than zero has no trailing zeros among its decimals. Most have none, and a division takes ten times as long to find out.</summary>
    public static bool IsNormal(decimal value)
    {
        if (value.Scale == 0)
        {
            return true;
        }

        Span<int> words = stackalloc int[4];
        decimal.GetBits(value, words);

        // The last decimal digit of the 96-bit integer: 2^32 and 2^64 both leave 6 when divided by 10.
        return (unchecked((uint)words[0] % 10) + (6 * (unchecked((uint)words[1]) % 10)) + (6 * (unchecked((uint)words[2]) % 10))) % 10 != 0;
    }

    /// <summary>Plain decimal notation without an exponent and without trailing zeros.</summary>
    public static string Text(decimal value) => Normalise(value).ToString(CultureInfo.InvariantCulture);

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
