using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The flows of a window summed by pair and kind, from which flows can be taken again: the matrix of a list of events in which some have changed costs
/// the pairs that there are and the flows that changed, and not all flows once more. Must equal <see cref="FlowMatrixBuilder"/> over the flows exactly.
/// In units of 1e-10.
/// </summary>
public sealed class FlowLedger
{
    private const int UnitDecimals = Money.Decimals;
    private static readonly Int128 s_limit = (Int128)Money.TotalLimit * 10_000_000_000;

    private readonly ExchangeRates _rates;
    private readonly FlowWindow _window;
    private readonly FlowOptions _options;
    private readonly Dictionary<(CompanyId From, CompanyId To), Pair> _pairs;
    private readonly Dictionary<CompanyId, Outside> _outside;
    private readonly Dictionary<Currency, int> _currencies;

    // How many amounts end in so many zeros: the finest place among them is the unit, also after some have left.
    private readonly int[] _zeros;
    private int _untold;

    /// <param name="rates">Known at the cut.</param>
    /// <param name="window">Flows outside it are passed over.</param>
    /// <param name="options">Kinds, currency, in kind.</param>
    public FlowLedger(ExchangeRates rates, FlowWindow window, FlowOptions options)
    {
        (_rates, _window, _options) = (rates, window, options);
        (_pairs, _outside, _currencies, _zeros) = ([], [], [], new int[40]);
    }

    /// <summary>A copy: what is added to one does not show in the other.</summary>
    public FlowLedger(FlowLedger other)
    {
        (_rates, _window, _options, _untold) = (other._rates, other._window, other._options, other._untold);
        (_pairs, _outside, _currencies, _zeros) = (new(other._pairs), new(other._outside), new(other._currencies), [.. other._zeros]);
    }

    public void Add(DatedFlow flow) => Put(flow, 1);

    /// <summary>Takes back a flow that was added.</summary>
    public void Remove(DatedFlow flow) => Put(flow, -1);

    /// <param name="flows">All that are in, in fold order: read only for the events behind a pair, and where there is no matrix, to say why.</param>
    public FlowOutcome<FlowMatrix> ToMatrix(Func<IEnumerable<DatedFlow>> flows)
    {
        if (_untold > 0 || (_options.ReportingCurrency is null && _currencies.Count > 1))
        {
            return FlowMatrixBuilder.Build(flows(), _rates, _window, _options);
        }

        var gross = new Dictionary<CompanyId, Int128>();
        void Gross(CompanyId company, Int128 units) => gross[company] = gross.GetValueOrDefault(company) + units;
        foreach (var ((from, to), pair) in _pairs)
        {
            Gross(from, pair.Sums.Paid + pair.Sums.Refunded);
            Gross(to, pair.Sums.Paid + pair.Sums.Refunded);
        }

        foreach (var (company, outside) in _outside)
        {
            Gross(company, outside.Received + outside.Paid);
        }

        return gross.Values.Any(units => units >= s_limit)
            ? FlowMatrixBuilder.Build(flows(), _rates, _window, _options)
            : FlowOutcome<FlowMatrix>.Of(Matrix([.. gross.Keys.Order()], flows));
    }

    private FlowMatrix Matrix(CompanyId[] companies, Func<IEnumerable<DatedFlow>> flows)
    {
        var zeros = Array.FindIndex(_zeros, count => count > 0) is >= 0 and var finest ? finest : UnitDecimals;
        var (divisor, unit) = (Int128.One, Apportion.Unit(Money.Decimals));
        for (var i = 0; i < zeros; i++)
        {
            (divisor, unit) = (divisor * 10, unit * 10);
        }

        var numbers = companies.Index().ToDictionary(company => company.Item, company => company.Index);
        var events = new Events(() => flows().Where(flow => _window.Contains(flow.At) && _options.Take(flow.Movement)), companies);
        var pairs = _pairs
            .Select(pair => (From: numbers[pair.Key.From], To: numbers[pair.Key.To], pair.Value.Sums))
            .OrderBy(pair => ((long)pair.From << 32) | (uint)pair.To)
            .Select(pair => new PairFlow(pair.From, pair.To, pair.Sums.In(divisor), events, (pair.From * companies.Length) + pair.To));
        var outside = companies.Select(company => _outside.GetValueOrDefault(company))
            .Select(one => new OutsideFlow(one.Received / divisor, one.Paid / divisor, one.Revenue / divisor));
        Currency? currency = _options.ReportingCurrency ?? (_currencies.Count == 1 ? _currencies.Keys.Single() : null);
        return new(currency, companies, [.. pairs], [.. outside], Numbers.Normalise(unit));
    }

    private void Put(DatedFlow flow, int sign)
    {
        var movement = flow.Movement;
        if (!_window.Contains(flow.At) || !_options.Take(movement))
        {
            return;
        }

        Count(_currencies, movement.Amount.Currency, sign);
        if (_rates.Convert(movement.Amount, _options.ReportingCurrency ?? movement.Amount.Currency, flow.At) is not ({ } amount and > 0 and < Money.TotalLimit))
        {
            _untold += sign;
            return;
        }

        var (units, zeros) = ((Int128)(amount * 1e10m), 0);
        for (var rest = units; rest % 10 == 0; rest /= 10)
        {
            zeros++;
        }

        _zeros[zeros] += sign;
        if (movement is { From: { } payer, To: { } payee })
        {
            // A refund lowers what its receiver paid.
            var key = movement.Kind == FlowKind.Refund ? (payee, payer) : (payer, payee);
            var pair = _pairs.GetValueOrDefault(key).With(movement.Kind, units * sign, sign);
            Keep(_pairs, key, pair, pair.Count);
        }
        else if ((movement.From ?? movement.To) is { } company)
        {
            var outside = _outside.GetValueOrDefault(company).With(movement, units * sign, sign);
            Keep(_outside, company, outside, outside.Count);
        }
    }

    private static void Count(Dictionary<Currency, int> counts, Currency currency, int sign)
    {
        var count = counts.GetValueOrDefault(currency) + sign;
        Keep(counts, currency, count, count);
    }

    private static void Keep<TKey, TValue>(Dictionary<TKey, TValue> values, TKey key, TValue value, int count)
        where TKey : notnull
    {
        if (count == 0)
        {
            values.Remove(key);
        }
        else
        {
            values[key] = value;
        }
    }

    private readonly record struct Pair(PairSums Sums, int Count)
    {
        public Pair With(FlowKind kind, Int128 units, int sign)
        {
            var sums = Sums;
            sums.Add(kind, units);
            return new(sums, Count + sign);
        }
    }

    private readonly record struct Outside(Int128 Received, Int128 Paid, Int128 Revenue, int Count)
    {
        public Outside With(CashMovement movement, Int128 units, int sign) =>
            movement.From is not null
                ? this with { Paid = Paid + units, Count = Count + sign }
                : this with { Received = Received + units, Revenue = Revenue + (movement.Category == ExternalCategory.Revenue ? units : 0), Count = Count + sign };
    }

    private sealed class Events(Func<IEnumerable<DatedFlow>> flows, CompanyId[] companies) : IPairEvents
    {
        private readonly Lazy<ILookup<(CompanyId, CompanyId), (FlowKind, EventReference)>> _of = new(() => flows()
            .Where(flow => flow.Movement is { From: not null, To: not null })
            .ToLookup(
                flow => flow.Movement.Kind == FlowKind.Refund ? (flow.Movement.To!.Value, flow.Movement.From!.Value) : (flow.Movement.From!.Value, flow.Movement.To!.Value),
                flow => (flow.Movement.Kind, flow.Event)));

        public IEnumerable<(FlowKind Kind, EventReference Event)> Of(int pair) => _of.Value[(companies[pair / companies.Length], companies[pair % companies.Length])];
    }
}
