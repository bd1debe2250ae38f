using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>What one event does to one account, 32 bytes: what it nets to, and where it stands in fold order.</summary>
internal readonly struct CashEntry(long effectiveTicks, int rank, int index, bool isOpening, Int128 net)
{
    // The event's index and, below it, whether the change is opening cash.
    private readonly uint _mark = ((uint)index << 1) | (isOpening ? 1u : 0u);

    public long EffectiveTicks { get; } = effectiveTicks;

    public int Rank { get; } = rank;

    public int Index => (int)(_mark >> 1);

    public bool IsOpening => (_mark & 1) != 0;

    /// <summary>In units of 1e-10.</summary>
    public Int128 Net { get; } = net;

    /// <summary>By index in place of offset: both ascend together.</summary>
    public FoldKey Key => new(new(EffectiveTicks), Rank, new(Index));
}

/// <summary>A company's cash in one currency: its changes in fold order.</summary>
internal sealed class CashAccount(CompanyId company, Currency currency, int number, BalanceLogShape shape)
{
    private readonly FoldSorted<CashEntry> _entries = new(entry => entry.Key);

    // Made with the first question for an amount, once adding up the entries would take longer than looking it up.
    private BalanceLog? _log;

    public Currency Currency => currency;

    /// <summary>Its place among all accounts of its index.</summary>
    public int Number => number;

    /// <summary>Takes what the last event of the book changes.</summary>
    public void Add(EventPlaces places, CashEntry entry)
    {
        _entries.Add(entry);
        if (_log is not null)
        {
            Log(_log, places, entry, places.VisibilityOf(entry.Index), 1);
        }
    }

    /// <summary>Takes in that the last event of the book changed where an entry counts.</summary>
    public void Change(EventPlaces places, VisibilityChange change)
    {
        if (_log is not null)
        {
            var entry = _entries.Find(places.KeyOf(change.Index));
            Log(_log, places, entry, change.Before, -1);
            Log(_log, places, entry, change.After, 1);
        }
    }

    /// <summary>The balance at the cut, in units of 1e-10; 0 if no change counts there.</summary>
    public Int128 AmountAt(EventPlaces places, Instant asOf, in KnownIndexes known)
    {
        if (_entries.Count >= shape.EntriesMinimum)
        {
            return (_log ??= WholeLog(places)).SumAt(asOf.UtcTicks, known);
        }

        var sum = Int128.Zero;
        foreach (ref readonly var entry in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries.InOrder()))
        {
            if (entry.EffectiveTicks > asOf.UtcTicks)
            {
                break;
            }

            if (known.Sees(places, entry.Index))
            {
                sum += entry.Net;
            }
        }

        return sum;
    }

    /// <summary>The changes that count at the cut, in fold order.</summary>
    public IEnumerable<CashEntry> Counting(EventPlaces places, Instant asOf, KnownIndexes known)
    {
        foreach (var entry in _entries.InOrder())
        {
            if (entry.EffectiveTicks > asOf.UtcTicks)
            {
                yield break;
            }

            if (known.Sees(places, entry.Index))
            {
                yield return entry;
            }
        }
    }

    /// <summary>Null if no change counts at the cut.</summary>
    /// <exception cref="OverflowException">The balance reached 1e18.</exception>
    public CashBalance? BalanceAt(EventPlaces places, Instant asOf, in KnownIndexes known)
    {
        var (touched, hasOpening) = (false, false);
        var (amount, lowest, shortfall) = (Int128.Zero, Int128.Zero, Int128.Zero);
        var (lowestIndex, shortfallIndex) = (-1, -1);
        foreach (ref readonly var entry in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries.InOrder()))
        {
            if (entry.EffectiveTicks > asOf.UtcTicks)
            {
                break;
            }

            if (!known.Sees(places, entry.Index))
            {
                continue;
            }

            hasOpening |= entry.IsOpening;
            unchecked
            {
                amount += entry.Net;
            }

            if (!touched || amount < lowest)
            {
                (touched, lowest, lowestIndex) = (true, amount, entry.Index);
                if (amount < 0 && shortfallIndex < 0)
                {
                    (shortfall, shortfallIndex) = (amount, entry.Index);
                }
            }

            if (amount >= CashUnits.Limit || amount <= -CashUnits.Limit)
            {
                throw AccountFold.TooLarge(company, currency, CashUnits.ToDecimal(amount), places.IdOf(entry.Index));
            }
        }

        return touched
            ? new(company, currency, CashUnits.ToDecimal(amount), Point(places, lowest, lowestIndex), Point(places, shortfall, shortfallIndex), hasOpening)
            : null;
    }

    /// <summary>What an entry that counts so adds to the log, all by the last event of the book.</summary>
    private static void Log(BalanceLog log, EventPlaces places, CashEntry entry, in Visibility visibility, int sign)
    {
        if (!visibility.HasAppeared)
        {
            return;
        }

        log.Add(places.Count - 1, visibility.FromKnown, entry.EffectiveTicks, sign * entry.Net);
        if (visibility.UntilOffset != Visibility.Never)
        {
            log.Add(places.Count - 1, Math.Max(visibility.FromKnown, visibility.UntilKnown), entry.EffectiveTicks, -sign * entry.Net);
        }
    }

    /// <summary>The log as it would stand if it had been kept from the beginning, but for what was taken back at once.</summary>
    private BalanceLog WholeLog(EventPlaces places)
    {
        var changes = new List<(int At, long Known, long Effective, Int128 Net)>();
        foreach (var entry in _entries.InOrder())
        {
            var counts = places.VisibilityOf(entry.Index);
            if (!counts.HasAppeared)
            {
                continue;
            }

            changes.Add((places.LastUpTo(new(counts.FromOffset)), counts.FromKnown, entry.EffectiveTicks, entry.Net));
            if (counts.UntilOffset != Visibility.Never)
            {
                var until = Math.Max(counts.FromOffset, counts.UntilOffset);
                changes.Add((places.LastUpTo(new(until)), Math.Max(counts.FromKnown, counts.UntilKnown), entry.EffectiveTicks, -entry.Net));
            }
        }

        changes.Sort((left, right) => left.At.CompareTo(right.At));
        var log = new BalanceLog(shape);
        foreach (var (at, known, effective, net) in changes)
        {
            log.Add(at, known, effective, net);
        }

        return log;
    }

    private static CashPoint? Point(EventPlaces places, Int128 amount, int index) =>
        index < 0 ? null : new(CashUnits.ToDecimal(amount), places.EffectiveAt(index), places.IdOf(index));
}
