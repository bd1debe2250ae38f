using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cascade;

/// <summary>An amount that a company has to pay by a date, in the currency of the answer; a null creditor is outside.</summary>
public sealed record Obligation(CompanyId Debtor, CompanyId? Creditor, decimal Amount, Instant Due, EventId Event);

/// <summary>L and c of the cascade: what is due in the window, and the cash that those who owe have at the cut.</summary>
/// <param name="Currency">Null when nothing is due.</param>
/// <param name="All">By due date, then in fold order.</param>
/// <param name="Cash">Of each debtor, by id; may be below 0.</param>
/// <param name="WithoutOpening">Debtors of which no opening balance is recorded: their cash is only what moved.</param>
public sealed record Obligations(Currency? Currency, ValueList<Obligation> All, IReadOnlyDictionary<CompanyId, decimal> Cash, IReadOnlySet<CompanyId> WithoutOpening)
{
    /// <summary>
    /// Contracted: what commitments leave open, at their due dates (undated: at their effective time), and loans, at their maturities. Announced
    /// adds the headlines of deals that are only announced. Not what is in kind, what the outside owes, or guarantees, which are owed only once called.
    /// </summary>
    /// <param name="counted">The events that count; a window may end after the cut.</param>
    /// <param name="window">Of due dates.</param>
    /// <param name="firmness">Contracted or announced: what is paid is owed no longer.</param>
    /// <param name="reporting">Null: that of the obligations, which must then all be in one.</param>
    /// <returns>An error when amounts are in several currencies, or a rate is missing.</returns>
    public static FlowOutcome<Obligations> Of(Counted counted, FlowWindow window, Firmness firmness, Currency? reporting)
    {
        if (firmness == Firmness.Paid)
        {
            throw new ArgumentOutOfRangeException(nameof(firmness), firmness, "what is paid is owed no longer");
        }

        var due = FirmFlows.UpTo(counted, firmness)
            .Where(f => f.Firmness != Firmness.Paid && !f.InKind && f.From is not null && f.Kind != FlowKind.GuaranteeCall)
            .Select(f => (Debtor: f.From!.Value, Creditor: f.To, f.Amount, Due: f.At, f.Event))
            .Concat(LoanFold.Of(counted).Select(l => (Debtor: l.Borrower, Creditor: (CompanyId?)l.Lender, l.Amount, l.Due, Event: l.Drawn)))
            .Where(d => window.Contains(d.Due) && d.Debtor != d.Creditor && d.Amount.IsPositive)
            .OrderBy(d => d.Due)
            .ThenBy(d => d.Event.Key)
            .ToList();
        var currencies = due.Select(d => d.Amount.Currency).Distinct().Order().ToValueList();
        if (reporting is null && currencies.Count > 1)
        {
            return new FlowError.SeveralCurrencies(currencies);
        }

        if (due.Count == 0)
        {
            return FlowOutcome<Obligations>.Of(new(reporting, [], new Dictionary<CompanyId, decimal>(), new HashSet<CompanyId>()));
        }

        var currency = reporting ?? currencies[0];
        var rates = new ExchangeRates(counted.Events);
        var all = new List<Obligation>();
        foreach (var (debtor, creditor, amount, at, recorded) in due)
        {
            if (rates.Convert(amount, currency, at) is not { } converted)
            {
                return new FlowError.MissingRate(amount.Currency, currency, at);
            }

            all.Add(new(debtor, creditor, converted, at, recorded.Header.Id));
        }

        var cash = all.Select(o => o.Debtor).Distinct().ToDictionary(d => d, _ => 0m);
        var withoutOpening = cash.Keys.ToHashSet();
        foreach (var balance in Analysis.Cash.CashFold.Of(counted).Balances.Where(b => cash.ContainsKey(b.Company)))
        {
            if (balance.HasOpening)
            {
                withoutOpening.Remove(balance.Company);
            }

            if (balance.Amount == 0)
            {
                continue;
            }

            // A rate is of amounts above 0; what is lacking is converted like what is there.
            var size = Money.Total(Math.Abs(balance.Amount), balance.Currency);
            if (rates.Convert(size, currency, counted.Resolved.AsOf) is not { } converted)
            {
                return new FlowError.MissingRate(balance.Currency, currency, counted.Resolved.AsOf);
            }

            cash[balance.Company] += Math.Sign(balance.Amount) * converted;
        }

        return FlowOutcome<Obligations>.Of(new(currency, all.ToValueList(), cash, withoutOpening));
    }
}
