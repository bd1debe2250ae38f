using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// A company's cash in one currency as it stood at one moment: for any number of threads. What it makes for its answers is kept, and made twice at
/// worst when two threads need it at once.
/// </summary>
internal sealed class AccountView(CompanyId company, Currency currency, int number, CashEntrySpan entries, bool isSafe, BalanceTreeShape shape)
{
    private const int QuestionsBeforeTree = 2;

    private Kept? _inOrder;
    private BalanceTree? _byOffset;
    private BalanceTree? _byKnown;
    private int _questions;

    public Currency Currency => currency;

    /// <summary>Its place among all accounts of its index.</summary>
    public int Number => number;

    /// <summary>Null if no change counts at the cut.</summary>
    /// <exception cref="OverflowException">The balance reached 1e18.</exception>
    public CashBalance? BalanceAt(EventPlaces places, Instant asOf, in KnownIndexes known)
    {
        var fold = FoldAt(places, asOf, known);
        return fold.IsTouched ? fold.ToBalance(places, company, currency) : null;
    }

    /// <summary>The changes that count at the cut, in fold order.</summary>
    public List<CashEntry> Counting(EventPlaces places, Instant asOf, in KnownIndexes known)
    {
        var counting = new List<CashEntry>();
        var inOrder = InOrder();
        for (var place = 0; place < inOrder.Count && inOrder[place].EffectiveTicks <= asOf.UtcTicks; place++)
        {
            if (known.Sees(places, inOrder[place].Index))
            {
                counting.Add(inOrder[place]);
            }
        }

        return counting;
    }

    public BalanceFold FoldAt(EventPlaces places, Instant asOf, in KnownIndexes known) =>
        isSafe && entries.Count >= shape.EntriesMinimum && Tree(places, known) is { } tree
            ? tree.At(asOf, places, known, known.Ticks)
            : Plain(places, asOf, known);

    /// <summary>The amount alone: in the tree a fraction of the work.</summary>
    /// <exception cref="OverflowException">The balance reached 1e18.</exception>
    public Units AmountAt(EventPlaces places, Instant asOf, in KnownIndexes known) =>
        isSafe && entries.Count >= shape.EntriesMinimum && Tree(places, known) is { } tree
            ? tree.AmountAt(asOf, places, known, known.Ticks)
            : Plain(places, asOf, known).Amount;

    /// <summary>
    /// Null as long as a tree does not pay: making one takes as long as some tens of plain folds, so an account that changes between any two questions
    /// never gets one.
    /// </summary>
    private BalanceTree? Tree(EventPlaces places, in KnownIndexes known)
    {
        ref var tree = ref known.ByOffset ? ref _byOffset : ref _byKnown;
        if (Volatile.Read(ref tree) is { } made)
        {
            return made;
        }

        if (Interlocked.Increment(ref _questions) <= QuestionsBeforeTree && shape.EntriesMinimum > 0)
        {
            return null;
        }

        var created = BalanceTree.Of(shape, InOrder(), places, known);
        Volatile.Write(ref tree, created);
        return created;
    }

    private BalanceFold Plain(EventPlaces places, Instant asOf, in KnownIndexes known)
    {
        var fold = new BalanceFold();
        var inOrder = InOrder();
        for (var piece = 0; piece < inOrder.Pieces; piece++)
        {
            foreach (ref readonly var entry in inOrder.Piece(piece))
            {
                if (entry.EffectiveTicks > asOf.UtcTicks)
                {
                    return fold;
                }

                if (known.Sees(places, entry.Index))
                {
                    fold.Apply(entry);
                    if (!isSafe && fold.Amount.IsTooLarge)
                    {
                        throw AccountFold.TooLarge(company, currency, fold.Amount.ToDecimal(), places.IdOf(entry.Index));
                    }
                }
            }
        }

        return fold;
    }

    private EntryPieces InOrder()
    {
        if (Volatile.Read(ref _inOrder) is { } known)
        {
            return known.Entries;
        }

        var kept = new Kept(entries.InOrder());
        Volatile.Write(ref _inOrder, kept);
        return kept.Entries;
    }

    private sealed class Kept(EntryPieces entries)
    {
        public EntryPieces Entries => entries;
    }
}
