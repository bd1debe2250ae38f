using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Analysis.Cash;

/// <summary>How a <see cref="BalanceLog"/> is cut: runs of <paramref name="Shortest"/> changes, then of <paramref name="Fan"/> times as many, and so on.</summary>
internal sealed record BalanceLogShape(int EntriesMinimum, int Shortest, int Fan)
{
    /// <summary>Below 2,048 entries adding them up takes 4 microseconds; runs of 512 by 16 take three levels for a million.</summary>
    public static BalanceLogShape Default { get; } = new(2_048, 512, 16);
}

/// <summary>
/// The sum of one account at any (T, K), in time that hardly depends on how many changes it has.
///
/// What is known of an account only ever grows: a payment is added when it is recorded, and taken out again by a change of the opposite sign
/// when it is voided. So the state at K is a prefix of this log. A prefix is cut into runs of fixed lengths, each kept in order of effective
/// time with running totals: at most <c>Fan</c> runs a level, one binary search each, and a rest shorter than the shortest run.
/// Known times mostly ascend with the log. Where one does not, the change is also kept aside, and looked at by every question that lies before
/// its place: those questions cost as much as there are such changes.
/// </summary>
internal sealed class BalanceLog(BalanceLogShape shape)
{
    private readonly Column<Change> _changes = new();
    private readonly List<List<Run>> _levels = [];
    private readonly List<Early> _early = [];

    /// <param name="at">The index of the event by which the change became known; ascends.</param>
    /// <param name="knownTicks">Its known time.</param>
    /// <param name="effectiveTicks">When it holds.</param>
    /// <param name="net">In units of 1e-10.</param>
    public void Add(int at, long knownTicks, long effectiveTicks, Int128 net)
    {
        var count = _changes.Count;
        var knownBefore = count == 0 ? long.MinValue : _changes[count - 1].KnownUpTo;
        if (knownTicks < knownBefore)
        {
            _early.Add(new(count, knownTicks, effectiveTicks, net));
        }

        _changes.Add(new(at, Math.Max(knownTicks, knownBefore), effectiveTicks, net));
        var length = shape.Shortest;
        for (var level = 0; _changes.Count % length == 0; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            _levels[level].Add(RunOf(_changes.Count - length, length));
            length *= shape.Fan;
        }
    }

    /// <summary>In units of 1e-10.</summary>
    public Int128 SumAt(long asOfTicks, in KnownIndexes known)
    {
        if (known.ByOffset)
        {
            var lastIndex = known.LastIndex;
            return Prefix(CountWhile((in Change change) => change.At <= lastIndex), asOfTicks);
        }

        var ticks = known.Ticks;
        var count = CountWhile((in Change change) => change.KnownUpTo <= ticks);
        var sum = Prefix(count, asOfTicks);
        for (var i = _early.Count - 1; i >= 0 && _early[i].Place >= count; i--)
        {
            if (_early[i].KnownTicks <= ticks && _early[i].EffectiveTicks <= asOfTicks)
            {
                sum += _early[i].Net;
            }
        }

        return sum;
    }

    private delegate bool Within(in Change change);

    /// <summary>The number of changes up to the first that is not within; all before it are, none after.</summary>
    private int CountWhile(Within within)
    {
        var (low, high) = (0, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (within(in _changes[middle]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private Int128 Prefix(int count, long asOfTicks)
    {
        var (sum, done) = (Int128.Zero, 0);
        for (var level = _levels.Count - 1; level >= 0; level--)
        {
            var length = LengthAt(level);
            while (done + length <= count)
            {
                sum += _levels[level][done / length].SumUpTo(asOfTicks);
                done += length;
            }
        }

        for (; done < count; done++)
        {
            ref readonly var change = ref _changes[done];
            if (change.EffectiveTicks <= asOfTicks)
            {
                sum += change.Net;
            }
        }

        return sum;
    }

    private int LengthAt(int level)
    {
        var length = shape.Shortest;
        for (; level > 0; level--)
        {
            length *= shape.Fan;
        }

        return length;
    }

    private Run RunOf(int first, int length)
    {
        var times = new long[length];
        var sums = new Int128[length];
        for (var i = 0; i < length; i++)
        {
            (times[i], sums[i]) = (_changes[first + i].EffectiveTicks, _changes[first + i].Net);
        }

        Array.Sort(times, sums);
        for (var i = 1; i < length; i++)
        {
            sums[i] += sums[i - 1];
        }

        return new(times, sums);
    }

    /// <param name="At">The event by which it became known.</param>
    /// <param name="KnownUpTo">The latest known time of this change and all before it.</param>
    /// <param name="EffectiveTicks">When it holds.</param>
    /// <param name="Net">In units of 1e-10.</param>
    private readonly record struct Change(int At, long KnownUpTo, long EffectiveTicks, Int128 Net);

    /// <summary>A change known earlier than one before it in the log.</summary>
    private readonly record struct Early(int Place, long KnownTicks, long EffectiveTicks, Int128 Net);

    /// <summary>Changes in order of effective time, with the total up to each.</summary>
    private sealed record Run(long[] Times, Int128[] Sums)
    {
        public Int128 SumUpTo(long asOfTicks)
        {
            var (low, high) = (0, Times.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Times[middle] <= asOfTicks)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low == 0 ? Int128.Zero : Sums[low - 1];
        }
    }
}
