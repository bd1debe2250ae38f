using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>Cash by one pass over the events that count: the specification of <see cref="CashIndex"/>.</summary>
public static class CashFold
{
    public static CashAnswer Of(Counted counted) => Of(counted.Resolved, counted.Events, counted.IsCompany);

    /// <param name="cut">Reported with the answer.</param>
    /// <param name="events">The events that count, in fold order.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut.</param>
    public static CashAnswer Of(ResolvedCut cut, IReadOnlyList<RecordedEvent> events, Func<HolderId, bool> isCompany)
    {
        var accounts = new SortedDictionary<(CompanyId, Currency), AccountFold>();
        var registered = new SortedDictionary<CompanyId, Currency>();
        foreach (var recorded in events)
        {
            if (recorded.Event is CompanyRegistered company)
            {
                registered[recorded.Header.Emitter] = company.Currency;
            }

            foreach (var change in CashChange.Of(recorded.Envelope, isCompany))
            {
                var key = (change.Company, change.Currency);
                var account = accounts.TryGetValue(key, out var found) ? found : new(change.Company, change.Currency);
                account.Apply(recorded, change.Net, change.IsOpening);
                accounts[key] = account;
            }
        }

        var touched = accounts.Keys.Select(key => key.Item1).ToHashSet();
        foreach (var (company, currency) in registered.Where(r => !touched.Contains(r.Key)))
        {
            accounts.Add((company, currency), new(company, currency));
        }

        return new(cut, accounts.Values.Select(a => a.ToBalance()).ToValueList());
    }
}
