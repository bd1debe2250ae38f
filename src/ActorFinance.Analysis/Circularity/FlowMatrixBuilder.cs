using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>Selects, converts and sums the flows of a window.</summary>
public static class FlowMatrixBuilder
{
    /// <param name="flows">In fold order; those outside the window and those that the options leave out are passed over.</param>
    /// <param name="rates">Known at the cut.</param>
    /// <param name="window">Applies to the flows; a rate may be older.</param>
    /// <param name="options">Kinds, currency, in kind.</param>
    public static FlowOutcome<FlowMatrix> Build(IEnumerable<DatedFlow> flows, ExchangeRates rates, FlowWindow window, FlowOptions options)
    {
        var taken = flows.Where(f => window.Contains(f.At) && options.Take(f.Movement)).ToArray();
        var currencies = taken.Select(f => f.Movement.Amount.Currency).Distinct().Order().ToValueList();
        if (options.ReportingCurrency is null && currencies.Count > 1)
        {
            return new FlowError.SeveralCurrencies(currencies);
        }

        Currency? currency = options.ReportingCurrency ?? (currencies.Count == 1 ? currencies[0] : null);
        var amounts = new decimal[taken.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            var money = taken[i].Movement.Amount;
            if (rates.Convert(money, currency!.Value, taken[i].At) is not { } converted)
            {
                return new FlowError.MissingRate(money.Currency, currency.Value, taken[i].At);
            }

            amounts[i] = converted;
        }

        return TooLarge(taken, amounts) is { } company
            ? new FlowError.TotalTooLarge(company)
            : FlowOutcome<FlowMatrix>.Of(Sum(currency, taken, amounts));
    }

    /// <summary>The company whose gross flows reach the limit of a total. Every figure told of a company is part of them.</summary>
    private static CompanyId? TooLarge(DatedFlow[] flows, decimal[] amounts)
    {
        var gross = new Dictionary<CompanyId, decimal>();
        for (var i = 0; i < flows.Length; i++)
        {
            foreach (var party in (CompanyId?[])[flows[i].Movement.From, flows[i].Movement.To])
            {
                if (party is not { } company)
                {
                    continue;
                }

                var total = gross[company] = gross.GetValueOrDefault(company) + amounts[i];
                if (total >= Money.TotalLimit)
                {
                    return company;
                }
            }
        }

        return null;
    }

    private static FlowMatrix Sum(Currency? currency, DatedFlow[] flows, decimal[] amounts)
    {
        var companies = flows
            .SelectMany(f => (CompanyId?[])[f.Movement.From, f.Movement.To])
            .OfType<CompanyId>()
            .Distinct()
            .Order()
            .ToArray();
        var numbers = companies.Index().ToDictionary(c => c.Item, c => c.Index);
        var unit = UnitOf(amounts);
        var pairs = new SortedDictionary<(int From, int To), (int Number, PairSums Sums)>();
        var events = new PairEvents();
        var outside = companies.Select(_ => new OutsideFlow(0, 0, 0)).ToArray();
        for (var i = 0; i < flows.Length; i++)
        {
            var (movement, reference) = (flows[i].Movement, flows[i].Event);
            var units = (Int128)(amounts[i] / unit);
            if (movement is { From: { } payer, To: { } payee })
            {
                // A refund lowers what its receiver paid.
                var (from, to) = movement.Kind == FlowKind.Refund ? (payee, payer) : (payer, payee);
                var place = (numbers[from], numbers[to]);
                var pair = pairs.TryGetValue(place, out var found) ? found : (pairs.Count, default);
                pair.Sums.Add(movement.Kind, units);
                pairs[place] = pair;
                events.Add(pair.Number, movement.Kind, reference);
            }
            else if ((movement.From ?? movement.To) is { } company)
            {
                var before = outside[numbers[company]];
                outside[numbers[company]] = movement.From is not null
                    ? before with { Paid = before.Paid + units }
                    : before with { Received = before.Received + units, Revenue = before.Revenue + (movement.Category == ExternalCategory.Revenue ? units : 0) };
            }
        }

        return new(currency, companies, [.. pairs.Select(p => new PairFlow(p.Key.From, p.Key.To, p.Value.Sums, events, p.Value.Number))], outside, unit);
    }

    private sealed class PairEvents : IPairEvents
    {
        private readonly Dictionary<int, List<(FlowKind, EventReference)>> _events = [];

        public void Add(int pair, FlowKind kind, EventReference reference)
        {
            if (!_events.TryGetValue(pair, out var list))
            {
                _events.Add(pair, list = []);
            }

            list.Add((kind, reference));
        }

        public IEnumerable<(FlowKind Kind, EventReference Event)> Of(int pair) => _events[pair];
    }

    /// <summary>
    /// The finest decimal place among the amounts, above the point too: amounts of whole billions count billions, so that the same book
    /// times a power of ten has the same integers, and ratios the same bits.
    /// </summary>
    private static decimal UnitOf(decimal[] amounts)
    {
        var decimals = amounts.Select(a => (int)Numbers.Normalise(a).Scale).DefaultIfEmpty(0).Max();
        if (decimals > 0)
        {
            return Apportion.Unit(decimals);
        }

        var unit = 1m;
        while (amounts.Any(a => a != 0) && amounts.All(a => a % (unit * 10) == 0))
        {
            unit *= 10;
        }

        return unit;
    }
}
