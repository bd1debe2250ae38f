using System.Collections.Concurrent;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// What the accounts of a fixed list of events burn in one window, so that the same list with some events gone and others come costs what these are. Must equal
/// <see cref="Burn.Of(Counted, RollingSpan)"/> over that list exactly. An account is summed when it is first asked for; any number of threads may ask.
/// </summary>
/// <param name="marks">Of the list.</param>
/// <param name="window">Ends at the cut, or with the day of the last event that moves cash.</param>
/// <param name="months">Its length.</param>
/// <param name="isCompany">Whether a holder is a company of the list; any other is outside.</param>
public sealed class BurnMarks(CashMarks marks, FlowWindow window, decimal months, Func<HolderId, bool> isCompany)
{
    private readonly ConcurrentDictionary<(CompanyId, Currency), BurnSums> _sums = [];
    private readonly FoldKey _start = window.From == Instant.Minimum ? CashMarks.Start : new FoldKey(new(window.From.UtcTicks + 1), int.MinValue, default);

    /// <summary>By currency.</summary>
    public IEnumerable<Burn> Of(CompanyId company) => With(company, new(), isCompany);

    /// <summary>The same once some events are gone and others have come.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="changes">In any order.</param>
    /// <param name="isCompanyNow">Whether a holder is a company then.</param>
    public IEnumerable<Burn> With(CompanyId company, AccountChanges changes, Func<HolderId, bool> isCompanyNow)
    {
        foreach (var account in marks.StepsOf(company, window.To, changes))
        {
            var currency = account.End.Currency;
            if (account.From(CashMarks.Start).FirstOrDefault(step => MovesOf(step.Recorded, isCompanyNow, company, currency).Any()).Recorded is not { } first)
            {
                // What a company pays itself is a step of its account, and moves nothing.
                continue;
            }

            var sums = _sums.GetOrAdd((company, currency), SumsOf);
            Add(ref sums, account.Gone, isCompany, company, currency, -1);
            Add(ref sums, account.Came, isCompanyNow, company, currency, 1);
            yield return sums.ToBurn(company, currency, first.Header.EffectiveAt, window, months, account.End.Amount, account.End.HasOpening, new(() =>
                account.From(_start).Where(step => MovesOf(step.Recorded, isCompanyNow, company, currency).Any(moved => BurnSums.IsBusiness(moved))).Select(step => EventReference.Of(step.Recorded))));
        }
    }

    private BurnSums SumsOf((CompanyId Company, Currency Currency) account)
    {
        var sums = default(BurnSums);
        foreach (var steps in marks.StepsOf(account.Company, window.To, new()).Where(steps => steps.End.Currency == account.Currency))
        {
            Add(ref sums, steps.From(_start), isCompany, account.Company, account.Currency, 1);
        }

        return sums;
    }

    private void Add(ref BurnSums sums, IEnumerable<AccountStep> steps, Func<HolderId, bool> among, CompanyId company, Currency currency, int sign)
    {
        foreach (var step in steps)
        {
            if (!window.Contains(step.Recorded.Header.EffectiveAt))
            {
                continue;
            }

            // Nearly all events are one move, for which no list is made.
            if (step.Recorded.Event is not DividendDeclared)
            {
                if (Movements.Single(step.Recorded.Header.Emitter, step.Recorded.Event, among) is { InKind: false } single && single.From != single.To)
                {
                    sums.Add(single, single.From == company ? -single.Amount.Amount : single.Amount.Amount, sign);
                }

                continue;
            }

            foreach (var moved in MovesOf(step.Recorded, among, company, currency))
            {
                sums.Add(moved, moved.From == company ? -moved.Amount.Amount : moved.Amount.Amount, sign);
            }
        }
    }

    private static IEnumerable<Moved> MovesOf(RecordedEvent recorded, Func<HolderId, bool> among, CompanyId company, Currency currency) =>
        Burn.MovesOf(recorded, among).Where(moved => moved.Amount.Currency == currency && (moved.From == company || moved.To == company));
}
