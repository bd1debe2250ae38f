using System.Globalization;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Spans of the calendar: months and days do not convert into each other.</summary>
internal static class CalendarSpan
{
    private const int Limit = 12_000;

    /// <summary><c>12M</c>, <c>-2Q</c>, <c>1Y6M</c>, <c>90D</c>; a sign before it holds for the whole.</summary>
    public static bool TryParse(string text, out (int Months, int Days) span)
    {
        span = default;
        var sign = text.StartsWith('-') ? -1 : 1;
        var rest = text.AsSpan(sign < 0 ? 1 : 0);
        if (rest.Length == 0)
        {
            return false;
        }

        var (months, days) = (0, 0);
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Limit)
            {
                return false;
            }

            switch (rest[digits])
            {
                case 'Y':
                    months += 12 * number;
                    break;
                case 'Q':
                    months += 3 * number;
                    break;
                case 'M':
                    months += number;
                    break;
                case 'D':
                    days += number;
                    break;
                default:
                    return false;
            }

            rest = rest[(digits + 1)..];
        }

        span = (sign * months, sign * days);
        return months <= Limit;
    }
}
