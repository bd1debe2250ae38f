using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Share events as rows of a few columns: where each counts on either axis, and, when it only moves shares of a class, between which accounts, how many
/// units and at which price. Such a row, which nearly all are, keeps no fact. A row, once published, changes no more.
/// </summary>
internal sealed class ShareColumns(int capacity)
{
    /// <summary>Places of the events.</summary>
    public int[] Indexes { get; } = new int[capacity];

    /// <summary>What the register has to read; null for a row that says it all.</summary>
    public CompanyEvent?[] Facts { get; } = new CompanyEvent?[capacity];

    public long[] Effective { get; } = new long[capacity];

    public long[] FromOffset { get; } = new long[capacity];

    public long[] UntilOffset { get; } = new long[capacity];

    public long[] FromKnown { get; } = new long[capacity];

    public long[] UntilKnown { get; } = new long[capacity];

    /// <summary>Whether it is over at some point of either axis: few are, so the ends are hardly ever read.</summary>
    public bool[] Ends { get; } = new bool[capacity];

    public ShareMove[] Moves { get; } = new ShareMove[capacity];

    /// <summary>How many decimals of a share the units of a move count.</summary>
    public byte[] Scales { get; } = new byte[capacity];

    /// <summary>One more than the number of the price at which a move issued shares; 0 for none.</summary>
    public int[] Prices { get; } = new int[capacity];

    public ShareColumns WithRoom(int count) => count <= capacity ? this : Copy(Math.Max(count, capacity * 2));

    public ShareColumns Copy() => Copy(capacity);

    public bool Shows(int row, in Visibility seen) => seen == new Visibility(FromOffset[row], UntilOffset[row], FromKnown[row], UntilKnown[row]);

    public void See(int row, in Visibility seen)
    {
        (FromOffset[row], UntilOffset[row], FromKnown[row], UntilKnown[row]) = (seen.FromOffset, seen.UntilOffset, seen.FromKnown, seen.UntilKnown);
        Ends[row] = seen.UntilOffset != Visibility.Never || seen.UntilKnown != Visibility.Never;
    }

    public void CopyRow(int to, ShareColumns other, int from)
    {
        (Indexes[to], Facts[to], Effective[to], Moves[to]) = (other.Indexes[from], other.Facts[from], other.Effective[from], other.Moves[from]);
        (Ends[to], Scales[to], Prices[to]) = (other.Ends[from], other.Scales[from], other.Prices[from]);
        (FromOffset[to], UntilOffset[to], FromKnown[to], UntilKnown[to]) = (other.FromOffset[from], other.UntilOffset[from], other.FromKnown[from], other.UntilKnown[from]);
    }

    /// <summary>Counts a move's units in finer ones; false, and nothing done, where these would not fit.</summary>
    public bool TryRefine(int row, int scale)
    {
        if (Scales[row] == scale)
        {
            return true;
        }

        var move = Moves[row];
        if (CompactAccounts.Units(CompactAccounts.Shares(move.Units, Scales[row]), scale) is not { } units)
        {
            return false;
        }

        (Moves[row], Scales[row]) = (move with { Units = units }, (byte)scale);
        return true;
    }

    /// <summary>What the register reads of the event.</summary>
    /// <param name="row">Any.</param>
    /// <param name="accounts">Those of its move.</param>
    /// <param name="prices">By number.</param>
    public CompanyEvent FactOf(int row, CompactAccounts accounts, Money[] prices)
    {
        if (Facts[row] is { } kept)
        {
            return kept;
        }

        var (move, shareClass) = (Moves[row], accounts.ClassOf(Moves[row].From));
        var (id, quantity) = (accounts.ClassId(shareClass), ShareQuantity.Of(CompactAccounts.Shares(move.Units, Scales[row])));
        return move.From == accounts.Nowhere(shareClass)
            ? new SharesIssued(accounts.HolderOf(move.To), id, quantity, null, Consideration.None, null, null, Prices[row] > 0 ? prices[Prices[row] - 1] : null, null, null)
            : move.To == accounts.Nowhere(shareClass)
                ? new SharesRepurchased(accounts.HolderOf(move.From), id, quantity, null)
                : new SharesTransferred(accounts.HolderOf(move.From), accounts.HolderOf(move.To), id, quantity, null, null, SellerIsCompany: false, BuyerIsCompany: false);
    }

    /// <summary>The first so many rows; where they stand is known of their places.</summary>
    public void Save(int count, StateWriter writer, IEventBytes bytes)
    {
        writer.Write<int>(Indexes.AsSpan(0, count));
        writer.Write<ShareMove>(Moves.AsSpan(0, count));
        writer.Write<byte>(Scales.AsSpan(0, count));
        writer.Write<int>(Prices.AsSpan(0, count));
        writer.Write<byte>(Array.ConvertAll(Facts[..count], fact => fact is null ? (byte)0 : (byte)1));
        foreach (var fact in Facts.Take(count).OfType<CompanyEvent>())
        {
            bytes.WriteFact(writer, fact);
        }
    }

    /// <summary>The rows, and how many there are.</summary>
    public static (ShareColumns Columns, int Count) Load(EventPlaces places, StateReader reader, IEventBytes bytes)
    {
        var indexes = reader.Array<int>();
        var columns = new ShareColumns(Math.Max(16, indexes.Length));
        indexes.CopyTo(columns.Indexes, 0);
        reader.Array<ShareMove>().CopyTo(columns.Moves, 0);
        reader.Array<byte>().CopyTo(columns.Scales, 0);
        reader.Array<int>().CopyTo(columns.Prices, 0);
        var kept = reader.Array<byte>();
        for (var row = 0; row < indexes.Length; row++)
        {
            columns.Facts[row] = kept[row] == 0 ? null : bytes.ReadFact(reader);
            columns.Effective[row] = places.EffectiveAt(indexes[row]).UtcTicks;
            columns.See(row, places.VisibilityOf(indexes[row]));
        }

        return (columns, indexes.Length);
    }

    private ShareColumns Copy(int room)
    {
        var copy = new ShareColumns(room);
        Indexes.CopyTo(copy.Indexes, 0);
        Facts.CopyTo(copy.Facts, 0);
        Effective.CopyTo(copy.Effective, 0);
        FromOffset.CopyTo(copy.FromOffset, 0);
        UntilOffset.CopyTo(copy.UntilOffset, 0);
        FromKnown.CopyTo(copy.FromKnown, 0);
        UntilKnown.CopyTo(copy.UntilKnown, 0);
        Ends.CopyTo(copy.Ends, 0);
        Moves.CopyTo(copy.Moves, 0);
        Scales.CopyTo(copy.Scales, 0);
        Prices.CopyTo(copy.Prices, 0);
        return copy;
    }
}
