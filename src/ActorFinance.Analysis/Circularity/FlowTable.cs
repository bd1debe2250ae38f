using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The first so many rows of the flows, as one question reads them on its own thread. Slots that a question needs and no row has (a dividend to a
/// company, an amount that is converted) are its own, behind the shared ones.
/// </summary>
/// <param name="columns">Appended to meanwhile.</param>
/// <param name="bounds">How much of them there was.</param>
/// <param name="view">The places of as many events.</param>
internal sealed class FlowTable(FlowColumns columns, FlowBounds bounds, PlacesView view)
{
    private readonly List<FlowColumns.Slot> _own = [];
    private readonly Dictionary<FlowColumns.Slot, int> _ownNumbers = [];
    private readonly List<Currency> _ownCurrencies = [];

    public FlowColumns Columns => columns;

    public int SlotCount => bounds.Slots + _own.Count;

    /// <summary>Numbers of companies are below this.</summary>
    public int CompanyCount => view.Companies.Length;

    /// <summary>All companies by id.</summary>
    public int[] CompanyOrder => view.Companies;

    /// <summary>The slots between two companies, by payer, then payee.</summary>
    public int[] SlotOrder
    {
        get
        {
            var shared = columns.OrderOf(bounds.Slots, view.Companies);
            if (_own.Count == 0)
            {
                return shared;
            }

            var ranks = new int[view.Companies.Length];
            for (var rank = 0; rank < ranks.Length; rank++)
            {
                ranks[view.Companies[rank]] = rank;
            }

            int[] order = [.. shared, .. Enumerable.Range(bounds.Slots, _own.Count).Where(slot => SlotAt(slot).IsBetweenCompanies)];
            var keys = Array.ConvertAll(order, slot => ((long)ranks[SlotAt(slot).From] << 32) | (uint)ranks[SlotAt(slot).To]);
            Array.Sort(keys, order);
            return order;
        }
    }

    public FlowColumns.Slot SlotAt(int number) => number < bounds.Slots ? columns.Slots[number] : _own[number - bounds.Slots];

    public CompanyId CompanyOf(int number) => columns.Places.CompanyOf(number);

    public Currency CurrencyOf(in FlowColumns.Slot slot) =>
        slot.Currency < bounds.Currencies.Length ? bounds.Currencies[slot.Currency] : _ownCurrencies[slot.Currency - bounds.Currencies.Length];

    /// <summary>The slot of a movement when it is told in a currency: one of this question's.</summary>
    public int SlotOf(CashMovement movement, Currency currency)
    {
        var slot = FlowColumns.Slot.Of(movement, Numbered(movement.From), Numbered(movement.To), NumberOf(currency));
        if (!_ownNumbers.TryGetValue(slot, out var number))
        {
            _ownNumbers.Add(slot, number = SlotCount);
            _own.Add(slot);
        }

        return number;
    }

    public int IndexOf(int row) => columns.Indexes[row];

    public EventReference ReferenceOf(int row) => new(columns.Places.OffsetOf(IndexOf(row)), columns.Places.IdOf(IndexOf(row)));

    /// <summary>What the event of a row moves.</summary>
    /// <param name="row">Below the count.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut.</param>
    public IEnumerable<DatedFlow> FlowsOf(int row, Func<HolderId, bool> isCompany)
    {
        var (at, reference) = (columns.Places.EffectiveAt(IndexOf(row)), ReferenceOf(row));
        var stored = columns.Rows[row];
        if (stored.Slot != FlowColumns.Row.NoSlot)
        {
            return [new(at, MovementOf(stored), reference)];
        }

        var (emitter, fact) = FactOf(row);
        return Movements.Of(emitter, fact, isCompany).Select(movement => new DatedFlow(at, movement, reference));
    }

    private CashMovement MovementOf(in FlowColumns.Row row)
    {
        var slot = columns.Slots[row.Slot];
        var (from, to) = slot.Kind == FlowKind.Refund ? (slot.To, slot.From) : (slot.From, slot.To);
        return new(
            Named(from),
            Named(to),
            Money.Of(row.Amount, CurrencyOf(slot)),
            slot.Kind,
            slot.Category,
            slot.InKind);
    }

    private (CompanyId Emitter, CompanyEvent Fact) FactOf(int row)
    {
        var (low, high) = (0, bounds.FactCount);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = bounds.Facts[middle].Row < row ? (middle + 1, high) : (low, middle);
        }

        return (bounds.Facts[low].Emitter, bounds.Facts[low].Fact);
    }

    private CompanyId? Named(int number) => number == FlowColumns.Slot.Outside ? null : CompanyOf(number);

    /// <summary>Whoever pays or is paid by an event that counts is a company that some event named.</summary>
    private int Numbered(CompanyId? company) => company is { } one ? view.NumberOf(one) : FlowColumns.Slot.Outside;

    private int NumberOf(Currency currency)
    {
        if (Array.IndexOf(bounds.Currencies, currency) is >= 0 and var shared)
        {
            return shared;
        }

        if (_ownCurrencies.IndexOf(currency) is >= 0 and var own)
        {
            return bounds.Currencies.Length + own;
        }

        _ownCurrencies.Add(currency);
        return bounds.Currencies.Length + _ownCurrencies.Count - 1;
    }
}

/// <summary>How much of the columns there was at a moment; what lies below never changes.</summary>
internal sealed record FlowBounds(int Slots, Currency[] Currencies, (int Row, CompanyId Emitter, CompanyEvent Fact)[] Facts, int FactCount)
{
    public static FlowBounds Of(FlowColumns columns) => new(columns.Slots.Count, columns.Currencies, columns.Facts, columns.FactCount);
}
