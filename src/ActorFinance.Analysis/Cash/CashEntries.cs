using ActorFinance.Analysis.Checkpoints;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// The entries of one account, in fold order as far as they came in it; late ones wait beside them. Nothing that a published view can see is ever
/// written again: entries are added behind it, and merging makes new pieces.
/// </summary>
internal sealed class CashEntries
{
    private const int LateMinimum = 32;

    private EntryPieceList _sorted;
    private CashEntry[] _late = [];
    private int _lateCount;

    public CashEntries() => _sorted = new();

    /// <summary>What <see cref="EntryPieces.Save"/> wrote of all of them in order.</summary>
    public CashEntries(StateReader reader) => _sorted = new(reader);

    public void Add(in CashEntry entry)
    {
        if (_sorted.Count == 0 || _sorted.Last.IsBefore(entry))
        {
            _sorted.Add(entry);
        }
        else
        {
            if (_lateCount == _late.Length)
            {
                Array.Resize(ref _late, Math.Max(4, _lateCount + (_lateCount / 2)));
            }

            _late[_lateCount++] = entry;
        }
    }

    /// <summary>What there is by now. The few late ones are left to whoever reads them; many are merged here, so that nobody does it twice.</summary>
    public CashEntrySpan Publish()
    {
        if (_lateCount > LateMinimum + (_sorted.Count / 8))
        {
            _sorted = new CashEntrySpan(_sorted.Shown, _late, _lateCount).Merged();
            (_late, _lateCount) = ([], 0);
        }

        return new(_sorted.Shown, _late, _lateCount);
    }
}

/// <summary>Entries in fold order, and late ones that belong among them.</summary>
internal readonly struct CashEntrySpan(EntryPieces sorted, CashEntry[] late, int lateCount)
{
    private readonly EntryPieces _sorted = sorted;
    private readonly CashEntry[] _late = late;

    public int Count => _sorted.Count + lateCount;

    /// <summary>All in fold order.</summary>
    public EntryPieces InOrder() => lateCount == 0 ? _sorted : Merged().Shown;

    public EntryPieceList Merged()
    {
        var late = new CashEntry[lateCount];
        Array.Copy(_late, late, lateCount);
        Array.Sort(late, CashEntry.Compare);
        var merged = new EntryPieceList();
        var next = 0;
        for (var piece = 0; piece < _sorted.Pieces; piece++)
        {
            foreach (ref readonly var entry in _sorted.Piece(piece))
            {
                while (next < late.Length && late[next].IsBefore(entry))
                {
                    merged.Add(late[next++]);
                }

                merged.Add(entry);
            }
        }

        while (next < late.Length)
        {
            merged.Add(late[next++]);
        }

        return merged;
    }
}
