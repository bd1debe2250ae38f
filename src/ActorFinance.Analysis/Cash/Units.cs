using System.Runtime.InteropServices;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// An amount as a whole number of 1e-10, the finest an amount may be: exact, and added in a tenth of the time that <c>decimal</c> takes. Everything
/// below the limit of a total (1e18) is below 2^94 units. Not <c>Int128</c>, whose code is never compiled ahead (decision 0031).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Units(long high, ulong low)
{
    private const int Decimals = Money.Decimals;

    private static readonly ulong[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000];

    /// <summary>The first total that is no longer kept exactly. After the powers that it is made with: fields are set in the order of the text.</summary>
    private static readonly Units Limit = Of(Money.TotalLimit);

    private readonly long _high = high;
    private readonly ulong _low = low;

    public bool IsNegative => _high < 0;

    public bool IsTooLarge => IsNegative ? -this >= Limit : this >= Limit;

    public Units Size => IsNegative ? -this : this;

    /// <param name="amount">Of at most 10 decimals, as every <see cref="Money"/> is.</param>
    public static Units Of(decimal amount)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(amount, words);
        unchecked
        {
            var factor = Powers[Decimals - ((words[3] >> 16) & 0xFF)];

            // In halves: the framework's wide product asks which instructions there are, and code that asks is compiled again at every cold start.
            var below = (ulong)(uint)words[0] * (uint)factor;
            var crossed = ((ulong)(uint)words[1] * (uint)factor) + (below >> 32);
            var across = ((ulong)(uint)words[0] * (factor >> 32)) + (uint)crossed;
            var low = (across << 32) | (uint)below;
            var high = ((ulong)(uint)words[1] * (factor >> 32)) + (crossed >> 32) + (across >> 32) + ((ulong)(uint)words[2] * factor);
            var units = new Units((long)high, low);
            return words[3] < 0 ? -units : units;
        }
    }

    /// <summary>The same number, without trailing zeros.</summary>
    public decimal ToDecimal()
    {
        var size = Size;
        return unchecked(Numbers.Normalise(new decimal((int)(uint)size._low, (int)(uint)(size._low >> 32), (int)(uint)(ulong)size._high, IsNegative, Decimals)));
    }

    public static Units operator +(Units left, Units right)
    {
        unchecked
        {
            var low = left._low + right._low;
            return new(left._high + right._high + (low < left._low ? 1 : 0), low);
        }
    }

    public static Units operator -(Units value) => unchecked(new(~value._high + (value._low == 0 ? 1 : 0), ~value._low + 1));

    public static bool operator <(Units left, Units right) => left._high < right._high || (left._high == right._high && left._low < right._low);

    public static bool operator >(Units left, Units right) => right < left;

    public static bool operator >=(Units left, Units right) => !(left < right);

    public static bool operator <=(Units left, Units right) => !(right < left);
}
