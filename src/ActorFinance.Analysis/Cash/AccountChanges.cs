using System.Runtime.InteropServices;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>What goes from accounts and what comes to them, when some events of a list are gone and others have come.</summary>
public sealed class AccountChanges
{
    private readonly Dictionary<CompanyId, List<Account>> _companies = [];

    /// <summary>Those with an account that is touched, or told to be; in no particular order.</summary>
    public IReadOnlyCollection<CompanyId> Companies => _companies.Keys;

    /// <summary>The company is to be asked about, also where none of its accounts is touched.</summary>
    public void Touch(CompanyId company) => AccountsOf(company);

    /// <summary>An event of the list is gone.</summary>
    public void Remove(RecordedEvent recorded, in CashChange change) => AccountOf(change).Gone.Add(recorded.Key);

    /// <summary>An event has come.</summary>
    public void Add(RecordedEvent recorded, in CashChange change) => AccountOf(change).Came.Add(new(recorded, change.Net, change.IsOpening));

    internal IReadOnlyList<Account> Of(CompanyId company) => _companies.GetValueOrDefault(company) ?? (IReadOnlyList<Account>)[];

    private List<Account> AccountsOf(CompanyId company)
    {
        if (!_companies.TryGetValue(company, out var accounts))
        {
            _companies.Add(company, accounts = []);
        }

        return accounts;
    }

    private Account AccountOf(in CashChange change)
    {
        var accounts = AccountsOf(change.Company);
        foreach (var account in accounts)
        {
            if (account.Currency == change.Currency)
            {
                return account;
            }
        }

        accounts.Add(new(change.Currency));
        return accounts[^1];
    }

    /// <summary>What the changes are of one account.</summary>
    internal sealed class Account(Currency currency)
    {
        public Currency Currency => currency;

        public List<FoldKey> Gone { get; } = [];

        public List<AccountStep> Came { get; } = [];

        /// <summary>In fold order: they come in the order of what was, which a shift changes.</summary>
        public Account Sorted()
        {
            Gone.Sort();
            Came.Sort((left, right) => left.Recorded.Key.CompareTo(right.Recorded.Key));
            return this;
        }
    }
}

/// <summary>What an event does to one account.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountStep(RecordedEvent Recorded, decimal Net, bool IsOpening);
