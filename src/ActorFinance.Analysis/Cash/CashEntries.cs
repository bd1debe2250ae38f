namespace ActorFinance.Analysis.Cash;

/// <summary>
/// The entries of one account, in fold order as far as they came in it; late ones wait beside them. Nothing that a published view can see is ever
/// written again: entries are added behind it, and merging makes a new array.
/// </summary>
/// <param name="sorted">What there is from the beginning; taken over.</param>
internal sealed class CashEntries(CashEntry[] sorted)
{
    private const int LateMinimum = 32;

    private CashEntry[] _sorted = sorted;
    private CashEntry[] _late = [];
    private int _sortedCount = sorted.Length;
    private int _lateCount;

    public int Count => _sortedCount + _lateCount;

    public void Add(in CashEntry entry)
    {
        if (_sortedCount == 0 || _sorted[_sortedCount - 1].IsBefore(entry))
        {
            Append(ref _sorted, ref _sortedCount, entry);
        }
        else
        {
            Append(ref _late, ref _lateCount, entry);
        }
    }

    /// <summary>What there is by now. The few late ones are left to whoever reads them; many are merged here, so that nobody does it twice.</summary>
    public CashEntrySpan Publish()
    {
        if (_lateCount > LateMinimum + (_sortedCount / 8))
        {
            _sorted = new CashEntrySpan(_sorted, _sortedCount, _late, _lateCount).InOrder();
            (_sortedCount, _late, _lateCount) = (_sorted.Length, [], 0);
        }

        return new(_sorted, _sortedCount, _late, _lateCount);
    }

    private static void Append(ref CashEntry[] entries, ref int count, in CashEntry entry)
    {
        if (count == entries.Length)
        {
            var larger = new CashEntry[Math.Max(4, count + (count / 2))];
            Array.Copy(entries, larger, count);
            entries = larger;
        }

        entries[count++] = entry;
    }
}

/// <summary>Entries in fold order, and late ones that belong among them.</summary>
internal readonly struct CashEntrySpan(CashEntry[] sorted, int sortedCount, CashEntry[] late, int lateCount)
{
    private readonly CashEntry[] _sorted = sorted;
    private readonly CashEntry[] _late = late;

    public int Count => sortedCount + lateCount;

    /// <summary>All in fold order: an array that may be longer than <see cref="Count"/>, not to be written.</summary>
    public CashEntry[] InOrder()
    {
        if (lateCount == 0)
        {
            return _sorted;
        }

        var late = new CashEntry[lateCount];
        Array.Copy(_late, late, lateCount);
        Array.Sort(late, CashEntry.Compare);
        var merged = new CashEntry[Count];
        var (next, place) = (0, 0);
        for (var i = 0; i < sortedCount; i++)
        {
            while (next < late.Length && late[next].IsBefore(_sorted[i]))
            {
                merged[place++] = late[next++];
            }

            merged[place++] = _sorted[i];
        }

        Array.Copy(late, next, merged, place, late.Length - next);
        return merged;
    }
}
