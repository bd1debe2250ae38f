using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// The cash of a fixed list of events, with marks along every account, so that the balances of the same list with some events gone and others come
/// cost what lies after the first of these in the accounts they touch. Must equal <see cref="CashFold"/> over that list exactly. Immutable.
/// </summary>
public sealed class CashMarks
{
    private const int Stride = 64;

    /// <summary>Before everything.</summary>
    internal static FoldKey Start { get; } = new(Instant.Minimum, int.MinValue, default);

    private readonly int _stride;
    private readonly Dictionary<CompanyId, SortedDictionary<Currency, Account>> _companies = [];
    private readonly Dictionary<CompanyId, List<RecordedEvent>> _registrations = [];

    /// <param name="inFoldOrder">All that count.</param>
    /// <param name="isCompany">Whether a holder is a company of the list; any other is outside.</param>
    /// <param name="stride">Changes of an account between two marks.</param>
    public CashMarks(IEnumerable<RecordedEvent> inFoldOrder, Func<HolderId, bool> isCompany, int stride = Stride)
    {
        _stride = stride;
        foreach (var recorded in inFoldOrder)
        {
            if (recorded.Event is CompanyRegistered)
            {
                Of(_registrations, recorded.Header.Emitter).Add(recorded);
            }

            foreach (var change in CashChange.Of(recorded.Envelope, isCompany))
            {
                AccountOf(change.Company, change.Currency).Add(new(recorded, change.Net, change.IsOpening));
            }
        }
    }

    /// <summary>Those that have an account or are registered.</summary>
    public IEnumerable<CompanyId> Companies => _companies.Keys.Union(_registrations.Keys);

    /// <summary>By currency; of a company that is registered by then and that nothing touched, 0 in its own.</summary>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public IReadOnlyList<CashBalance> At(CompanyId company, Instant asOf) => With(company, asOf, [], registrations: null);

    /// <summary>The same once some events are gone and others have come.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="asOf">Effective time, included.</param>
    /// <param name="changes">Of its accounts, in any order.</param>
    /// <param name="registrations">Of the company, as they then are, in fold order; null: as they are in the list.</param>
    /// <exception cref="OverflowException">A balance reached 1e18.</exception>
    public IReadOnlyList<CashBalance> With(CompanyId company, Instant asOf, AccountChanges changes, IEnumerable<RecordedEvent>? registrations) =>
        With(company, asOf, changes.Of(company), registrations);

    /// <summary>What moves a company's accounts, once some events are gone and others have come: those that anything up to the time moves, by currency.</summary>
    internal IEnumerable<AccountSteps> StepsOf(CompanyId company, Instant asOf, AccountChanges changes)
    {
        var (accounts, changed) = (_companies.GetValueOrDefault(company) ?? [], changes.Of(company));
        foreach (var currency in accounts.Keys.Union(changed.Select(change => change.Currency)).Order())
        {
            var (account, change) = (accounts.GetValueOrDefault(currency) ?? new(company, currency, _stride), changed.FirstOrDefault(change => change.Currency == currency));
            if (account.At(asOf, change) is { } balance)
            {
                yield return new(balance, change?.Gone ?? [], change?.Came ?? [], from => account.From(from, asOf, change));
            }
        }
    }

    private List<CashBalance> With(CompanyId company, Instant asOf, IReadOnlyList<AccountChanges.Account> changes, IEnumerable<RecordedEvent>? registrations)
    {
        var balances = new List<CashBalance>(2);
        var accounts = _companies.GetValueOrDefault(company) ?? [];
        foreach (var (currency, account) in accounts)
        {
            if (account.At(asOf, changes.FirstOrDefault(change => change.Currency == currency)) is { } balance)
            {
                balances.Add(balance);
            }
        }

        foreach (var change in changes)
        {
            if (!accounts.ContainsKey(change.Currency) && new Account(company, change.Currency, _stride).At(asOf, change) is { } balance)
            {
                balances.Add(balance);
                balances.Sort((left, right) => left.Currency.CompareTo(right.Currency));
            }
        }

        registrations ??= _registrations.GetValueOrDefault(company) ?? [];
        if (balances.Count == 0 && registrations.LastOrDefault(recorded => recorded.Header.EffectiveAt <= asOf)?.Event is CompanyRegistered registered)
        {
            balances.Add(new AccountFold(company, registered.Currency).ToBalance());
        }

        return balances;
    }

    private static List<RecordedEvent> Of(Dictionary<CompanyId, List<RecordedEvent>> lists, CompanyId company)
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
            accounts.Add(currency, account = new(company, currency, _stride));
        }

        return account;
    }

    private sealed class Account(CompanyId company, Currency currency, int stride)
    {
        private readonly List<AccountStep> _steps = [];

        // Mark i is the fold before step i x stride.
        private readonly List<AccountFold> _marks = [];
        private AccountFold _end = new(company, currency);

        public void Add(in AccountStep step)
        {
            if (_steps.Count % stride == 0)
            {
                _marks.Add(_end);
            }

            _steps.Add(step);
            Apply(ref _end, step);
        }

        /// <summary>Null when no step counts.</summary>
        public CashBalance? At(Instant asOf, AccountChanges.Account? changes)
        {
            var end = PositionOf(new(asOf, int.MaxValue, Offset.Maximum));
            var (gone, came) = changes?.Sorted() is { } sorted ? (sorted.Gone, sorted.Came) : ([], []);
            var first = Math.Min(end, Math.Min(gone.Count == 0 ? end : PositionOf(gone[0].Recorded.Key), came.Count == 0 ? end : PositionOf(came[0].Recorded.Key)));
            if (first == _steps.Count && came.Count == 0)
            {
                return _end.IsTouched ? _end.ToBalance() : null;
            }

            var mark = Math.Min(first / stride, _marks.Count - 1);
            var fold = mark < 0 ? new AccountFold(company, currency) : _marks[mark];
            foreach (var step in Merged(Math.Max(0, mark) * stride, Start, asOf, changes))
            {
                Apply(ref fold, step);
            }

            return fold.IsTouched ? fold.ToBalance() : null;
        }

        /// <summary>From that place on and up to the time, in fold order.</summary>
        public IEnumerable<AccountStep> From(FoldKey from, Instant asOf, AccountChanges.Account? changes) => Merged(PositionOf(from), from, asOf, changes);

        private IEnumerable<AccountStep> Merged(int start, FoldKey from, Instant asOf, AccountChanges.Account? changes)
        {
            var (gone, came) = changes?.Sorted() is { } sorted ? (sorted.Gone, sorted.Came) : ([], []);
            var (i, end) = (start, PositionOf(new(asOf, int.MaxValue, Offset.Maximum)));
            var (next, left) = (came.FindIndex(step => step.Recorded.Key >= from), gone.FindIndex(step => step.Recorded.Key >= from));
            (next, left) = (next < 0 ? came.Count : next, left < 0 ? gone.Count : left);
            while (i < end || next < came.Count)
            {
                if (next < came.Count && (i >= end || came[next].Recorded.Key < _steps[i].Recorded.Key))
                {
                    if (came[next].Recorded.Header.EffectiveAt <= asOf)
                    {
                        yield return came[next];
                    }

                    next++;
                }
                else if (left < gone.Count && gone[left].Recorded.Offset == _steps[i].Recorded.Offset)
                {
                    (i, left) = (i + 1, left + 1);
                }
                else
                {
                    yield return _steps[i++];
                }
            }
        }

        private static void Apply(ref AccountFold fold, in AccountStep step) => fold.Apply(step.Recorded, step.Net, step.IsOpening);

        private int PositionOf(FoldKey key)
        {
            var (low, high) = (0, _steps.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _steps[middle].Recorded.Key < key ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}

/// <summary>One account of a company.</summary>
/// <param name="End">At the time that was asked for.</param>
/// <param name="Gone">What is gone from the list, also after that time.</param>
/// <param name="Came">What has come to it, also after that time.</param>
/// <param name="From">What moves the account up to then, from a place on, in fold order.</param>
internal sealed record AccountSteps(CashBalance End, IReadOnlyList<AccountStep> Gone, IReadOnlyList<AccountStep> Came, Func<FoldKey, IEnumerable<AccountStep>> From);
