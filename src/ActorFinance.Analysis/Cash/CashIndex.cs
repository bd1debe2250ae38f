using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// Cash at any (T, K) without replaying the book: every company's account in a currency keeps its own changes in fold order, and a question
/// reads only the accounts it asks about. Must equal <see cref="CashFold"/> over <see cref="ReferenceFold"/> exactly. One writer.
/// </summary>
public sealed class CashIndex
{
    private readonly SortedDictionary<CompanyId, SortedDictionary<Currency, FoldSorted<Entry>>> _accounts = [];
    private readonly SortedDictionary<CompanyId, FoldSorted<Entry>> _registrations = [];
    private int _next;

    public CashIndex()
        : this(new Book())
    {
    }

    /// <summary>Indexes a book that others fill, or that <see cref="Apply"/> fills; what was added to it is taken in with the next question.</summary>
    public CashIndex(Book book) => Book = book;

    public Book Book { get; }

    public void Apply(RecordedEvent recorded)
    {
        Book.Add(recorded);
        CatchUp();
    }

    /// <summary>The balances of one company, or of all.</summary>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public CashAnswer At(Cut cut, CompanyId? company = null)
    {
        CatchUp();
        var known = KnownPoint.Of(cut.AsKnown);
        var balances = new List<CashBalance>();
        foreach (var candidate in company is { } one ? [one] : Companies())
        {
            AddBalances(candidate, cut, known, balances);
        }

        return new(Book.Resolve(cut), balances.ToValueList());
    }

    /// <summary>The changes of one account that count at the cut, in fold order.</summary>
    public IReadOnlyList<(RecordedEvent Event, decimal Received, decimal Paid)> ChangesAt(Cut cut, CompanyId company, Currency currency)
    {
        CatchUp();
        if (!_accounts.TryGetValue(company, out var accounts)
            || !accounts.TryGetValue(currency, out var account)
            || !Book.IsCompany(HolderId.Of(company), cut.AsKnown))
        {
            return [];
        }

        var known = KnownPoint.Of(cut.AsKnown);
        return [.. Counting(account, cut.AsOf, known).Select(e => (Book.Recorded[e.Index], e.Received, e.Paid))];
    }

    private IEnumerable<CompanyId> Companies() => _accounts.Keys.Union(_registrations.Keys).Order();

    private void AddBalances(CompanyId company, Cut cut, KnownPoint known, List<CashBalance> balances)
    {
        var before = balances.Count;

        // An account can hold what went to a holder of this id while no such company was known; then it went outside.
        if (_accounts.TryGetValue(company, out var accounts) && Book.IsCompany(HolderId.Of(company), cut.AsKnown))
        {
            foreach (var (currency, account) in accounts)
            {
                var fold = new AccountFold(company, currency);
                foreach (var entry in Counting(account, cut.AsOf, known))
                {
                    fold.Apply(Book.Recorded[entry.Index], entry.Received - entry.Paid, entry.IsOpening);
                }

                if (fold.IsTouched)
                {
                    balances.Add(fold.ToBalance());
                }
            }
        }

        if (balances.Count == before
            && _registrations.TryGetValue(company, out var registrations)
            && Counting(registrations, cut.AsOf, known).LastOrDefault() is { IsThere: true } last)
        {
            balances.Add(new AccountFold(company, ((CompanyRegistered)Book.Recorded[last.Index].Event).Currency).ToBalance());
        }
    }

    private IEnumerable<Entry> Counting(FoldSorted<Entry> account, Instant asOf, KnownPoint known)
    {
        foreach (var entry in account.InOrder())
        {
            if (entry.Key.EffectiveAt > asOf)
            {
                yield break;
            }

            if (known.Sees(Book.VisibilityOf(entry.Index)))
            {
                yield return entry;
            }
        }
    }

    private void CatchUp()
    {
        for (; _next < Book.Recorded.Count; _next++)
        {
            var recorded = Book.Recorded[_next];
            if (recorded.Event is CompanyRegistered)
            {
                Get(_registrations, recorded.Header.Emitter, NewAccount).Add(new(recorded.Key, _next, 0, 0, false, true));
            }

            foreach (var change in CashChange.Of(recorded.Envelope, holder => holder.AsCompany() is not null))
            {
                Get(Get(_accounts, change.Company, () => []), change.Currency, NewAccount)
                    .Add(new(recorded.Key, _next, change.Received, change.Paid, change.IsOpening, true));
            }
        }
    }

    private static FoldSorted<Entry> NewAccount() => new(entry => entry.Key);

    private static TValue Get<TKey, TValue>(SortedDictionary<TKey, TValue> items, TKey key, Func<TValue> create)
        where TKey : notnull
    {
        if (!items.TryGetValue(key, out var value))
        {
            items.Add(key, value = create());
        }

        return value;
    }

    private readonly record struct Entry(FoldKey Key, int Index, decimal Received, decimal Paid, bool IsOpening, bool IsThere);
}
