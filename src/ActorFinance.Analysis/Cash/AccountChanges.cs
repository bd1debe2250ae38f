using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
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
    /// <param name="recorded">What moves no cash is passed over.</param>
    /// <param name="isCompany">Whether a holder is a company of the list; any other is outside.</param>
    public void Remove(RecordedEvent recorded, Func<HolderId, bool> isCompany) => Put(recorded, isCompany, hasCome: false);

    /// <summary>An event has come.</summary>
    /// <param name="recorded">What moves no cash is passed over.</param>
    /// <param name="isCompany">Whether a holder is a company of the list that it came to.</param>
    public void Add(RecordedEvent recorded, Func<HolderId, bool> isCompany) => Put(recorded, isCompany, hasCome: true);

    internal IReadOnlyList<Account> Of(CompanyId company) => _companies.GetValueOrDefault(company) ?? (IReadOnlyList<Account>)[];

    /// <summary>One change an account, as <see cref="CashChange.Of(EventEnvelope, Func{HolderId, bool})"/> says: without a list for the one movement that nearly all events are.</summary>
    private void Put(RecordedEvent recorded, Func<HolderId, bool> isCompany, bool hasCome)
    {
        var single = Movements.Single(recorded.Header.Emitter, recorded.Event, isCompany);
        if (recorded.Event is DividendDeclared || (single is { } own && own.From == own.To))
        {
            foreach (var change in CashChange.Of(recorded.Envelope, isCompany))
            {
                Put(recorded, change.Company, change.Currency, change.Net, change.IsOpening, hasCome);
            }
        }
        else if (single is { InKind: false } moved)
        {
            var (amount, isOpening) = (moved.Amount, moved.Category == ExternalCategory.Opening);
            if (moved.From is { } payer)
            {
                Put(recorded, payer, amount.Currency, 0 - amount.Amount, isOpening, hasCome);
            }

            if (moved.To is { } payee)
            {
                Put(recorded, payee, amount.Currency, amount.Amount, isOpening, hasCome);
            }
        }
    }

    private void Put(RecordedEvent recorded, CompanyId company, Currency currency, decimal net, bool isOpening, bool hasCome)
    {
        var account = AccountOf(company, currency);
        (hasCome ? account.Came : account.Gone).Add(new(recorded, net, isOpening));
    }

    private List<Account> AccountsOf(CompanyId company)
    {
        if (!_companies.TryGetValue(company, out var accounts))
        {
            _companies.Add(company, accounts = []);
        }

        return accounts;
    }

    private Account AccountOf(CompanyId company, Currency currency)
    {
        var accounts = AccountsOf(company);
        foreach (var account in accounts)
        {
            if (account.Currency == currency)
            {
                return account;
            }
        }

        accounts.Add(new(currency));
        return accounts[^1];
    }

    /// <summary>What the changes are of one account.</summary>
    internal sealed class Account(Currency currency)
    {
        public Currency Currency => currency;

        public List<AccountStep> Gone { get; } = [];

        public List<AccountStep> Came { get; } = [];

        /// <summary>In fold order: they come in the order of what was, which a shift changes.</summary>
        public Account Sorted()
        {
            Gone.Sort((left, right) => left.Recorded.Key.CompareTo(right.Recorded.Key));
            Came.Sort((left, right) => left.Recorded.Key.CompareTo(right.Recorded.Key));
            return this;
        }
    }
}

/// <summary>What an event does to one account.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountStep(RecordedEvent Recorded, decimal Net, bool IsOpening);
