using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The paid flows of a book as rows of numbers: sixteen bytes each, and a slot that says all the rest. A slot stands for all flows of one kind
/// from one party to another in one currency, so that the flows of a window are one addition a row (<see cref="FlowSums"/>), and what is taken
/// and told is decided once a slot.
/// </summary>
internal sealed class FlowColumns
{
    /// <summary>The power of ten above which a row's digits are multiplied out, so that the rest fits 64 bits.</summary>
    public const int PowerMax = 18;

    private const int UnitDecimals = 10;

    private readonly List<Row> _rows = [];
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<Slot, int> _slotNumbers = [];
    private readonly Dictionary<CompanyId, int> _companies = [];
    private readonly List<CompanyId> _names = [];
    private readonly List<Currency> _currencies = [];
    private int[] _companyOrder = [];
    private int[] _slotOrder = [];
    private int _sortedSlots;

    /// <summary>In the order in which they were added.</summary>
    public ReadOnlySpan<Row> Rows => CollectionsMarshal.AsSpan(_rows);

    public ReadOnlySpan<Slot> Slots => CollectionsMarshal.AsSpan(_slots);

    public int CompanyCount => _names.Count;

    public CompanyId CompanyOf(int number) => _names[number];

    public Currency CurrencyOf(in Slot slot) => _currencies[slot.Currency];

    /// <summary>All companies by id.</summary>
    public ReadOnlySpan<int> CompanyOrder
    {
        get
        {
            Sort();
            return _companyOrder;
        }
    }

    /// <summary>The slots between two companies, by payer, then payee.</summary>
    public ReadOnlySpan<int> SlotOrder
    {
        get
        {
            Sort();
            return _slotOrder;
        }
    }

    /// <summary>Adds the next event's row; its number is the count before.</summary>
    public void Add(RecordedEvent recorded)
    {
        // Whether a holder is a company depends on the cut: such events have no slot until somebody asks.
        var movement = recorded.Event is DividendDeclared or SharesRepurchased ? null : Movements.Single(recorded.Header.Emitter, recorded.Event, _ => true);
        _rows.Add(movement is not null && movement.From != movement.To && TryRead(movement.Amount.Amount, out var digits, out var zeros)
            ? new(digits, SlotOf(movement, movement.Amount.Currency), zeros)
            : new(0, Row.NoSlot, 0));
    }

    /// <summary>The slot of a movement when it is told in a currency.</summary>
    public int SlotOf(CashMovement movement, Currency currency)
    {
        // A refund lowers what its receiver paid.
        var (from, to) = movement.Kind == FlowKind.Refund ? (movement.To, movement.From) : (movement.From, movement.To);
        var slot = new Slot(
            from is { } payer ? NumberOf(payer) : Slot.Outside,
            to is { } payee ? NumberOf(payee) : Slot.Outside,
            movement.Kind,
            movement is { From: null, Category: ExternalCategory.Revenue },
            movement.InKind,
            NumberOf(currency));
        if (!_slotNumbers.TryGetValue(slot, out var number))
        {
            _slotNumbers.Add(slot, number = _slots.Count);
            _slots.Add(slot);
        }

        return number;
    }

    /// <summary>An amount as digits x 10^min(zeros, 18) units of 1e-10, of which as many last digits as possible are zeros; not of one that is 0 or has too many digits.</summary>
    private static bool TryRead(decimal amount, out long digits, out byte zeros)
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

        zeros = (byte)power;
        for (; power > PowerMax; power--)
        {
            whole *= 10;
        }

        digits = (long)Math.Min(whole, long.MaxValue);
        return whole < long.MaxValue;
    }

    private void Sort()
    {
        var isNew = _companyOrder.Length != _names.Count;
        if (isNew)
        {
            _companyOrder = [.. Enumerable.Range(0, _names.Count).OrderBy(company => _names[company])];
        }

        if (!isNew && _sortedSlots == _slots.Count)
        {
            return;
        }

        var ranks = new int[_names.Count];
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            ranks[_companyOrder[rank]] = rank;
        }

        _slotOrder = [.. Enumerable.Range(0, _slots.Count).Where(slot => _slots[slot].IsBetweenCompanies)];
        var keys = Array.ConvertAll(_slotOrder, slot => ((long)ranks[_slots[slot].From] << 32) | (uint)ranks[_slots[slot].To]);
        Array.Sort(keys, _slotOrder);
        _sortedSlots = _slots.Count;
    }

    private int NumberOf(CompanyId company)
    {
        if (!_companies.TryGetValue(company, out var number))
        {
            _companies.Add(company, number = _names.Count);
            _names.Add(company);
        }

        return number;
    }

    private int NumberOf(Currency currency)
    {
        var number = _currencies.IndexOf(currency);
        if (number < 0)
        {
            number = _currencies.Count;
            _currencies.Add(currency);
        }

        return number;
    }

    /// <param name="Digits">See <see cref="TryRead"/>.</param>
    /// <param name="Slot">Or <see cref="NoSlot"/> where what moves depends on the cut, or nothing does, or the amount has more digits than fit.</param>
    /// <param name="Zeros">How often ten divides the amount in units of 1e-10.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Row(long Digits, int Slot, byte Zeros)
    {
        public const int NoSlot = -1;
    }

    /// <summary>What flows have in common. A refund stands under the purchase that it lowers, from buyer to seller.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Slot(int From, int To, FlowKind Kind, bool IsRevenue, bool InKind, int Currency)
    {
        public const int Outside = -1;

        public bool IsBetweenCompanies => From != Outside && To != Outside;
    }
}
