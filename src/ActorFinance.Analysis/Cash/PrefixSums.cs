using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// Amounts in the order in which they are added, each with a time; answers what the first so many of them come to up to a time. The list is cut
/// into runs of fixed lengths, each kept in order of time with running totals: at most <c>Fan</c> runs a level, one binary search each, and a
/// rest shorter than the shortest run. 24 bytes a level and 24 for the list itself.
/// </summary>
internal sealed class PrefixSums(BalanceLogShape shape)
{
    private readonly Column<long> _times = new();
    private readonly Column<Int128> _amounts = new();
    private readonly List<List<Run>> _levels = [];

    public int Count => _times.Count;

    public void Add(long time, Int128 amount)
    {
        _times.Add(time);
        _amounts.Add(amount);
        var length = shape.Shortest;
        for (var level = 0; Count % length == 0; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            _levels[level].Add(RunOf(Count - length, length));
            length *= shape.Fan;
        }
    }

    public long TimeOf(int place) => _times[place];

    public Int128 AmountOf(int place) => _amounts[place];

    /// <summary>The sum of the first <paramref name="count"/> amounts that have a time up to <paramref name="upTo"/>.</summary>
    public Int128 Of(int count, long upTo)
    {
        var (sum, done) = (Int128.Zero, 0);
        for (var level = _levels.Count - 1; level >= 0; level--)
        {
            var length = LengthAt(level);
            while (done + length <= count)
            {
                sum += _levels[level][done / length].SumUpTo(upTo);
                done += length;
            }
        }

        for (; done < count; done++)
        {
            if (_times[done] <= upTo)
            {
                sum += _amounts[done];
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
            (times[i], sums[i]) = (_times[first + i], _amounts[first + i]);
        }

        Array.Sort(times, sums);
        for (var i = 1; i < length; i++)
        {
            sums[i] += sums[i - 1];
        }

        return new(times, sums);
    }

    /// <summary>Amounts in order of time, with the total up to each.</summary>
    private sealed record Run(long[] Times, Int128[] Sums)
    {
        public Int128 SumUpTo(long upTo)
        {
            var (low, high) = (0, Times.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Times[middle] <= upTo ? (middle + 1, high) : (low, middle);
            }

            return low == 0 ? Int128.Zero : Sums[low - 1];
        }
    }
}
