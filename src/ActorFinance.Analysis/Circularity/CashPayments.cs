using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// All payments in cash from the beginning on, in fold order, with the balances before each: what every company's trail is followed on, in one
/// window after the other. A pool is a company's cash in one currency; pools, companies and payments are numbered. Amounts in units of 1e-10.
/// </summary>
internal sealed class CashPayments
{
    private const int Outside = -1;

    private readonly CashPayments? _based;
    private readonly int _shared;
    private readonly List<DatedFlow> _flows = [];
    private readonly List<(int Payer, int Payee)> _parties = [];
    private readonly List<(Int128 Amount, Int128 PayerBefore, Int128 PayeeBefore)> _amounts = [];
    private readonly List<int> _companyOf;
    private readonly Dictionary<CompanyId, int> _companies;
    private readonly Dictionary<(CompanyId, Currency), int> _pools;
    private readonly Dictionary<int, List<int>> _funding = [];

    /// <param name="flows">In fold order, from the beginning; those in kind are passed over.</param>
    /// <param name="rates">Known at the cut.</param>
    public CashPayments(IEnumerable<DatedFlow> flows, ExchangeRates rates)
    {
        (Rates, _companyOf, _companies, _pools) = (rates, [], [], []);
        Add(flows, []);
    }

    /// <summary>The first payments of a list, which are read there, and others after them. Pools and companies keep their numbers.</summary>
    /// <param name="based">Not itself made from another.</param>
    /// <param name="shared">How many of its payments are the same.</param>
    /// <param name="later">All that comes after those.</param>
    /// <param name="rates">Known at the cut; the same as far as the shared payments go.</param>
    public CashPayments(CashPayments based, int shared, IEnumerable<DatedFlow> later, ExchangeRates rates)
    {
        (_based, _shared, Rates) = (based, shared, rates);
        (_companyOf, _companies, _pools) = ([.. based._companyOf], new(based._companies), new(based._pools));
        foreach (var (company, payments) in based._funding)
        {
            _funding.Add(company, [.. payments.TakeWhile(payment => payment < shared)]);
        }

        Add(later, based.BalancesAfter(shared));
    }

    public ExchangeRates Rates { get; }

    public int Count => _shared + _flows.Count;

    public int PoolCount => _companyOf.Count;

    public int CompanyCount => _companies.Count;

    /// <summary>The companies with their numbers.</summary>
    public IReadOnlyDictionary<CompanyId, int> Companies => _companies;

    /// <summary>A company's number, or -1 when it never paid or received cash.</summary>
    public int Find(CompanyId company) => _companies.TryGetValue(company, out var number) ? number : -1;

    public DatedFlow Flow(int payment) => payment < _shared ? _based!._flows[payment] : _flows[payment - _shared];

    /// <summary>The pools, -1 for the outside.</summary>
    public (int Payer, int Payee) Parties(int payment) => payment < _shared ? _based!._parties[payment] : _parties[payment - _shared];

    public int CompanyOf(int pool) => _companyOf[pool];

    public Int128 Amount(int payment) => AmountsOf(payment).Amount;

    /// <summary>B of the payer just before the payment.</summary>
    public Int128 PayerBefore(int payment) => AmountsOf(payment).PayerBefore;

    public Int128 PayeeBefore(int payment) => AmountsOf(payment).PayeeBefore;

    /// <summary>The investments and loans that a company made, in fold order.</summary>
    public IReadOnlyList<int> Funding(int company) => _funding.GetValueOrDefault(company) ?? [];

    /// <summary>The number of payments before a time.</summary>
    public int CountBefore(Instant at) => CountWhile(flow => flow.At < at);

    /// <param name="window">Tags are made in it.</param>
    /// <param name="options">Which flows can be investments; cash moves by all of them.</param>
    /// <param name="currency">The answer's.</param>
    public WindowPayments Within(FlowWindow window, FlowOptions options, Currency? currency)
    {
        return new(this, window, options, currency, CountWhile(flow => flow.At <= window.To));
    }

    public static decimal AmountOf(Int128 units) => Numbers.Normalise((decimal)units * Apportion.Unit(Money.Decimals));

    private static Int128 UnitsOf(decimal amount) => (Int128)(amount * 1e10m);

    private ref readonly (Int128 Amount, Int128 PayerBefore, Int128 PayeeBefore) AmountsOf(int payment) =>
        ref (payment < _shared ? ref CollectionsMarshal.AsSpan(_based!._amounts)[payment] : ref CollectionsMarshal.AsSpan(_amounts)[payment - _shared]);

    private void Add(IEnumerable<DatedFlow> flows, List<Int128> balances)
    {
        foreach (var flow in flows)
        {
            var movement = flow.Movement;
            if (movement.InKind || movement.From == movement.To)
            {
                continue;
            }

            var (payer, payee) = (PoolOf(movement.From, movement.Amount.Currency), PoolOf(movement.To, movement.Amount.Currency));
            var amount = UnitsOf(movement.Amount.Amount);
            _amounts.Add((amount, payer == Outside ? 0 : balances[payer], payee == Outside ? 0 : balances[payee]));
            if (payer != Outside)
            {
                balances[payer] -= amount;
                if (movement.Kind is FlowKind.Investment or FlowKind.Loan)
                {
                    FundingOf(_companyOf[payer]).Add(Count);
                }
            }

            if (payee != Outside)
            {
                balances[payee] += amount;
            }

            _parties.Add((payer, payee));
            _flows.Add(flow);
        }

        int PoolOf(CompanyId? company, Currency of)
        {
            if (company is not { } one)
            {
                return Outside;
            }

            if (!_pools.TryGetValue((one, of), out var pool))
            {
                _pools.Add((one, of), pool = balances.Count);
                balances.Add(0);
                _companyOf.Add(NumberOf(one));
            }

            return pool;
        }

        int NumberOf(CompanyId company)
        {
            if (!_companies.TryGetValue(company, out var number))
            {
                _companies.Add(company, number = _companies.Count);
            }

            return number;
        }
    }

    /// <summary>B of every pool after so many payments.</summary>
    private List<Int128> BalancesAfter(int count)
    {
        var balances = new Int128[PoolCount];
        for (var payment = 0; payment < count; payment++)
        {
            var ((payer, payee), amount) = (_parties[payment], _amounts[payment].Amount);
            if (payer != Outside)
            {
                balances[payer] -= amount;
            }

            if (payee != Outside)
            {
                balances[payee] += amount;
            }
        }

        return [.. balances];
    }

    /// <summary>The first so many payments, all of which pass.</summary>
    private int CountWhile(Func<DatedFlow, bool> passes)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = passes(Flow(middle)) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private List<int> FundingOf(int company)
    {
        if (!_funding.TryGetValue(company, out var list))
        {
            _funding.Add(company, list = []);
        }

        return list;
    }
}

/// <summary>The payments up to a window's end, in which the window's investments make tags.</summary>
/// <param name="all">All payments.</param>
/// <param name="window">The window.</param>
/// <param name="options">Which flows can be investments.</param>
/// <param name="currency">The answer's; null when nothing flowed in the window.</param>
/// <param name="count">Those up to the window's end: the first so many.</param>
internal sealed class WindowPayments(CashPayments all, FlowWindow window, FlowOptions options, Currency? currency, int count)
{
    public CashPayments All => all;

    /// <summary>Tags are made after it.</summary>
    public Instant From => window.From;

    public Currency? Currency => currency;

    public int Count => count;

    /// <summary>The same window, of which only the first so many payments are seen.</summary>
    public WindowPayments First(int payments) => new(all, window, options, currency, payments);

    /// <summary>The investments and loans that a company made in the window.</summary>
    public IEnumerable<int> Funding(CompanyId company) =>
        all.Funding(all.Find(company)).Where(payment => payment < count && window.Contains(all.Flow(payment).At) && options.Take(all.Flow(payment).Movement));
}
