using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>An event that registers a company, counting or not.</summary>
internal readonly record struct Registration(FoldKey Key, int Index, Currency Currency);

/// <summary>One company's accounts, and the currency it is registered in, as the writer of the index keeps them.</summary>
internal sealed class CompanyAccounts(CompanyId id)
{
    private Registration[] _registrations = [];
    private CashAccount? _first;

    /// <summary>By currency; mostly one.</summary>
    public List<CashAccount> Accounts { get; } = [];

    public CompanyView? View { get; private set; }

    public CashAccount? Find(Currency currency)
    {
        // Equal codes are mostly the same string, and most companies have one account.
        if (_first is not null && ReferenceEquals(_first.Currency.Code, currency.Code))
        {
            return _first;
        }

        foreach (var account in Accounts)
        {
            if (account.Currency == currency)
            {
                return account;
            }
        }

        return null;
    }

    public IReadOnlyList<Registration> Registrations => _registrations;

    public CashAccount Open(Currency currency, int number, int owner, BalanceTreeShape shape, Units moved, CashEntries entries)
    {
        var created = new CashAccount(id, currency, number, owner, shape, moved, entries);
        Accounts.Add(created);
        Accounts.Sort((left, right) => left.Currency.CompareTo(right.Currency));
        _first = Accounts[0];
        return created;
    }

    /// <summary>A company is registered once or a few times: a new array each time.</summary>
    public void Register(Registration registration)
    {
        _registrations = [.. _registrations, registration];
        if (_registrations.Length > 1)
        {
            Array.Sort(_registrations, (left, right) => left.Key.CompareTo(right.Key));
        }
    }

    /// <param name="hasChanged">Which of the accounts changed since the last view.</param>
    public CompanyView Publish(Func<int, bool> hasChanged)
    {
        var accounts = new AccountView[Accounts.Count];
        for (var i = 0; i < accounts.Length; i++)
        {
            var account = Accounts[i];
            accounts[i] = View?.Find(account.Currency) is { } old && !hasChanged(account.Number) ? old : account.Publish();
        }

        return View = new(id, accounts, _registrations);
    }
}

/// <summary>One company as it stood at one moment.</summary>
internal sealed class CompanyView(CompanyId id, AccountView[] accounts, Registration[] registrations)
{
    public CompanyId Id => id;

    /// <summary>By currency.</summary>
    public AccountView[] Accounts => accounts;

    public bool IsRegistered => registrations.Length > 0;

    public AccountView? Find(Currency currency)
    {
        foreach (var account in accounts)
        {
            if (account.Currency == currency)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>The currency of the last registration that counts at the cut; null if none does.</summary>
    public Currency? CurrencyAt(EventPlaces places, Instant asOf, in KnownIndexes known)
    {
        Currency? currency = null;
        foreach (var registration in registrations)
        {
            if (registration.Key.EffectiveAt <= asOf && known.Sees(places, registration.Index))
            {
                currency = registration.Currency;
            }
        }

        return currency;
    }
}
