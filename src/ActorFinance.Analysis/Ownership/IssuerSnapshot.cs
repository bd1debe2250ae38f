using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// The share events of one issuer up to a moment of the writer's, to be read by any number of threads. An answer is one pass over the rows up to the
/// cut's effective time: some nanoseconds a row, because all but the rare events are an addition to two accounts. A pass needs no checkpoint, so it
/// takes the same time on either axis, however late events came and whatever was voided.
/// </summary>
internal sealed class IssuerSnapshot
{
    private readonly CompanyId _issuer;
    private readonly EventPlaces _places;
    private readonly ShareColumns _columns;
    private readonly int _count;
    private readonly CompactAccounts _accounts;
    private readonly Money[] _prices;
    private readonly bool _isWide;

    internal IssuerSnapshot(CompanyId issuer, EventPlaces places, ShareColumns columns, int count, CompactAccounts accounts, Money[] prices, bool isWide) =>
        (_issuer, _places, _columns, _count, _accounts, _prices, _isWide) = (issuer, places, columns, count, accounts, prices, isWide);

    /// <summary>Null when no share event of the issuer counts at the cut.</summary>
    public IssuerRegister? At(Cut cut)
    {
        var rows = RowsUpTo(cut.AsOf);
        var (from, until, known) = Axis(cut.AsKnown);
        if (!_isWide && Compactly(rows, from, until, known) is (var register, var wide) && !wide)
        {
            return register;
        }

        var plain = new IssuerRegister(_issuer);
        foreach (var fact in Counting(rows, from, until, known))
        {
            plain.Apply(fact);
        }

        return plain.Events.Count == 0 ? null : plain;
    }

    private (long[] From, long[] Until, long Known) Axis(AsKnown asKnown) =>
        asKnown switch
        {
            // One below the maximum, which stands for never.
            AsKnown.AtOffset at => (_columns.FromOffset, _columns.UntilOffset, Math.Min(at.Offset.Value, Visibility.Never - 1)),
            AsKnown.AtTime at => (_columns.FromKnown, _columns.UntilKnown, at.Time.UtcTicks),
            _ => throw new InvalidOperationException($"'{asKnown}' is no point on either axis"),
        };

    private int RowsUpTo(Instant asOf)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _columns.Effective[middle] <= asOf.UtcTicks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private List<ShareFact> Counting(int rows, long[] from, long[] until, long known)
    {
        var counting = new List<ShareFact>();
        for (var row = 0; row < rows; row++)
        {
            if (from[row] <= known && known < until[row])
            {
                counting.Add(FactOf(row));
            }
        }

        return counting;
    }

    private ShareFact FactOf(int row)
    {
        var index = _columns.Indexes[row];
        return new(new(_places.OffsetOf(index), _places.IdOf(index)), new(_columns.Effective[row]), _columns.FactOf(row, _accounts, _prices));
    }

    private (IssuerRegister? Register, bool TooWide) Compactly(int rows, long[] from, long[] until, long known)
    {
        var fold = new CompactFold(_issuer, _accounts, FactOf, () => Counting(rows, from, until, known));
        var ends = _columns.Ends;
        var moves = _columns.Moves;
        var prices = _columns.Prices;
        var any = false;
        for (var row = 0; row < rows; row++)
        {
            if (from[row] <= known && (!ends[row] || known < until[row]))
            {
                any = true;
                fold.Apply(row, in moves[row], prices[row] > 0);
            }
        }

        var register = fold.Finish();
        return (any ? register : null, register is null);
    }
}
