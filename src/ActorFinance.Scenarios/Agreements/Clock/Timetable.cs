namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>What has a time, in the order in which things of one instant are done: commands of the file, values, agreements and what they put off.</summary>
internal enum TimedKind
{
    Command,
    Values,
    Agreement,
    Delayed,

    /// <summary>Only wakes the clock: a parameter's path takes a step, or may have come to where a condition holds.</summary>
    Look,
    Figures,
}

/// <summary>One entry: the <paramref name="Index"/>-th of its kind, its <paramref name="Part"/>-th trigger, for the <paramref name="Ordinal"/>-th time.</summary>
internal readonly record struct Timed(TimedKind Kind, int Index, int Part, int Ordinal);

/// <summary>Everything that is to happen, by time; entries of one instant by kind, then as the file orders them.</summary>
internal sealed class Timetable
{
    private readonly PriorityQueue<Timed, (long Ticks, TimedKind Kind, int Index, int Ordinal)> _queue = new();

    public void Add(Instant at, Timed timed) => _queue.Enqueue(timed, (at.UtcTicks, timed.Kind, timed.Index, timed.Ordinal));

    /// <summary>The next instant at which anything is to happen; null when nothing is.</summary>
    public Instant? Next() => _queue.TryPeek(out _, out var key) ? new Instant(key.Ticks) : null;

    /// <summary>The next entry of that instant, if there is one left.</summary>
    public bool TryTake(Instant at, out Timed timed)
    {
        if (_queue.TryPeek(out timed, out var key) && key.Ticks == at.UtcTicks)
        {
            _queue.Dequeue();
            return true;
        }

        return false;
    }
}
