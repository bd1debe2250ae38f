using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

public enum SeriesStep
{
    /// <summary>A point after every event.</summary>
    Change = 1,
    Month = 2,
    Quarter = 3,
    Year = 4,
}

/// <summary>The calendar of every series: periods of UTC.</summary>
public static class SeriesPeriods
{
    /// <summary>The last tick of the period that an instant lies in; the instant itself for <see cref="SeriesStep.Change"/>.</summary>
    public static Instant EndOf(this SeriesStep step, Instant at)
    {
        var day = at.ToDateTime();
        return step switch
        {
            SeriesStep.Change => at,
            SeriesStep.Month => LastTickOf(day.Year, day.Month),
            SeriesStep.Quarter => LastTickOf(day.Year, (day.Month + 2) / 3 * 3),
            SeriesStep.Year => LastTickOf(day.Year, 12),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "no such step"),
        };
    }

    /// <summary>The last ticks of all periods that lie between two instants, these in the first and the last; at most so many.</summary>
    public static IEnumerable<Instant> Between(this SeriesStep step, Instant first, Instant last, int countMaximum)
    {
        var end = step.EndOf(first);
        for (var count = 0; count < countMaximum; count++)
        {
            yield return end;
            if (end >= last || end.UtcTicks >= Instant.Maximum.UtcTicks)
            {
                yield break;
            }

            end = step.EndOf(new(end.UtcTicks + 1));
        }
    }

    private static Instant LastTickOf(int year, int month) => Instant.Of(year, month, DateTime.DaysInMonth(year, month)).EndOfDay();
}
