namespace ActorFinance.Analysis.Cash;

/// <summary>
/// Changes that were known earlier than one before them in the log, in order of known time: the last few as they came, the others in tiers
/// that are merged like a binary counter, so that there are logarithmically many and each change is sorted as often.
/// </summary>
internal sealed class EarlyChanges(BalanceLogShape shape)
{
    private readonly List<(long Known, long Effective, Int128 Net)> _last = [];
    private readonly List<Tier> _tiers = [];

    public void Add(long knownTicks, long effectiveTicks, Int128 net)
    {
        _last.Add((knownTicks, effectiveTicks, net));
        if (_last.Count < shape.Shortest)
        {
            return;
        }

        var merged = _last.ToList();
        _last.Clear();
        while (_tiers.Count > 0 && _tiers[^1].Sums.Count <= merged.Count)
        {
            var tier = _tiers[^1];
            _tiers.RemoveAt(_tiers.Count - 1);
            for (var i = 0; i < tier.Known.Length; i++)
            {
                merged.Add((tier.Known[i], tier.Sums.TimeOf(i), tier.Sums.AmountOf(i)));
            }
        }

        merged.Sort((left, right) => left.Known.CompareTo(right.Known));
        var sums = new PrefixSums(shape);
        foreach (var (_, effective, amount) in merged)
        {
            sums.Add(effective, amount);
        }

        _tiers.Add(new([.. merged.Select(change => change.Known)], sums));
    }

    /// <summary>The sum of those known up to one time and effective up to another.</summary>
    public Int128 Of(long knownTicks, long asOfTicks)
    {
        var sum = Int128.Zero;
        foreach (var tier in _tiers)
        {
            sum += tier.Sums.Of(tier.CountKnown(knownTicks), asOfTicks);
        }

        foreach (var (known, effective, net) in _last)
        {
            if (known <= knownTicks && effective <= asOfTicks)
            {
                sum += net;
            }
        }

        return sum;
    }

    private sealed record Tier(long[] Known, PrefixSums Sums)
    {
        public int CountKnown(long upTo)
        {
            var (low, high) = (0, Known.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Known[middle] <= upTo ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
