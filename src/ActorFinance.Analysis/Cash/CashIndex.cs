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
    private readonly List<Company?> _companies = [];

    // Where an account both received and paid by one event: the entry has only what that nets to.
    private readonly Dictionary<(CashAccount Account, int Index), (decimal Received, decimal Paid)> _gross = [];

    private List<int> _sorted = [];

    public CashIndex()
    {
    }

    public CashIndex(IEnumerable<RecordedEvent> events)
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
    public IEnumerable<CompanyId> Registered => Sorted().Where(number => !_companies[number]!.Registrations.IsEmpty).Select(Places.CompanyOf);

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

    /// <summary>The changes of one account that count at the cut, in fold order, each with its event's index in <see cref="Places"/>.</summary>
    public IReadOnlyList<(int Index, decimal Received, decimal Paid)> ChangesAt(Cut cut, CompanyId company, Currency currency)
    {
        var known = Places.PointOf(cut.AsKnown);
        if (Places.FindNumber(company) is not { } number
            || Find(number)?.Accounts.Find(account => account.Currency == currency) is not { } account
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
                _gross.Add((Find(change.Company).AccountIn(change.Currency), index), (change.Received, change.Paid));
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

    private void Apply(in EventPlace place, int index, CompanyId company, Currency currency, decimal net, bool isOpening) =>
        Find(company).AccountIn(currency).Add(new(place.EffectiveAt.UtcTicks, place.Rank, index, isOpening, CashUnits.Of(net)));

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

    private List<int> Sorted()
    {
        // A company is never taken out, so the order changes only when one is added.
        if (_sorted.Count != Places.CompanyCount)
        {
            _sorted = [.. Enumerable.Range(0, Places.CompanyCount).OrderBy(number => Places.CompanyOf(number))];
        }

        return [.. _sorted.Where(number => Find(number) is not null)];
    }

    private Company? Find(int? number) => number is { } at && at < _companies.Count ? _companies[at] : null;

    private Company Find(CompanyId id)
    {
        var number = Places.NumberOf(id);
        while (number >= _companies.Count)
        {
            _companies.Add(null);
        }

        return _companies[number] ??= new(id);
    }

    private readonly record struct Registration(FoldKey Key, int Index, Currency Currency);

    private sealed class Company(CompanyId id)
    {
        public CompanyId Id => id;

        public FoldSorted<Registration> Registrations { get; } = new(registration => registration.Key);

        /// <summary>By currency; mostly one.</summary>
        public List<CashAccount> Accounts { get; } = [];

        public CashAccount AccountIn(Currency currency)
        {
            foreach (var account in Accounts)
            {
                if (account.Currency == currency)
                {
                    return account;
                }
            }

            var created = new CashAccount(id, currency);
            Accounts.Add(created);
            Accounts.Sort((left, right) => left.Currency.CompareTo(right.Currency));
            return created;
        }

        /// <summary>The currency of the last registration that counts at the cut; null if none does.</summary>
        public Currency? CurrencyAt(EventPlaces places, Instant asOf, in KnownIndexes known)
        {
            Currency? currency = null;
            foreach (var registration in Registrations.InOrder())
            {
                if (registration.Key.EffectiveAt <= asOf && known.Sees(places, registration.Index))
                {
                    currency = registration.Currency;
                }
            }

            return currency;
        }
    }
}
