using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The sums of the flows that are in, by slot, and the matrix that they make. Rows go in and out again at the same price, so that a series of
/// windows costs one pass and not one pass a window. In units of 1e-10, exact: no row is above 1e26 of them and 2^31 rows cannot come near
/// the limit of 128 bits.
/// </summary>
internal sealed class FlowSums
{
    /// <summary>Of a number of 128 bits.</summary>
    private const int DigitsMax = 39;

    private static readonly Int128 UnitsLimit = (Int128)Money.TotalLimit * 10_000_000_000;
    private static readonly long[] Powers = [.. Enumerable.Range(0, FlowColumns.PowerMax + 1).Select(power => (long)PowerOf(power))];

    private readonly FlowTable _table;
    private readonly FlowOptions _options;
    private readonly ExchangeRates _rates;
    private readonly Func<HolderId, bool> _isCompany;
    private readonly Dictionary<int, Resolved?> _resolved = [];

    // How many rows there are of each number of zeros: the finest place among them says the unit, also after some have left.
    private readonly int[] _zeros = new int[DigitsMax];
    private Int128[] _sums;
    private Route[] _routes = [];
    private int _routed;
    private int _unresolved;

    /// <param name="table">The rows.</param>
    /// <param name="options">Kinds, currency, in kind.</param>
    /// <param name="rates">Known at the cut.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut; asked only where the row does not say.</param>
    public FlowSums(FlowTable table, FlowOptions options, ExchangeRates rates, Func<HolderId, bool> isCompany)
    {
        (_table, _options, _rates, _isCompany, _sums) = (table, options, rates, isCompany, table.Columns.TakeSums());
        Grow();
        Clear();
    }

    private enum Route : byte
    {
        Added,
        LeftOut,
        Converted,
    }

    /// <summary>Nothing is asked any more but which events stand behind a pair.</summary>
    public void Close() => _table.Columns.BringBack(Interlocked.Exchange(ref _sums, []));

    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_zeros);
        _unresolved = 0;
    }

    public void Add(RowRange rows) => Sum(rows, 1);

    public void Remove(RowRange rows) => Sum(rows, -1);

    /// <summary>The matrix of what is in; null where there is none, or not from here: <see cref="FlowMatrixBuilder"/> says why.</summary>
    /// <param name="rows">Those that are in, in fold order.</param>
    public FlowMatrix? ToMatrix(RowRange rows)
    {
        if (_unresolved > 0 || !TryCurrency(out var currency))
        {
            return null;
        }

        var gross = new Int128[_table.CompanyCount];
        var outside = new (Int128 Received, Int128 Paid, Int128 Revenue)[gross.Length];
        for (var number = 0; number < _table.SlotCount; number++)
        {
            var (slot, units) = (_table.SlotAt(number), _sums[number]);
            if (units == 0)
            {
                continue;
            }

            if (slot.From != FlowColumns.Slot.Outside)
            {
                gross[slot.From] += units;
                outside[slot.From].Paid += slot.To == FlowColumns.Slot.Outside ? units : 0;
            }

            if (slot.To != FlowColumns.Slot.Outside)
            {
                gross[slot.To] += units;
                if (slot.From == FlowColumns.Slot.Outside)
                {
                    outside[slot.To].Received += units;
                    outside[slot.To].Revenue += slot.IsRevenue ? units : 0;
                }
            }
        }

        return Array.Exists(gross, total => total >= UnitsLimit) ? null : Build(currency, gross, outside, new RowEvents(this, rows));
    }

    private FlowMatrix Build(Currency? currency, Int128[] gross, (Int128 Received, Int128 Paid, Int128 Revenue)[] outside, RowEvents events)
    {
        // Everything below is in units of the finest place among the amounts; of nothing it is 1.
        var zeros = Array.FindIndex(_zeros, count => count > 0) is >= 0 and var finest ? finest : 10;
        var divisor = PowerOf(zeros);
        var companies = new List<int>(gross.Length);
        var places = new int[gross.Length];
        foreach (var company in _table.CompanyOrder)
        {
            places[company] = companies.Count;
            if (gross[company] != 0)
            {
                companies.Add(company);
            }
        }

        var pairs = new List<PairFlow>();
        var order = _table.SlotOrder;
        for (var i = 0; i < order.Length;)
        {
            var (first, sums) = (_table.SlotAt(order[i]), default(PairSums));
            var number = order[i];
            for (; i < order.Length && _table.SlotAt(order[i]) is var slot && slot.From == first.From && slot.To == first.To; i++)
            {
                sums.Add(slot.Kind, _sums[order[i]]);
            }

            if (sums.IsPresent)
            {
                pairs.Add(new(places[first.From], places[first.To], sums.In(divisor), events, number));
            }
        }

        return new(
            currency,
            [.. companies.Select(_table.CompanyOf)],
            [.. pairs],
            [.. companies.Select(company => new OutsideFlow(outside[company].Received / divisor, outside[company].Paid / divisor, outside[company].Revenue / divisor))],
            UnitOf(zeros));
    }

    private void Sum(RowRange range, int sign)
    {
        var rows = _table.Columns.Rows;
        var (routes, sums) = (_routes, _sums);
        foreach (var number in range.Numbers)
        {
            ref readonly var row = ref rows[number];
            var route = row.Slot == FlowColumns.Row.NoSlot ? Route.Converted : routes[row.Slot];
            if (route == Route.Added)
            {
                _zeros[row.Zeros] += sign;
                unchecked
                {
                    sums[row.Slot] += Units(row) * sign;
                }
            }
            else if (route == Route.Converted)
            {
                SumResolved(number, sign);
                (routes, sums) = (_routes, _sums);
            }
        }
    }

    private static Int128 Units(in FlowColumns.Row row)
    {
        var high = Math.BigMul(row.Digits, Powers[Math.Min(row.Zeros, FlowColumns.PowerMax)], out var low);
        return unchecked(new((ulong)high, (ulong)low));
    }

    private void SumResolved(int row, int sign)
    {
        if (Resolve(row) is not { } resolved)
        {
            _unresolved += sign;
            return;
        }

        foreach (var (slot, units, zeros) in resolved.Parts)
        {
            _sums[slot] += units * sign;
            _zeros[zeros] += sign;
        }
    }

    /// <summary>The parts of a row that does not say them itself; null where they cannot be told.</summary>
    private Resolved? Resolve(int row)
    {
        if (_resolved.TryGetValue(row, out var known))
        {
            return known;
        }

        var parts = new List<(int Slot, Int128 Units, int Zeros)>();
        foreach (var flow in _table.FlowsOf(row, _isCompany).Where(flow => _options.Take(flow.Movement)))
        {
            var currency = _options.ReportingCurrency ?? flow.Movement.Amount.Currency;
            var amount = _rates.Convert(flow.Movement.Amount, currency, flow.At) ?? 0;
            if (amount == 0)
            {
                return _resolved[row] = null;
            }

            var (units, zeros) = ((Int128)(amount * 1e10m), 0);
            for (var rest = units; rest % 10 == 0; rest /= 10)
            {
                zeros++;
            }

            parts.Add((_table.SlotOf(flow.Movement, currency), units, zeros));
        }

        Grow();
        return _resolved[row] = new(parts);
    }

    /// <summary>Room for slots that came since, and for some more: converted amounts bring one after the other.</summary>
    private void Grow()
    {
        var count = _table.SlotCount;
        if (_sums.Length < count)
        {
            Array.Resize(ref _sums, Math.Max(count, _sums.Length + (_sums.Length / 4)));
        }

        if (_routes.Length < count)
        {
            Array.Resize(ref _routes, _sums.Length);
        }

        for (; _routed < count; _routed++)
        {
            var slot = _table.SlotAt(_routed);
            _routes[_routed] = (slot.InKind && !_options.InKind) || (slot.IsBetweenCompanies && !_options.TakesKind(slot.Kind)) ? Route.LeftOut
                : _options.ReportingCurrency is { } asked && asked != _table.CurrencyOf(slot) ? Route.Converted
                : Route.Added;
        }
    }

    /// <summary>False when there are several and none was asked for.</summary>
    private bool TryCurrency(out Currency? currency)
    {
        currency = _options.ReportingCurrency;
        for (var number = 0; number < _table.SlotCount; number++)
        {
            if (_sums[number] == 0)
            {
                continue;
            }

            var own = _table.CurrencyOf(_table.SlotAt(number));
            if (currency is { } told && told != own)
            {
                return false;
            }

            currency = own;
        }

        return true;
    }

    private static Int128 PowerOf(int zeros)
    {
        var power = Int128.One;
        for (var i = 0; i < zeros; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static decimal UnitOf(int zeros)
    {
        var unit = Apportion.Unit(Money.Decimals);
        for (var i = 0; i < zeros; i++)
        {
            unit *= 10;
        }

        return Numbers.Normalise(unit);
    }

    private sealed record Resolved(List<(int Slot, Int128 Units, int Zeros)> Parts);

    /// <summary>The events behind a pair, by the first of its slots.</summary>
    private sealed class RowEvents(FlowSums sums, RowRange rows) : IPairEvents
    {
        private readonly Lazy<ILookup<(int From, int To), (FlowKind Kind, int Row)>> _rowsOf = new(() => Entries(sums, rows).ToLookup(entry => entry.Pair, entry => (entry.Kind, entry.Row)));

        public IEnumerable<(FlowKind Kind, EventReference Event)> Of(int pair)
        {
            var slot = sums._table.SlotAt(pair);
            return _rowsOf.Value[(slot.From, slot.To)].Select(entry => (entry.Kind, sums._table.ReferenceOf(entry.Row)));
        }

        private static IEnumerable<((int From, int To) Pair, FlowKind Kind, int Row)> Entries(FlowSums sums, RowRange rows)
        {
            foreach (var number in rows.Numbers)
            {
                var row = sums._table.Columns.Rows[number];
                if (row.Slot != FlowColumns.Row.NoSlot && sums._routes[row.Slot] == Route.LeftOut)
                {
                    continue;
                }

                IEnumerable<int> slots = row.Slot != FlowColumns.Row.NoSlot && sums._routes[row.Slot] == Route.Added ? [row.Slot] : sums.Resolve(number)!.Parts.Select(part => part.Slot);
                foreach (var place in slots)
                {
                    var slot = sums._table.SlotAt(place);
                    if (slot.IsBetweenCompanies)
                    {
                        yield return ((slot.From, slot.To), slot.Kind, number);
                    }
                }
            }
        }
    }
}

/// <summary>Some rows that follow each other in fold order.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowRange(FoldOrderView Rows, int Start, int End)
{
    public FoldOrderView.Numbers Numbers => new(Rows, Start, End);
}
