using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>The instants of a schedule: its first, and every so often after that. Each is counted from the first, so that the 31st stays the 31st where there is one.</summary>
internal readonly record struct ScheduleDates(Instant First, CalendarUnit Unit, Instant Last)
{
    /// <summary>The n-th, from 1; null behind the last.</summary>
    public Instant? Of(int n)
    {
        var steps = (long)(n - 1);
        return steps * Math.Max(Unit.Months, Unit.Days) <= int.MaxValue / 2
            && CalendarUnit.Add(First, (int)(steps * Unit.Months), steps * Unit.Days) is { } at
            && at <= Last
                ? at
                : null;
    }

    /// <summary>The first that is later than an instant, and which it is; null when none is.</summary>
    public (int N, Instant At)? After(Instant start)
    {
        var (low, high) = (1, 1);
        while (Of(high) is { } at && at <= start)
        {
            (low, high) = (high, high * 2);
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Of(middle) is { } at && at <= start ? (middle + 1, high) : (low, middle);
        }

        return Of(low) is { } found && found > start ? (low, found) : null;
    }
}
