using System.Runtime.InteropServices;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The paid flows of a book as rows of numbers: twenty bytes each, and a slot that says all the rest. A slot stands for all flows of one kind
/// from one party to another in one currency, so that the flows of a window are one addition a row (<see cref="FlowSums"/>), and what is taken
/// and told is decided once a slot. One writer; others read the first so many rows (<see cref="FlowTable"/>).
/// </summary>
internal sealed class FlowColumns
{
    /// <summary>The power of ten above which a row's digits are multiplied out, so that the rest fits 64 bits.</summary>
    public const int PowerMax = 18;

    public const int UnitDecimals = 10;

    private readonly SlotNumbers _slotNumbers;
    private WeakReference<Int128[]>? _sums;
    private SlotOrder? _order;

    public FlowColumns(EventPlaces places) => (Places, _slotNumbers) = (places, new(Slots));

    public EventPlaces Places { get; }

    /// <summary>In the order in which they were added.</summary>
    public Column<Row> Rows { get; } = new();

    /// <summary>Where the event of each row stands.</summary>
    public Column<int> Indexes { get; } = new();

    public Column<Slot> Slots { get; } = new();

    /// <summary>A new array for each that is new: there are few.</summary>
    public Currency[] Currencies { get; private set; } = [];

    /// <summary>What the rows without a slot say, in the order of the rows: added to behind what a reader sees.</summary>
    public (int Row, CompanyId Emitter, CompanyEvent Fact)[] Facts { get; private set; } = [];

    public int FactCount { get; private set; }

    /// <summary>Adds the row of an event that moves money; its number is the count before.</summary>
    public void Add(CompanyId emitter, CompanyEvent fact, int index)
    {
        // Whether a holder is a company depends on the cut: such events have no slot, and are looked at when somebody asks.
        var movement = fact is DividendDeclared or SharesRepurchased ? null : Movements.Single(emitter, fact, _ => true)?.ToMovement();
        if (movement is not null && movement.From != movement.To && TryRead(movement.Amount.Amount, out var digits, out var zeros))
        {
            Rows.Add(new(digits, SlotOf(movement), zeros));
        }
        else
        {
            Keep(Rows.Count, emitter, fact);
            Rows.Add(new(0, Row.NoSlot, 0));
        }

        Indexes.Add(index);
    }

    /// <summary>
    /// An array for sums to work in: one so large is expensive to throw away after every question, so that whoever is done brings it back, and it is there
    /// for the next until memory is collected.
    /// </summary>
    public Int128[] TakeSums() => Interlocked.Exchange(ref _sums, null) is { } kept && kept.TryGetTarget(out var sums) ? sums : [];

    public void BringBack(Int128[] sums) => Volatile.Write(ref _sums, new(sums));

    /// <summary>The first so many slots that are between companies, by payer, then payee.</summary>
    /// <param name="count">Of slots.</param>
    /// <param name="companies">The numbers of all companies on them and perhaps more, by id.</param>
    public int[] OrderOf(int count, int[] companies)
    {
        if (Volatile.Read(ref _order) is { } known && known.Count == count)
        {
            return known.Order;
        }

        var ranks = new int[companies.Length];
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            ranks[companies[rank]] = rank;
        }

        int[] order = [.. Enumerable.Range(0, count).Where(slot => Slots[slot].IsBetweenCompanies)];
        var keys = Array.ConvertAll(order, slot => ((long)ranks[Slots[slot].From] << 32) | (uint)ranks[Slots[slot].To]);
        Array.Sort(keys, order);
        Volatile.Write(ref _order, new(count, order));
        return order;
    }

    public void Save(StateWriter writer)
    {
        Rows.Save(writer);
        Indexes.Save(writer);
        Slots.Save(writer);
        writer.Write((long)Currencies.Length);
        foreach (var currency in Currencies)
        {
            writer.Write(currency.Code);
        }
    }

    /// <summary>Into columns that have no row; the facts of rows without a slot are added by <see cref="Keep"/>.</summary>
    public void Load(StateReader reader)
    {
        Rows.Load(reader);
        Indexes.Load(reader);
        Slots.Load(reader);
        Currencies = new Currency[reader.Count()];
        for (var i = 0; i < Currencies.Length; i++)
        {
            Currencies[i] = Value.Parse<Currency>(reader.Text());
        }

        _slotNumbers.Rebuild();
    }

    public void Keep(int row, CompanyId emitter, CompanyEvent fact)
    {
        if (FactCount == Facts.Length)
        {
            var larger = new (int, CompanyId, CompanyEvent)[Math.Max(4, FactCount * 2)];
            Facts.CopyTo(larger, 0);
            Facts = larger;
        }

        Facts[FactCount++] = (row, emitter, fact);
    }

    /// <summary>An amount as digits x 10^min(zeros, 18) units of 1e-10, of which as many last digits as possible are zeros; not of one that is 0 or has too many digits.</summary>
    private static bool TryRead(decimal amount, out long digits, out int zeros)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        var (whole, power) = (unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]), UnitDecimals - ((bits[3] >> 16) & 0xFF));
        (digits, zeros) = (0, 0);
        if (bits[2] != 0 || bits[3] < 0 || whole == 0)
        {
            return false;
        }

        for (; whole % 10 == 0; whole /= 10)
        {
            power++;
        }

        zeros = power;
        for (; power > PowerMax; power--)
        {
            whole *= 10;
        }

        digits = (long)Math.Min(whole, long.MaxValue);
        return whole < long.MaxValue;
    }

    private int SlotOf(CashMovement movement) =>
        _slotNumbers.Of(Slot.Of(movement, Numbered(movement.From), Numbered(movement.To), NumberOf(movement.Amount.Currency)));

    private int Numbered(CompanyId? company) => company is { } one ? Places.NumberOf(one) : Slot.Outside;

    private int NumberOf(Currency currency)
    {
        var number = Array.IndexOf(Currencies, currency);
        if (number < 0)
        {
            number = Currencies.Length;
            Currencies = [.. Currencies, currency];
        }

        return number;
    }

    /// <param name="Digits">See <see cref="TryRead"/>.</param>
    /// <param name="Slot">Or <see cref="NoSlot"/> where what moves depends on the cut, or nothing does, or the amount has more digits than fit.</param>
    /// <param name="Zeros">How often ten divides the amount in units of 1e-10.</param>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Row(long Digits, int Slot, int Zeros)
    {
        public const int NoSlot = -1;

        /// <summary>With no zero behind its last digit.</summary>
        public decimal Amount
        {
            get
            {
                var power = Math.Min(Zeros, PowerMax) - UnitDecimals;
                var amount = unchecked(new decimal((int)Digits, (int)(Digits >> 32), 0, isNegative: false, (byte)Math.Max(0, -power)));
                for (; power > 0; power--)
                {
                    amount *= 10;
                }

                return amount;
            }
        }
    }

    /// <summary>
    /// What flows have in common: parties by their number among the places, the rest as it was recorded. A refund stands under the purchase that it
    /// lowers, from buyer to seller. Numbers only, so that it is saved as it lies.
    /// </summary>
    /// <param name="From">Or <see cref="Outside"/>.</param>
    /// <param name="To">Or <see cref="Outside"/>.</param>
    /// <param name="Currency">By its number.</param>
    /// <param name="KindCode">Of the flow.</param>
    /// <param name="Nature">Twice the category, and one more in kind.</param>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Slot(int From, int To, ushort Currency, byte KindCode, byte Nature)
    {
        public const int Outside = -1;

        public FlowKind Kind => (FlowKind)KindCode;

        public bool InKind => (Nature & 1) != 0;

        public ExternalCategory? Category => Nature < 2 ? null : (ExternalCategory)(Nature / 2);

        public bool IsRevenue => From == Outside && Category == ExternalCategory.Revenue;

        public bool IsBetweenCompanies => From != Outside && To != Outside;

        public int Hash
        {
            get
            {
                unchecked
                {
                    var parties = ((ulong)(uint)From << 32) | (uint)To;
                    var rest = ((ulong)Currency << 16) | ((ulong)KindCode << 8) | Nature;
                    return (int)(((parties ^ (rest * 0xD6E8FEB86659FD93UL)) * 0x9E3779B97F4A7C15UL) >> 32);
                }
            }
        }

        public static Slot Of(CashMovement movement, int from, int to, int currency)
        {
            var (kind, nature) = ((byte)movement.Kind, (byte)(((int)(movement.Category ?? default) * 2) + (movement.InKind ? 1 : 0)));
            return movement.Kind == FlowKind.Refund ? new(to, from, (ushort)currency, kind, nature) : new(from, to, (ushort)currency, kind, nature);
        }
    }

    private sealed record SlotOrder(int Count, int[] Order);
}
