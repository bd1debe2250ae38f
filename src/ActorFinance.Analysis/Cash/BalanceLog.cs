using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Analysis.Cash;

/// <summary>From how many entries on an account has a log, and how long its runs are: <paramref name="Shortest"/>, then <paramref name="Fan"/> times as long, and so on.</summary>
internal sealed record BalanceLogShape(int EntriesMinimum, int Shortest, int Fan)
{
    /// <summary>Adding up 8,192 entries takes 20 microseconds; runs of 1,024 by 16 take three levels for a million.</summary>
    public static BalanceLogShape Default { get; } = new(8_192, 1_024, 16);
}

/// <summary>
/// The sum of one account at any (T, K), in time that hardly depends on how many changes it has.
///
/// What is known of an account only ever grows: a payment is added when it is recorded, and taken out again by a change of the opposite sign
/// when it is voided. So the state at an offset is a prefix of this log (<see cref="PrefixSums"/>). Known times mostly ascend with the log, so
/// the state at a known time is a prefix too, up to the first change that was known later; but for those that were known earlier than one
/// before them. These are kept once more, by their place and by their known time: what is missing is what was known by then less what the
/// prefix has already.
/// </summary>
internal sealed class BalanceLog(BalanceLogShape shape)
{
    private readonly PrefixSums _all = new(shape);
    private readonly Column<int> _at = new();
    private readonly Column<long> _knownUpTo = new();
    private readonly List<int> _earlyPlaces = [];
    private readonly PrefixSums _earlyByPlace = new(shape);
    private readonly EarlyChanges _earlyByKnown = new(shape);

    /// <param name="at">The index of the event by which the change became known; ascends.</param>
    /// <param name="knownTicks">Its known time.</param>
    /// <param name="effectiveTicks">When it holds.</param>
    /// <param name="net">In units of 1e-10.</param>
    public void Add(int at, long knownTicks, long effectiveTicks, Int128 net)
    {
        var place = _all.Count;
        var knownBefore = place == 0 ? long.MinValue : _knownUpTo[place - 1];
        if (knownTicks < knownBefore)
        {
            _earlyPlaces.Add(place);
            _earlyByPlace.Add(effectiveTicks, net);
            _earlyByKnown.Add(knownTicks, effectiveTicks, net);
        }

        _at.Add(at);
        _knownUpTo.Add(Math.Max(knownTicks, knownBefore));
        _all.Add(effectiveTicks, net);
    }

    /// <summary>In units of 1e-10.</summary>
    public Int128 SumAt(long asOfTicks, in KnownIndexes known)
    {
        if (known.ByOffset)
        {
            return _all.Of(CountUpTo(_at, known.LastIndex), asOfTicks);
        }

        var count = CountUpTo(_knownUpTo, known.Ticks);
        var found = _earlyPlaces.BinarySearch(count);
        var earlyInPrefix = found >= 0 ? found : ~found;
        return _all.Of(count, asOfTicks) + _earlyByKnown.Of(known.Ticks, asOfTicks) - _earlyByPlace.Of(earlyInPrefix, asOfTicks);
    }

    /// <summary>How many values of an ascending column are at most the limit.</summary>
    private static int CountUpTo<T>(Column<T> column, T limit)
        where T : IComparable<T>
    {
        var (low, high) = (0, column.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = column[middle].CompareTo(limit) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
