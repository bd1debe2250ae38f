using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// Cash at any (T, K) without replaying the book: every company's account in a currency keeps its own changes in fold order, and a question
/// reads only the accounts it asks about. Must equal <see cref="CashFold"/> over <see cref="ReferenceFold"/> exactly. It keeps no fact:
/// about 150 bytes a payment. One writer.
/// </summary>
public sealed class CashIndex
{
    // By the company's number in Places; in order of first use, so that a number is found without hashing.
    private readonly List<CompanyAccounts?> _companies = [];

    // Where an account both received and paid by one event: the entry has only what that nets to.
    private readonly Dictionary<(CashAccount Account, int Index), (decimal Received, decimal Paid)> _gross = [];

    // The accounts that each event touches, so that a void finds them; a dividend's, which can be many, stand apart.
    private readonly Column<AccountPair> _touched = new();
    private readonly Dictionary<int, List<CashAccount>> _touchedByMany = [];
    private readonly List<CashAccount> _accounts = [];
    private readonly BalanceLogShape _shape;
    private int[] _sorted = [];

    public CashIndex()
        : this(BalanceLogShape.Default)
    {
    }

    internal CashIndex(BalanceLogShape shape) => _shape = shape;

    public CashIndex(IEnumerable<RecordedEvent> events)
        : this()
    {
        foreach (var recorded in events)
        {
            Apply(recorded);
        }
    }

    /// <summary>Indexes what the book holds by now.</summary>
    public CashIndex(Book book)
        : this(book.Recorded)
    {
    }

    /// <summary>Where the events stand that were applied.</summary>
    public EventPlaces Places { get; } = new();

    public void Apply(RecordedEvent recorded) => Apply(PlacedEvent.Of(recorded));

    /// <summary>Takes the next event, in offset order.</summary>
    public void Apply(in PlacedEvent placed)
    {
        var index = Places.Add(placed);
        _touched.Add(AccountPair.None);
        Take(placed, index);
        foreach (var change in Places.LastChanges)
        {
            // Its own visibility was there already when its entries were added.
            if (change.Index != index)
            {
                TakeChange(change);
            }
        }
    }

    private void Take(in PlacedEvent placed, int index)
    {
        var place = placed.Place;
        if (placed.Event is CompanyRegistered registered)
        {
            Find(place.Emitter).Registrations.Add(new(new(place.EffectiveAt, place.Rank, placed.Offset), index, registered.Currency));
        }
        else if (placed.Event is DividendDeclared)
        {
            ApplyMany(placed, index);
        }
        else if (Movements.Single(place.Emitter, placed.Event, CanBeCompany) is { InKind: false } movement)
        {
            if (movement.From == movement.To)
            {
                ApplyMany(placed, index);
                return;
            }

            var (amount, isOpening) = (movement.Amount, movement.Category == ExternalCategory.Opening);
            if (movement.From is { } payer)
            {
                Apply(place, index, payer, amount.Currency, -amount.Amount, isOpening);
            }

            if (movement.To is { } payee)
            {
                Apply(place, index, payee, amount.Currency, amount.Amount, isOpening);
            }
        }
    }

    /// <summary>Whether an event registers the company, counting or not.</summary>
    public bool IsRegistered(CompanyId company) => Find(Places.FindNumber(company)) is { Registrations.IsEmpty: false };

    /// <summary>Companies that an event registers, counting or not, by id.</summary>
    public IEnumerable<CompanyId> Registered => Sorted().Where(number => Find(number) is { Registrations.IsEmpty: false }).Select(Places.CompanyOf);

    /// <summary>The balances of one company, or of all.</summary>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public CashAnswer At(Cut cut, CompanyId? company = null)
    {
        var known = Places.PointOf(cut.AsKnown);
        var balances = new List<CashBalance>();
        if (company is not { } one)
        {
            foreach (var number in Sorted())
            {
                AddBalances(number, cut.AsOf, known, balances);
            }
        }
        else if (Places.FindNumber(one) is { } number)
        {
            AddBalances(number, cut.AsOf, known, balances);
        }

        return new(Places.Resolve(cut), balances.ToValueList());
    }

    /// <summary>
    /// The amount alone of one account, 0 if nothing touched it: about as fast for an account of a million changes as for one of a thousand.
    /// </summary>
    /// <exception cref="OverflowException">The balance at the cut is 1e18 or more.</exception>
    public decimal AmountAt(Cut cut, CompanyId company, Currency currency)
    {
        var known = Places.PointOf(cut.AsKnown);
        if (Places.FindNumber(company) is not { } number
            || Find(number)?.Find(currency) is not { } account
            || !Places.IsCompany(number, known))
        {
            return 0;
        }

        var units = account.AmountAt(Places, cut.AsOf, known);
        return units < CashUnits.Limit && units > -CashUnits.Limit
            ? CashUnits.ToDecimal(units)
            : Money.Total(CashUnits.ToDecimal(units), currency).Amount;
    }

    /// <summary>The changes of one account that count at the cut, in fold order, each with its event's index in <see cref="Places"/>.</summary>
    public IReadOnlyList<(int Index, decimal Received, decimal Paid)> ChangesAt(Cut cut, CompanyId company, Currency currency)
    {
        var known = Places.PointOf(cut.AsKnown);
        if (Places.FindNumber(company) is not { } number
            || Find(number)?.Find(currency) is not { } account
            || !Places.IsCompany(number, known))
        {
            return [];
        }

        return [.. account.Counting(Places, cut.AsOf, known).Select(entry => Gross(account, entry))];
    }

    private static bool CanBeCompany(HolderId holder) => holder.AsCompany() is not null;

    /// <summary>An event that may touch an account more than once, which is one change all the same.</summary>
    private void ApplyMany(in PlacedEvent placed, int index)
    {
        foreach (var change in CashChange.Of(placed.Place.Emitter, placed.Event, CanBeCompany))
        {
            Apply(placed.Place, index, change.Company, change.Currency, change.Net, change.IsOpening);
            if (change.Received != 0 && change.Paid != 0)
            {
                _gross.Add((AccountOf(change.Company, change.Currency), index), (change.Received, change.Paid));
            }
        }
    }

    private (int Index, decimal Received, decimal Paid) Gross(CashAccount account, CashEntry entry)
    {
        if (_gross.TryGetValue((account, entry.Index), out var both))
        {
            return (entry.Index, both.Received, both.Paid);
        }

        var net = CashUnits.ToDecimal(entry.Net);
        return (entry.Index, Math.Max(net, 0), Math.Max(-net, 0));
    }

    private void Apply(in EventPlace place, int index, CompanyId company, Currency currency, decimal net, bool isOpening)
    {
        var account = AccountOf(company, currency);
        account.Add(Places, new(place.EffectiveAt.UtcTicks, place.Rank, index, isOpening, CashUnits.Of(net)));
        ref var touched = ref _touched[index];
        if (touched.First < 0)
        {
            touched = touched with { First = account.Number };
        }
        else if (touched.Second < 0)
        {
            touched = touched with { Second = account.Number };
        }
        else if (_touchedByMany.TryGetValue(index, out var others))
        {
            others.Add(account);
        }
        else
        {
            _touchedByMany.Add(index, [account]);
        }
    }

    private void TakeChange(in VisibilityChange change)
    {
        var touched = _touched[change.Index];
        if (touched.First >= 0)
        {
            _accounts[touched.First].Change(Places, change);
        }

        if (touched.Second >= 0)
        {
            _accounts[touched.Second].Change(Places, change);
        }

        foreach (var account in _touchedByMany.GetValueOrDefault(change.Index) ?? [])
        {
            account.Change(Places, change);
        }
    }

    private CashAccount AccountOf(CompanyId company, Currency currency)
    {
        var owner = Find(company);
        if (owner.Find(currency) is { } account)
        {
            return account;
        }

        _accounts.Add(owner.Open(currency, _accounts.Count, _shape));
        return _accounts[^1];
    }

    private void AddBalances(int number, Instant asOf, in KnownIndexes known, List<CashBalance> balances)
    {
        if (Find(number) is not { } company)
        {
            return;
        }

        var before = balances.Count;

        // An account can hold what went to a holder of this id while no such company was known; then it went outside.
        if (company.Accounts.Count > 0 && Places.IsCompany(number, known))
        {
            foreach (var account in company.Accounts)
            {
                if (account.BalanceAt(Places, asOf, known) is { } balance)
                {
                    balances.Add(balance);
                }
            }
        }

        if (balances.Count == before && company.CurrencyAt(Places, asOf, known) is { } currency)
        {
            balances.Add(new(company.Id, currency, 0, null, null, HasOpening: false));
        }
    }

    private int[] Sorted()
    {
        // A company is never taken out, so the order changes only when one is added.
        if (_sorted.Length != Places.CompanyCount)
        {
            var names = new string[Places.CompanyCount];
            var numbers = new int[names.Length];
            for (var number = 0; number < names.Length; number++)
            {
                (names[number], numbers[number]) = (Places.CompanyOf(number).Value, number);
            }

            Array.Sort(names, numbers, StringComparer.Ordinal);
            _sorted = numbers;
        }

        return _sorted;
    }

    private CompanyAccounts? Find(int? number) => number is { } at && at < _companies.Count ? _companies[at] : null;

    private CompanyAccounts Find(CompanyId id)
    {
        var number = Places.NumberOf(id);
        while (number >= _companies.Count)
        {
            _companies.Add(null);
        }

        return _companies[number] ??= new(id);
    }

    /// <summary>Numbers of accounts; below 0 for none.</summary>
    private readonly record struct AccountPair(int First, int Second)
    {
        public static AccountPair None => new(-1, -1);
    }
}
