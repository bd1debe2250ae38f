namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>The units of durations and schedules. Months keep the day of the month, as far as a month has it; days are days.</summary>
internal readonly record struct CalendarUnit(int Months, int Days)
{
    /// <summary>No model runs longer, and no date overflows below it.</summary>
    public const int Limit = 100_000;

    public static IReadOnlyList<string> Names { get; } = ["day", "week", "month", "quarter", "half-year", "year"];

    /// <summary>One of <see cref="Names"/>, or several: <c>months</c>.</summary>
    public static bool TryParse(string word, out CalendarUnit unit)
    {
        unit = (word.EndsWith('s') ? word[..^1] : word) switch
        {
            "day" => new(0, 1),
            "week" => new(0, 7),
            "month" => new(1, 0),
            "quarter" => new(3, 0),
            "half-year" => new(6, 0),
            "year" => new(12, 0),
            _ => default,
        };
        return unit != default;
    }

    /// <summary>Null beyond the calendar.</summary>
    public static Instant? Add(Instant from, int months, decimal days)
    {
        try
        {
            var moved = from.ToDateTime().AddMonths(months);
            return new Instant((long)(moved.Ticks + (days * TimeSpan.TicksPerDay)));
        }
        catch (Exception beyond) when (beyond is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }
}
