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
internal sealed class CashAccount(CompanyId company, Currency currency)
{
    private readonly FoldSorted<CashEntry> _entries = new(entry => entry.Key);

    public Currency Currency => currency;

    public void Add(CashEntry entry) => _entries.Add(entry);

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

    private static CashPoint? Point(EventPlaces places, Int128 amount, int index) =>
        index < 0 ? null : new(CashUnits.ToDecimal(amount), places.EffectiveAt(index), places.IdOf(index));
}
