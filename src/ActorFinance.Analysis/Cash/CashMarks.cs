using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>What an event does to one account.</summary>
public readonly record struct AccountChange(RecordedEvent Recorded, CashChange Change);

/// <summary>
/// The cash of a fixed list of events, with marks along every account, so that the balances of the same list with some events gone and others come
/// cost what lies after the first of these in the accounts they touch. Must equal <see cref="CashFold"/> over that list exactly. Immutable.
/// </summary>
public sealed class CashMarks
{
    /// <summary>Changes between two marks.</summary>
    private const int Stride = 256;

    private readonly SortedDictionary<CompanyId, SortedDictionary<Currency, Account>> _companies = [];
    private readonly SortedDictionary<CompanyId, List<RecordedEvent>> _registrations = [];

    /// <param name="inFoldOrder">All that count.</param>
    /// <param name="isCompany">Whether a holder is a company of the list; any other is outside.</param>
    public CashMarks(IEnumerable<RecordedEvent> inFoldOrder, Func<HolderId, bool> isCompany)
    {
        foreach (var recorded in inFoldOrder)
        {
            if (recorded.Event is CompanyRegistered)
            {
                Of(_registrations, recorded.Header.Emitter).Add(recorded);
            }

            foreach (var change in CashChange.Of(recorded.Envelope, isCompany))
            {
                AccountOf(change.Company, change.Currency).Add(new(recorded, change));
            }
        }
    }

    /// <summary>Those that have an account or are registered.</summary>
    public IEnumerable<CompanyId> Companies => _companies.Keys.Union(_registrations.Keys);

    /// <summary>By currency; of a company that is registered by then and that nothing touched, 0 in its own.</summary>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public IReadOnlyList<CashBalance> At(CompanyId company, Instant asOf) => With(company, asOf, [], [], registrations: null);

    /// <summary>The same once some events are gone and others have come.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="asOf">Effective time, included.</param>
    /// <param name="gone">Changes of its accounts in the list.</param>
    /// <param name="came">Changes of its accounts, in any order.</param>
    /// <param name="registrations">Of the company, as they then are, in fold order; null: as they are in the list.</param>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public IReadOnlyList<CashBalance> With(
        CompanyId company, Instant asOf, IReadOnlyCollection<AccountChange> gone, IReadOnlyCollection<AccountChange> came, IEnumerable<RecordedEvent>? registrations)
    {
        var balances = new List<CashBalance>();
        var accounts = _companies.GetValueOrDefault(company);
        foreach (var currency in (accounts?.Keys.AsEnumerable() ?? []).Union(came.Select(change => change.Change.Currency)).Order())
        {
            var account = accounts?.GetValueOrDefault(currency) ?? new(company, currency);
            if (account.At(asOf, Of(gone, currency), Of(came, currency)) is { } balance)
            {
                balances.Add(balance);
            }
        }

        registrations ??= _registrations.GetValueOrDefault(company) ?? [];
        if (balances.Count == 0 && registrations.LastOrDefault(recorded => recorded.Header.EffectiveAt <= asOf)?.Event is CompanyRegistered registered)
        {
            balances.Add(new AccountFold(company, registered.Currency).ToBalance());
        }

        return balances;
    }

    private static List<AccountChange> Of(IReadOnlyCollection<AccountChange> changes, Currency currency) =>
        [.. changes.Where(change => change.Change.Currency == currency).OrderBy(change => change.Recorded.Key)];

    private static List<RecordedEvent> Of(SortedDictionary<CompanyId, List<RecordedEvent>> lists, CompanyId company)
    {
        if (!lists.TryGetValue(company, out var list))
        {
            lists.Add(company, list = []);
        }

        return list;
    }

    private Account AccountOf(CompanyId company, Currency currency)
    {
        if (!_companies.TryGetValue(company, out var accounts))
        {
            _companies.Add(company, accounts = []);
        }

        if (!accounts.TryGetValue(currency, out var account))
        {
            accounts.Add(currency, account = new(company, currency));
        }

        return account;
    }

    private sealed class Account(CompanyId company, Currency currency)
    {
        private readonly List<(RecordedEvent Recorded, decimal Net, bool IsOpening)> _changes = [];

        // Mark i is the fold before change i x Stride.
        private readonly List<AccountFold> _marks = [];
        private AccountFold _end = new(company, currency);

        public void Add(AccountChange change)
        {
            if (_changes.Count % Stride == 0)
            {
                _marks.Add(_end);
            }

            _changes.Add((change.Recorded, change.Change.Net, change.Change.IsOpening));
            _end.Apply(change.Recorded, change.Change.Net, change.Change.IsOpening);
        }

        /// <summary>Null when no change counts.</summary>
        public CashBalance? At(Instant asOf, List<AccountChange> gone, List<AccountChange> came)
        {
            var end = PositionOf(new(asOf, int.MaxValue, Offset.Maximum));
            var first = Math.Min(end, gone.Concat(came).Select(change => PositionOf(change.Recorded.Key)).DefaultIfEmpty(end).Min());
            if (first == _changes.Count && came.Count == 0)
            {
                return _end.IsTouched ? _end.ToBalance() : null;
            }

            var mark = Math.Min(first / Stride, _marks.Count - 1);
            var fold = mark < 0 ? new AccountFold(company, currency) : _marks[mark];
            var taken = gone.Select(change => change.Recorded.Offset).ToHashSet();
            var next = 0;
            for (var i = Math.Max(0, mark) * Stride; i < end || next < came.Count;)
            {
                if (next < came.Count && (i == end || came[next].Recorded.Key < _changes[i].Recorded.Key))
                {
                    var (recorded, change) = came[next++];
                    if (recorded.Header.EffectiveAt <= asOf)
                    {
                        fold.Apply(recorded, change.Net, change.IsOpening);
                    }
                }
                else if (!taken.Contains(_changes[i++].Recorded.Offset))
                {
                    var (recorded, net, isOpening) = _changes[i - 1];
                    fold.Apply(recorded, net, isOpening);
                }
            }

            return fold.IsTouched ? fold.ToBalance() : null;
        }

        private int PositionOf(FoldKey key)
        {
            var (low, high) = (0, _changes.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _changes[middle].Recorded.Key < key ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
