using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The paid flows of a book as rows of numbers, so that the matrix of a window is a sum over a range of rows: some ten nanoseconds a flow,
/// and no object for each. Only for flows of one currency that is also the answer's; else, and where a total would come too near its limit,
/// there is no matrix here and <see cref="FlowMatrixBuilder"/> answers, whose result this one's must equal.
/// </summary>
internal sealed class FlowColumns
{
    private static readonly Int128 UnitsLimit = (Int128)Money.TotalLimit * 10_000_000_000;

    private readonly List<Row> _rows = [];
    private readonly Dictionary<CompanyId, int> _companies = [];
    private readonly List<CompanyId> _names = [];
    private readonly Dictionary<(int, int), int> _pairNumbers = [];
    private readonly List<(int From, int To)> _pairs = [];
    private readonly List<Currency> _currencies = [];
    private int[] _companyOrder = [];
    private int[] _pairOrder = [];

    // Kept from question to question: so large an array would be collected with all that has lived long, which costs more than the sums.
    private PairSums[] _sums = [];

    /// <summary>Adds the next event's row; its number is the count before.</summary>
    public void Add(RecordedEvent recorded)
    {
        // Whether a holder is a company depends on the cut: such events have no row of their own.
        var movements = recorded.Event is DividendDeclared or SharesRepurchased ? [] : Movements.Of(recorded.Envelope, _ => true);
        if (movements is not [var movement])
        {
            _rows.Add(new(-1, default, 0, 0, 0, IsPlain: false, InKind: false, default));
            return;
        }

        var isRefund = movement.Kind == FlowKind.Refund;
        var (from, to) = isRefund ? (movement.To, movement.From) : (movement.From, movement.To);
        var units = (Int128)(movement.Amount.Amount * 1e10m);
        var outside = from is null || to is null;
        _rows.Add(new(
            outside ? NumberOf((from ?? to)!.Value) : PairOf(NumberOf(from!.Value), NumberOf(to!.Value)),
            movement.Kind,
            (byte)CurrencyOf(movement.Amount.Currency),
            TrailingZeros(units),
            units,
            IsPlain: _currencies.Count < byte.MaxValue && from != to,
            movement.InKind,
            !outside ? OutsideWay.None : to is null ? OutsideWay.Paid : movement.Category == ExternalCategory.Revenue ? OutsideWay.Revenue : OutsideWay.Received));
    }

    /// <summary>Null when there is none here.</summary>
    /// <param name="rows">The rows that count in the window, in fold order.</param>
    /// <param name="options">Kinds, currency, in kind.</param>
    /// <param name="referenceOf">The event of a row.</param>
    public FlowMatrix? Matrix(List<int> rows, FlowOptions options, Func<int, EventReference> referenceOf)
    {
        if (_sums.Length < _pairs.Count)
        {
            _sums = new PairSums[_pairs.Count];
        }

        Array.Clear(_sums);
        var sums = _sums.AsSpan(0, _pairs.Count);
        var outside = new (Int128 Received, Int128 Paid, Int128 Revenue)[_names.Count];
        var (currency, zeros, takesAll) = (-1, int.MaxValue, options.Kinds.Count == 0);
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);
        foreach (var number in rows)
        {
            ref readonly var row = ref all[number];
            if (!row.IsPlain)
            {
                return null;
            }

            if (!Takes(row, options, takesAll))
            {
                continue;
            }

            if (currency != row.Currency)
            {
                if (currency >= 0)
                {
                    return null;
                }

                currency = row.Currency;
            }

            zeros = Math.Min(zeros, row.Zeros);
            switch (row.Outside)
            {
                case OutsideWay.None:
                    sums[row.Place].Add(row.Kind, row.Units);
                    break;
                case OutsideWay.Paid:
                    outside[row.Place].Paid += row.Units;
                    break;
                default:
                    outside[row.Place].Received += row.Units;
                    outside[row.Place].Revenue += row.Outside == OutsideWay.Revenue ? row.Units : 0;
                    break;
            }
        }

        var told = currency < 0 ? (Currency?)null : _currencies[currency];
        return (options.ReportingCurrency is { } asked && asked != told) || zeros >= byte.MaxValue || IsTooLarge(sums, outside)
            ? null
            : Build(told, sums, outside, zeros, new RowEvents(this, rows, options, referenceOf));
    }

    private FlowMatrix Build(Currency? currency, Span<PairSums> sums, (Int128 Received, Int128 Paid, Int128 Revenue)[] outside, int zeros, RowEvents events)
    {
        Sort();
        var present = new bool[_names.Count];
        for (var pair = 0; pair < sums.Length; pair++)
        {
            if (sums[pair].IsPresent)
            {
                present[_pairs[pair].From] = present[_pairs[pair].To] = true;
            }
        }

        for (var company = 0; company < outside.Length; company++)
        {
            present[company] |= outside[company].Received > 0 || outside[company].Paid > 0;
        }

        var companies = _companyOrder.Where(company => present[company]).ToArray();
        var places = new int[_names.Count];
        for (var place = 0; place < companies.Length; place++)
        {
            places[companies[place]] = place;
        }

        var divisor = Int128.One;
        for (var i = 0; i < zeros; i++)
        {
            divisor *= 10;
        }

        var pairs = new List<PairFlow>(_pairOrder.Length);
        foreach (var pair in _pairOrder)
        {
            if (sums[pair].IsPresent)
            {
                pairs.Add(new(places[_pairs[pair].From], places[_pairs[pair].To], sums[pair].In(divisor), events, pair));
            }
        }

        return new(
            currency,
            [.. companies.Select(company => _names[company])],
            [.. pairs],
            [.. companies.Select(company => new OutsideFlow(outside[company].Received / divisor, outside[company].Paid / divisor, outside[company].Revenue / divisor))],
            UnitOf(zeros));
    }

    private static bool Takes(in Row row, FlowOptions options, bool takesAll) =>
        (options.InKind || !row.InKind)
        && (takesAll || row.Outside != OutsideWay.None || options.Kinds.Contains(row.Kind == FlowKind.Refund ? FlowKind.Purchase : row.Kind));

    private bool IsTooLarge(Span<PairSums> sums, (Int128 Received, Int128 Paid, Int128 Revenue)[] outside)
    {
        var gross = outside.Select(o => o.Received + o.Paid).ToArray();
        for (var pair = 0; pair < sums.Length; pair++)
        {
            gross[_pairs[pair].From] += sums[pair].Paid + sums[pair].Refunded;
            gross[_pairs[pair].To] += sums[pair].Paid + sums[pair].Refunded;
        }

        return gross.Any(total => total >= UnitsLimit);
    }

    private void Sort()
    {
        if (_companyOrder.Length != _names.Count)
        {
            _companyOrder = [.. Enumerable.Range(0, _names.Count).OrderBy(company => _names[company])];
        }
        else if (_pairOrder.Length == _pairs.Count)
        {
            return;
        }

        var ranks = new int[_names.Count];
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            ranks[_companyOrder[rank]] = rank;
        }

        _pairOrder = [.. Enumerable.Range(0, _pairs.Count).OrderBy(pair => ((long)ranks[_pairs[pair].From] << 32) | (uint)ranks[_pairs[pair].To])];
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

    private int PairOf(int from, int to)
    {
        if (!_pairNumbers.TryGetValue((from, to), out var number))
        {
            _pairNumbers.Add((from, to), number = _pairs.Count);
            _pairs.Add((from, to));
        }

        return number;
    }

    private int CurrencyOf(Currency currency)
    {
        var number = _currencies.IndexOf(currency);
        if (number < 0 && _currencies.Count < byte.MaxValue)
        {
            number = _currencies.Count;
            _currencies.Add(currency);
        }

        return Math.Max(0, number);
    }

    /// <summary>How often ten divides it; nothing at all has no say in the unit.</summary>
    private static byte TrailingZeros(Int128 units)
    {
        byte zeros = 0;
        for (; units != 0 && units % 10 == 0; units /= 10)
        {
            zeros++;
        }

        return units == 0 ? byte.MaxValue : zeros;
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

    private enum OutsideWay : byte
    {
        None,
        Paid,
        Received,
        Revenue,
    }

    // Place: the pair's number, or the company's where the other side is outside. Units of 1e-10, of which so many last digits are zeros.
    private readonly record struct Row(int Place, FlowKind Kind, byte Currency, byte Zeros, Int128 Units, bool IsPlain, bool InKind, OutsideWay Outside);

    /// <summary>The events behind a pair, looked up when one is first asked for: a figure is drilled into far less often than it is shown.</summary>
    private sealed class RowEvents(FlowColumns columns, List<int> rows, FlowOptions options, Func<int, EventReference> referenceOf) : IPairEvents
    {
        private readonly Lazy<ILookup<int, int>> _rowsOf = new(() => rows
            .Where(row => columns._rows[row].Outside == OutsideWay.None && Takes(columns._rows[row], options, options.Kinds.Count == 0))
            .ToLookup(row => columns._rows[row].Place));

        public IEnumerable<(FlowKind Kind, EventReference Event)> Of(int pair) => _rowsOf.Value[pair].Select(row => (columns._rows[row].Kind, referenceOf(row)));
    }
}
