using System.Runtime.InteropServices;
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
    private static readonly ulong[] s_powers = [.. Enumerable.Range(0, UnitDecimals + 1).Select(exponent => (ulong)(1 / Apportion.Unit(exponent)))];

    private readonly ExchangeRates _rates;
    private readonly FlowWindow _window;
    private readonly FlowOptions _options;

    // Companies and pairs by the order in which they were first met; one that nothing is left of stays, with a count of 0.
    private readonly Dictionary<CompanyId, int> _numbers;
    private readonly List<CompanyId> _companies;
    private readonly List<Outside> _outside;
    private readonly Dictionary<long, int> _places;
    private readonly List<Pair> _pairs;
    private readonly Dictionary<Currency, int> _currencies;

    // How many amounts end in so many zeros: the finest place among them is the unit, also after some have left.
    private readonly int[] _zeros;
    private int _untold;

    // Companies by id and pairs by payer and payee, as of when a matrix was made last: a copy that has met no other needs no sorting.
    private int[] _byId = [];
    private int[] _inOrder = [];

    /// <param name="rates">Known at the cut.</param>
    /// <param name="window">Flows outside it are passed over.</param>
    /// <param name="options">Kinds, currency, in kind.</param>
    public FlowLedger(ExchangeRates rates, FlowWindow window, FlowOptions options)
    {
        (_rates, _window, _options) = (rates, window, options);
        (_numbers, _companies, _outside, _places, _pairs, _currencies, _zeros) = ([], [], [], [], [], [], new int[40]);
    }

    /// <summary>A copy: what is added to one does not show in the other.</summary>
    public FlowLedger(FlowLedger other)
    {
        (_rates, _window, _options, _untold, _byId, _inOrder) = (other._rates, other._window, other._options, other._untold, other._byId, other._inOrder);
        (_numbers, _companies, _outside, _places) = (new(other._numbers), [.. other._companies], [.. other._outside], new(other._places));
        (_pairs, _currencies, _zeros) = ([.. other._pairs], new(other._currencies), [.. other._zeros]);
    }

    /// <param name="recorded">Its flows.</param>
    /// <param name="isCompany">Whether a holder is a company; any other is outside.</param>
    public void Add(RecordedEvent recorded, Func<HolderId, bool> isCompany) => Put(recorded, isCompany, 1);

    /// <summary>Takes back an event that was added, with the same companies.</summary>
    public void Remove(RecordedEvent recorded, Func<HolderId, bool> isCompany) => Put(recorded, isCompany, -1);

    /// <param name="flows">All that are in, in fold order: read only for the events behind a pair, and where there is no matrix, to say why.</param>
    public FlowOutcome<FlowMatrix> ToMatrix(Func<IEnumerable<DatedFlow>> flows)
    {
        if (_untold > 0 || (_options.ReportingCurrency is null && _currencies.Count > 1))
        {
            return FlowMatrixBuilder.Build(flows(), _rates, _window, _options);
        }

        var (gross, counts) = (new Int128[_companies.Count], new int[_companies.Count]);
        foreach (ref readonly var pair in CollectionsMarshal.AsSpan(_pairs))
        {
            var units = pair.Sums.Paid + pair.Sums.Refunded;
            gross[pair.From] += units;
            gross[pair.To] += units;
            counts[pair.From] += pair.Count;
            counts[pair.To] += pair.Count;
        }

        for (var i = 0; i < gross.Length; i++)
        {
            gross[i] += _outside[i].Received + _outside[i].Paid;
            counts[i] += _outside[i].Count;
        }

        return gross.Any(units => units >= s_limit) ? FlowMatrixBuilder.Build(flows(), _rates, _window, _options) : FlowOutcome<FlowMatrix>.Of(Matrix(counts, flows));
    }

    private FlowMatrix Matrix(int[] counts, Func<IEnumerable<DatedFlow>> flows)
    {
        var zeros = Array.FindIndex(_zeros, count => count > 0) is >= 0 and var finest ? finest : UnitDecimals;
        var (divisor, unit) = (Int128.One, Apportion.Unit(Money.Decimals));
        for (var i = 0; i < zeros; i++)
        {
            (divisor, unit) = (divisor * 10, unit * 10);
        }

        Sort();
        var (companies, outside, numbers) = (new List<CompanyId>(counts.Length), new List<OutsideFlow>(counts.Length), new int[counts.Length]);
        foreach (var i in _byId.Where(i => counts[i] > 0))
        {
            numbers[i] = companies.Count;
            companies.Add(_companies[i]);
            outside.Add(new(_outside[i].Received / divisor, _outside[i].Paid / divisor, _outside[i].Revenue / divisor));
        }

        CompanyId[] named = [.. companies];
        var events = new Events(() => flows().Where(flow => _window.Contains(flow.At) && _options.Take(flow.Movement)), named);
        var all = CollectionsMarshal.AsSpan(_pairs);
        var pairs = new List<PairFlow>(all.Length);
        foreach (var place in _inOrder)
        {
            ref readonly var pair = ref all[place];
            if (pair.Count > 0)
            {
                var (from, to) = (numbers[pair.From], numbers[pair.To]);
                pairs.Add(new(from, to, pair.Sums.In(divisor), events, (from * named.Length) + to));
            }
        }

        Currency? currency = _options.ReportingCurrency ?? (_currencies.Count == 1 ? _currencies.Keys.Single() : null);
        return new(currency, named, [.. pairs], [.. outside], Numbers.Normalise(unit));
    }

    private void Sort()
    {
        if (_byId.Length == _companies.Count && _inOrder.Length == _pairs.Count)
        {
            return;
        }

        (_byId, _inOrder) = ([.. Enumerable.Range(0, _companies.Count)], [.. Enumerable.Range(0, _pairs.Count)]);
        Array.Sort(_companies.ToArray(), _byId);
        var (rank, keys) = (new int[_byId.Length], new long[_inOrder.Length]);
        for (var i = 0; i < rank.Length; i++)
        {
            rank[_byId[i]] = i;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Key(rank[_pairs[i].From], rank[_pairs[i].To]);
        }

        Array.Sort(keys, _inOrder);
    }

    private void Put(RecordedEvent recorded, Func<HolderId, bool> isCompany, int sign)
    {
        if (!_window.Contains(recorded.Header.EffectiveAt))
        {
            return;
        }

        if (recorded.Event is DividendDeclared dividend)
        {
            foreach (var share in Movements.Shares(recorded.Header.Emitter, dividend, isCompany))
            {
                Put(share, recorded.Header.EffectiveAt, sign);
            }
        }
        else if (Movements.Single(recorded.Header.Emitter, recorded.Event, isCompany) is { } moved)
        {
            Put(moved, recorded.Header.EffectiveAt, sign);
        }
    }

    private void Put(in Moved moved, Instant at, int sign)
    {
        if (!_options.Take(moved))
        {
            return;
        }

        Count(moved.Amount.Currency, sign);
        if (_rates.Convert(moved.Amount, _options.ReportingCurrency ?? moved.Amount.Currency, at) is not ({ } amount and > 0 and < Money.TotalLimit))
        {
            _untold += sign;
            return;
        }

        var (units, zeros) = InUnits(amount);
        _zeros[zeros] += sign;
        if (moved is { From: { } payer, To: { } payee })
        {
            // A refund lowers what its receiver paid.
            var (from, to) = moved.Kind == FlowKind.Refund ? (NumberOf(payee), NumberOf(payer)) : (NumberOf(payer), NumberOf(payee));
            ref var pair = ref PairOf(from, to);
            pair.Sums.Add(moved.Kind, units * sign);
            pair.Count += sign;
        }
        else if ((moved.From ?? moved.To) is { } company)
        {
            var number = NumberOf(company);
            _outside[number] = _outside[number].With(moved, units * sign, sign);
        }
    }

    /// <summary>An amount above 0 of at most 10 decimals, in units of 1e-10, and how many zeros these end in.</summary>
    private static (Int128 Units, int Zeros) InUnits(decimal amount)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(amount, words);
        var low = unchecked(((ulong)(uint)words[1] << 32) | (uint)words[0]);
        if (words[2] != 0 || amount.Scale > UnitDecimals)
        {
            // Digits beyond 64 bits, or zeros behind the tenth decimal.
            var (units, zeros) = ((Int128)(amount * 1e10m), 0);
            for (var rest = units; rest % 10 == 0; rest /= 10)
            {
                zeros++;
            }

            return (units, zeros);
        }

        var ending = UnitDecimals - amount.Scale;
        for (var rest = low; rest % 10 == 0; rest /= 10)
        {
            ending++;
        }

        var high = Math.BigMul(low, s_powers[UnitDecimals - amount.Scale], out var lower);
        return (new(high, lower), ending);
    }

    private int NumberOf(CompanyId company)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, company, out var isKnown);
        if (!isKnown)
        {
            number = _companies.Count;
            _companies.Add(company);
            _outside.Add(default);
        }

        return number;
    }

    private ref Pair PairOf(int from, int to)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, Key(from, to), out var isKnown);
        if (!isKnown)
        {
            place = _pairs.Count;
            _pairs.Add(new() { From = from, To = to });
        }

        return ref CollectionsMarshal.AsSpan(_pairs)[place];
    }

    private static long Key(int from, int to) => ((long)from << 32) | (uint)to;

    private void Count(Currency currency, int sign)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_currencies, currency, out _);
        count += sign;
        if (count == 0)
        {
            _currencies.Remove(currency);
        }
    }

    private struct Pair
    {
        public required int From;
        public required int To;
        public PairSums Sums;
        public int Count;
    }

    private readonly record struct Outside(Int128 Received, Int128 Paid, Int128 Revenue, int Count)
    {
        public Outside With(in Moved moved, Int128 units, int sign) =>
            moved.From is not null
                ? this with { Paid = Paid + units, Count = Count + sign }
                : this with { Received = Received + units, Revenue = Revenue + (moved.Category == ExternalCategory.Revenue ? units : 0), Count = Count + sign };
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
