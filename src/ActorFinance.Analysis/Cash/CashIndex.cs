using System.Collections.Immutable;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// Cash at any (T, K) without replaying the book: every company's account in a currency keeps its own changes in fold order, and a question
/// reads only the accounts it asks about. Must equal <see cref="CashFold"/> over <see cref="ReferenceFold"/> exactly. It keeps no fact:
/// about 150 bytes a payment. One writer; other threads ask <see cref="Published"/>, which never changes and takes no lock.
/// </summary>
public sealed class CashIndex
{
    // By the company's number in Places; in order of first use, so that a number is found without hashing.
    private readonly List<CompanyAccounts?> _companies = [];

    // The accounts that each event touches, so that a void finds them; a dividend's, which can be many, stand apart.
    private readonly Column<AccountPair> _touched = new();
    private readonly List<CashAccount> _accounts = [];

    // By the number of their account.
    private readonly Gathered<CashEntry> _waiting = new();
    private readonly BalanceTreeShape _shape;
    private Dictionary<int, List<int>>? _touchedByMany;

    // Null while there is none, as in most books: making an empty one is code that every cold start would compile.
    private ImmutableDictionary<(int Account, int Index), (decimal Received, decimal Paid)>? _gross;

    // Since the last publishing: by number, and in the order of their first change.
    private readonly List<int> _changedCompanies = [];
    private bool[] _isCompanyChanged = new bool[16];
    private bool[] _isAccountChanged = new bool[16];
    private CashSnapshot _published;
    private int _shown = -1;

    public CashIndex()
        : this(new EventPlaces())
    {
    }

    /// <summary>On places that other indexes lean on too: whoever fills them gives each event to <see cref="TakeLast"/>.</summary>
    public CashIndex(EventPlaces places)
        : this(places, BalanceTreeShape.Default)
    {
    }

    internal CashIndex(EventPlaces places, BalanceTreeShape shape)
    {
        Places = places;
        _shape = shape;
        _published = new(Places.View(), [], _gross);
    }

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
    public EventPlaces Places { get; }

    /// <summary>As of the last <see cref="Publish"/>; for any thread.</summary>
    public CashSnapshot Published => Volatile.Read(ref _published);

    public void Apply(RecordedEvent recorded) => Apply(PlacedEvent.Of(recorded));

    /// <summary>Takes the next event, in offset order.</summary>
    public void Apply(in PlacedEvent placed)
    {
        Places.Add(placed);
        TakeLast(placed);
    }

    /// <summary>Takes the event that the places took last.</summary>
    public void TakeLast(in PlacedEvent placed)
    {
        var index = Places.Count - 1;
        _touched.Add(AccountPair.None);
        Take(placed, index);
        for (var change = 0; change < Places.ChangeCount; change++)
        {
            MarkTouched(Places.ChangedAt(change));
        }
    }

    /// <summary>Shows other threads all that was taken in: O(accounts that changed, and companies). Call it once a batch.</summary>
    public CashSnapshot Publish()
    {
        if (_shown != Places.Count)
        {
            TakeInWaiting();
            var views = new CompanyView?[Places.CompanyCount];
            for (var number = 0; number < _companies.Count; number++)
            {
                views[number] = _companies[number]?.View;
            }

            foreach (var number in _changedCompanies)
            {
                views[number] = _companies[number]!.Publish(account => _isAccountChanged[account]);
            }

            foreach (var number in _changedCompanies)
            {
                _isCompanyChanged[number] = false;
                foreach (var account in _companies[number]!.Accounts)
                {
                    _isAccountChanged[account.Number] = false;
                }
            }

            _changedCompanies.Clear();
            Volatile.Write(ref _published, new(Places.View(), views, _gross));
            _shown = Places.Count;
        }

        return _published;
    }

    /// <inheritdoc cref="CashSnapshot.IsRegistered"/>
    public bool IsRegistered(CompanyId company) => Publish().IsRegistered(company);

    /// <inheritdoc cref="CashSnapshot.Registered"/>
    public IEnumerable<CompanyId> Registered => Publish().Registered;

    /// <summary>Asked by the writer: publishes first.</summary>
    /// <inheritdoc cref="CashSnapshot.At"/>
    public CashAnswer At(Cut cut, CompanyId? company = null) => Publish().At(cut, company);

    /// <summary>Asked by the writer: publishes first.</summary>
    /// <inheritdoc cref="CashSnapshot.AmountAt"/>
    public decimal AmountAt(Cut cut, CompanyId company, Currency currency) => Publish().AmountAt(cut, company, currency);

    /// <summary>Asked by the writer: publishes first.</summary>
    /// <inheritdoc cref="CashSnapshot.ChangesAt"/>
    public IReadOnlyList<(int Index, decimal Received, decimal Paid)> ChangesAt(Cut cut, CompanyId company, Currency currency) =>
        Publish().ChangesAt(cut, company, currency);

    /// <summary>All but its places, as <see cref="Load"/> takes it in.</summary>
    public void Save(StateWriter writer)
    {
        TakeInWaiting();
        _touched.Save(writer);
        writer.Write((long)(_touchedByMany?.Count ?? 0));
        foreach (var (index, accounts) in _touchedByMany ?? [])
        {
            writer.Write<int>([index, .. accounts]);
        }

        writer.Write((long)_accounts.Count);
        foreach (var account in _accounts)
        {
            writer.Write((long)account.Owner);
            writer.Write(account.Currency.Code);
            account.Save(writer);
        }

        var registrations = _companies.SelectMany((company, number) => (company?.Registrations ?? []).Select(registration => (Number: number, Made: registration))).ToList();
        writer.Write((long)registrations.Count);
        foreach (var (number, made) in registrations)
        {
            writer.Write<long>([number, made.Key.EffectiveAt.UtcTicks, made.Key.Rank, made.Key.Offset.Value, made.Index]);
            writer.Write(made.Currency.Code);
        }

        writer.Write((long)(_gross?.Count ?? 0));
        foreach (var ((account, index), (received, paid)) in _gross?.AsEnumerable() ?? [])
        {
            writer.Write<long>([account, index]);
            writer.Write<decimal>([received, paid]);
        }
    }

    /// <summary>An index as it was saved.</summary>
    /// <param name="places">As they stood then.</param>
    /// <param name="reader">What was saved.</param>
    /// <exception cref="InvalidDataException">The bytes are not those of an index; other exceptions too, where their checksum does not hold.</exception>
    public static CashIndex Load(EventPlaces places, StateReader reader)
    {
        var index = new CashIndex(places);
        index._touched.Load(reader);
        for (var left = reader.Count(); left > 0; left--)
        {
            var many = reader.Array<int>();
            (index._touchedByMany ??= []).Add(many[0], [.. many[1..]]);
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (number, currency) = ((int)reader.Long(), Value.Parse<Currency>(reader.Text()));
            var moved = reader.Array<Units>()[0];
            index.Mark(index.Open(index.Find(number, index.Places.CompanyOf(number)), number, currency, moved, new(reader)));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (numbers, currency) = (reader.Array<long>(), Value.Parse<Currency>(reader.Text()));
            var number = (int)numbers[0];
            var key = new FoldKey(new(numbers[1]), (int)numbers[2], new(numbers[3]));
            index.Find(number, index.Places.CompanyOf(number)).Register(new(key, (int)numbers[4], currency));
            index.MarkCompany(number);
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (place, amounts) = (reader.Array<long>(), reader.Array<decimal>());
            index.AddGross((int)place[0], (int)place[1], amounts[0], amounts[1]);
        }

        return index;
    }

    private static bool CanBeCompany(HolderId holder) => holder.AsCompany() is not null;

    private void Take(in PlacedEvent placed, int index)
    {
        var (place, fact) = (placed.Place, placed.Event);
        if (Movements.Single(place.Emitter, fact, CanBeCompany) is { } movement)
        {
            if (movement.InKind)
            {
                return;
            }

            if (movement.From == movement.To)
            {
                ApplyMany(placed, index);
                return;
            }

            var (amount, isOpening) = (movement.Amount, movement.Category == ExternalCategory.Opening);
            var units = Units.Of(amount.Amount);
            if (movement.From is { } payer)
            {
                Wait(place, index, payer, amount.Currency, -units, isOpening);
            }

            if (movement.To is { } payee)
            {
                Wait(place, index, payee, amount.Currency, units, isOpening);
            }
        }
        else if (fact is CompanyRegistered registered)
        {
            var number = Places.NumberOf(place.Emitter);
            Find(number, place.Emitter).Register(new(new(place.EffectiveAt, place.Rank, placed.Offset), index, registered.Currency));
            MarkCompany(number);
        }
        else if (fact is DividendDeclared)
        {
            ApplyMany(placed, index);
        }
    }

    /// <summary>An event that may touch an account more than once, which is one change all the same.</summary>
    private void ApplyMany(in PlacedEvent placed, int index)
    {
        var place = placed.Place;
        foreach (var change in CashChange.Of(place.Emitter, placed.Event, CanBeCompany))
        {
            var account = Wait(place, index, change.Company, change.Currency, Units.Of(change.Net), change.IsOpening);
            if (change.Received != 0 && change.Paid != 0)
            {
                AddGross(account.Number, index, change.Received, change.Paid);
            }
        }
    }

    private CashAccount Wait(in EventPlace place, int index, CompanyId company, Currency currency, Units net, bool isOpening)
    {
        var account = AccountOf(Places.NumberOf(company), currency);
        Touch(index, account);
        if (_waiting.Add(account.Number, new(place.EffectiveAt.UtcTicks, place.Rank, index, isOpening, net)))
        {
            TakeInWaiting();
        }

        return account;
    }

    private void TakeInWaiting()
    {
        foreach (var waiting in _waiting.Order(_accounts.Count))
        {
            _accounts[_waiting.Owner(waiting)].Add(_waiting.Item(waiting));
        }

        _waiting.Clear();
    }

    /// <summary>The event changes the account.</summary>
    private void Touch(int index, CashAccount account)
    {
        Mark(account);
        ref var touched = ref _touched[index];
        if (touched.First < 0)
        {
            touched = new(account.Number, -1);
        }
        else if (touched.Second < 0)
        {
            touched = new(touched.First, account.Number);
        }
        else if ((_touchedByMany ??= []).TryGetValue(index, out var others))
        {
            others.Add(account.Number);
        }
        else
        {
            _touchedByMany.Add(index, [account.Number]);
        }
    }

    private void AddGross(int account, int index, decimal received, decimal paid) =>
        _gross = (_gross ?? ImmutableDictionary<(int Account, int Index), (decimal Received, decimal Paid)>.Empty).Add((account, index), (received, paid));

    /// <summary>The accounts that an event touches count it elsewhere from now on.</summary>
    private void MarkTouched(int index)
    {
        var touched = _touched[index];
        if (touched.First >= 0)
        {
            Mark(_accounts[touched.First]);
        }

        if (touched.Second >= 0)
        {
            Mark(_accounts[touched.Second]);
        }

        if (_touchedByMany is not null && _touchedByMany.TryGetValue(index, out var others))
        {
            others.ForEach(account => Mark(_accounts[account]));
        }
    }

    private void Mark(CashAccount account)
    {
        if (!_isAccountChanged[account.Number])
        {
            _isAccountChanged[account.Number] = true;
            MarkCompany(account.Owner);
        }
    }

    private void MarkCompany(int number)
    {
        if (!_isCompanyChanged[number])
        {
            _isCompanyChanged[number] = true;
            _changedCompanies.Add(number);
        }
    }

    private CashAccount AccountOf(int number, Currency currency)
    {
        var owner = number < _companies.Count && _companies[number] is { } known ? known : Find(number, Places.CompanyOf(number));
        return owner.Find(currency) ?? Open(owner, number, currency, default, new());
    }

    private CashAccount Open(CompanyAccounts owner, int number, Currency currency, Units moved, CashEntries entries)
    {
        var created = owner.Open(currency, _accounts.Count, number, _shape, moved, entries);
        _accounts.Add(created);
        if (_accounts.Count > _isAccountChanged.Length)
        {
            Array.Resize(ref _isAccountChanged, _accounts.Count * 2);
        }

        return created;
    }

    private CompanyAccounts Find(int number, CompanyId id)
    {
        while (number >= _companies.Count)
        {
            _companies.Add(null);
        }

        if (number >= _isCompanyChanged.Length)
        {
            Array.Resize(ref _isCompanyChanged, (number + 1) * 2);
        }

        return _companies[number] ??= new(id);
    }

    /// <summary>Numbers of accounts; below 0 for none.</summary>
    private readonly struct AccountPair(int first, int second)
    {
        public static AccountPair None => new(-1, -1);

        public int First { get; } = first;

        public int Second { get; } = second;
    }
}
