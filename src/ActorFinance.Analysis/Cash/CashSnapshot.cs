using System.Collections.Immutable;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>The index at one moment of its writer's: answers any number of threads, takes no lock and never changes.</summary>
public sealed class CashSnapshot
{
    private readonly PlacesView _view;
    private readonly EventPlaces _places;
    private readonly CompanyView?[] _companies;
    private readonly ImmutableDictionary<(int Account, int Index), (decimal Received, decimal Paid)>? _gross;

    internal CashSnapshot(
        PlacesView view,
        CompanyView?[] companies,
        ImmutableDictionary<(int Account, int Index), (decimal Received, decimal Paid)>? gross)
    {
        (_view, _places, _companies, _gross) = (view, view.Places, companies, gross);
    }

    /// <summary>0 where there is no event.</summary>
    public Offset LastOffset => _view.LastOffset;

    /// <summary>Companies that an event registers, counting or not, by id.</summary>
    public IEnumerable<CompanyId> Registered => _view.Companies.Where(number => _companies[number] is { IsRegistered: true }).Select(_places.CompanyOf);

    /// <summary>Whether an event registers the company, counting or not.</summary>
    public bool IsRegistered(CompanyId company) => Find(company) is { IsRegistered: true };

    /// <inheritdoc cref="EventPlaces.Resolve(Cut)"/>
    public ResolvedCut Resolve(Cut cut) => _view.Resolve(cut);

    /// <summary>The balances of one company, or of all.</summary>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public CashAnswer At(Cut cut, CompanyId? company = null)
    {
        var known = _view.PointOf(cut.AsKnown);
        var balances = new List<CashBalance>();
        if (company is not { } one)
        {
            foreach (var number in _view.Companies)
            {
                AddBalances(number, cut.AsOf, known, balances);
            }
        }
        else if (_view.NumberOf(one) is var number and >= 0)
        {
            AddBalances(number, cut.AsOf, known, balances);
        }

        return new(Resolve(cut), balances.ToValueList());
    }

    /// <summary>
    /// The amount alone of one account, 0 if nothing touched it: about as fast for an account of a million changes as for one of a thousand.
    /// </summary>
    /// <exception cref="OverflowException">The balance reached 1e18.</exception>
    public decimal AmountAt(Cut cut, CompanyId company, Currency currency)
    {
        var known = _view.PointOf(cut.AsKnown);
        return AccountAt(company, currency, known)?.AmountAt(_places, cut.AsOf, known).ToDecimal() ?? 0;
    }

    /// <summary>The changes of one account that count at the cut, in fold order, each with its event's index among the places.</summary>
    public IReadOnlyList<(int Index, decimal Received, decimal Paid)> ChangesAt(Cut cut, CompanyId company, Currency currency)
    {
        var known = _view.PointOf(cut.AsKnown);
        return AccountAt(company, currency, known) is { } account ? [.. account.Counting(_places, cut.AsOf, known).Select(entry => Gross(account, entry))] : [];
    }

    private AccountView? AccountAt(CompanyId company, Currency currency, in KnownIndexes known) =>
        _view.NumberOf(company) is var number and >= 0 && _companies[number]?.Find(currency) is { } account && _places.IsCompany(number, known) ? account : null;

    private (int Index, decimal Received, decimal Paid) Gross(AccountView account, CashEntry entry)
    {
        if (_gross is not null && _gross.TryGetValue((account.Number, entry.Index), out var both))
        {
            return (entry.Index, both.Received, both.Paid);
        }

        var net = entry.Net.ToDecimal();
        return (entry.Index, Math.Max(net, 0), Math.Max(-net, 0));
    }

    private void AddBalances(int number, Instant asOf, in KnownIndexes known, List<CashBalance> balances)
    {
        if (_companies[number] is not { } company)
        {
            return;
        }

        var before = balances.Count;

        // An account can hold what went to a holder of this id while no such company was known; then it went outside.
        if (company.Accounts.Length > 0 && _places.IsCompany(number, known))
        {
            foreach (var account in company.Accounts)
            {
                if (account.BalanceAt(_places, asOf, known) is { } balance)
                {
                    balances.Add(balance);
                }
            }
        }

        if (balances.Count == before && company.CurrencyAt(_places, asOf, known) is { } currency)
        {
            balances.Add(new(company.Id, currency, 0, null, null, HasOpening: false));
        }
    }

    private CompanyView? Find(CompanyId company) => _view.NumberOf(company) is var number and >= 0 ? _companies[number] : null;
}
