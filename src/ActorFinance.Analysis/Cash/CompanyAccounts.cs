using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>An event that registers a company, counting or not.</summary>
internal readonly record struct Registration(FoldKey Key, int Index, Currency Currency);

/// <summary>One company's accounts, and the currency it is registered in.</summary>
internal sealed class CompanyAccounts(CompanyId id)
{
    public CompanyId Id => id;

    public FoldSorted<Registration> Registrations { get; } = new(registration => registration.Key);

    /// <summary>By currency; mostly one.</summary>
    public List<CashAccount> Accounts { get; } = [];

    public CashAccount? Find(Currency currency)
    {
        foreach (var account in Accounts)
        {
            if (account.Currency == currency)
            {
                return account;
            }
        }

        return null;
    }

    public CashAccount Open(Currency currency, int number, BalanceLogShape shape)
    {
        var created = new CashAccount(id, currency, number, shape);
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
