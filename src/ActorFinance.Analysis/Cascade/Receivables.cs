using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cascade;

/// <summary>
/// What a company has coming to it at a time, by how late it is: its loans that are not repaid, and the instalments of purchases promised to it whose day has
/// come. A loan without a maturity is never late; what is promised for a later day, or for none, is an order and no receivable.
/// </summary>
/// <param name="Creditor">Who is owed.</param>
/// <param name="Currency">Of the amounts.</param>
/// <param name="NotDue">Its day has not passed.</param>
/// <param name="To30">1 to 30 days late; the day that it is due is not late.</param>
/// <param name="To60">31 to 60.</param>
/// <param name="To90">61 to 90.</param>
/// <param name="Over90">More.</param>
/// <param name="FinancedSales">sum_b min(P[b,a], what b still owes of a's loans), P the purchases paid less refunds: revenue that a paid for itself and that would be reversed with the loans.</param>
public sealed record Receivables(CompanyId Creditor, Currency Currency, decimal NotDue, decimal To30, decimal To60, decimal To90, decimal Over90, decimal FinancedSales)
{
    private const int BucketDays = 30;

    public decimal Total => NotDue + Late;

    public decimal Late => To30 + To60 + To90 + Over90;

    /// <summary>
    /// At the cut; where that is all times, at the end of the day of the last event. By creditor, then currency.
    /// <example>a lends b 100 on 1 January for a month and b buys 80 from a. On 15 March nothing is repaid: 100 are 42 days late, and 80 of revenue hang on them.</example>
    /// </summary>
    public static IReadOnlyList<Receivables> Of(Counted counted)
    {
        var at = counted.Resolved.AsOf;
        if (at == Instant.Maximum)
        {
            at = counted.Events.Select(recorded => recorded.Header.EffectiveAt).DefaultIfEmpty(Instant.Minimum).Max().EndOfDay();
        }

        var loans = LoanFold.Of(counted);
        var owed = loans
            .Select(loan => (Creditor: loan.Lender, loan.Amount.Currency, loan.Amount.Amount, Due: ((LoanDrawn)loan.Drawn.Event).Maturity ?? Instant.Maximum))
            .Concat(
                from promise in CommitmentFold.Of(counted).All
                where promise.Kind == FlowKind.Purchase && promise.Terms.To is not null
                from part in promise.Open()
                where part.IsDated && part.At <= at
                select (Creditor: promise.Terms.To!.Value, promise.Currency, part.Amount, Due: part.At));
        var financed = WriteOff.Of(counted, loans, _ => true).GroupBy(off => (off.Creditor, off.Currency)).ToDictionary(group => group.Key, group => group.Sum(off => off.RevenueToReverse));
        return
        [
            .. from one in owed
               group one by (one.Creditor, one.Currency) into its
               orderby its.Key.Creditor, its.Key.Currency
               let buckets = its.ToLookup(one => Bucket(one.Due, at), one => one.Amount)
               select new Receivables(
                   its.Key.Creditor,
                   its.Key.Currency,
                   Sum(buckets[0], its.Key.Currency),
                   Sum(buckets[1], its.Key.Currency),
                   Sum(buckets[2], its.Key.Currency),
                   Sum(buckets[3], its.Key.Currency),
                   Sum(buckets[4], its.Key.Currency),
                   financed.GetValueOrDefault(its.Key)),
        ];
    }

    /// <summary>0 for what is not late, else which 30 days, 4 for all behind the third.</summary>
    private static int Bucket(Instant due, Instant at)
    {
        var days = (at.UtcTicks - due.UtcTicks) / TimeSpan.TicksPerDay;
        return days <= 0 ? 0 : (int)Math.Min(4, (days + BucketDays - 1) / BucketDays);
    }

    private static decimal Sum(IEnumerable<decimal> amounts, Currency currency) => Money.Total(amounts.Sum(), currency).Amount;
}

/// <summary>What a lender loses for good when a borrower repays no more.</summary>
/// <param name="Creditor">The lender.</param>
/// <param name="Debtor">The borrower.</param>
/// <param name="Currency">Of the amounts.</param>
/// <param name="Amount">What is drawn and not repaid.</param>
/// <param name="RevenueToReverse">min(P[debtor, creditor], amount): sales that the lost money had paid for.</param>
public sealed record WriteOff(CompanyId Creditor, CompanyId Debtor, Currency Currency, decimal Amount, decimal RevenueToReverse)
{
    /// <summary>Of all loans to a company that counts as lost; by creditor, debtor, currency.</summary>
    public static IReadOnlyList<WriteOff> Of(Counted counted, CompanyId debtor) => Of(counted, LoanFold.Of(counted), borrower => borrower == debtor);

    internal static IReadOnlyList<WriteOff> Of(Counted counted, IReadOnlyList<OpenLoan> loans, Func<CompanyId, bool> isLost)
    {
        var open = loans.Where(loan => isLost(loan.Borrower) && loan.Borrower != loan.Lender)
            .GroupBy(loan => (loan.Lender, loan.Borrower, loan.Amount.Currency))
            .ToDictionary(group => group.Key, group => group.Sum(loan => loan.Amount.Amount));
        var bought = new Dictionary<(CompanyId Seller, CompanyId Buyer, Currency), decimal>();
        foreach (var movement in open.Count == 0 ? [] : counted.Events.SelectMany(recorded => Movements.Of(recorded.Envelope, counted.IsCompany)))
        {
            if (movement is { InKind: false, From: { } from, To: { } to, Kind: FlowKind.Purchase or FlowKind.Refund })
            {
                var (key, amount) = movement.Kind == FlowKind.Purchase ? ((to, from, movement.Amount.Currency), movement.Amount.Amount) : ((from, to, movement.Amount.Currency), -movement.Amount.Amount);
                bought[key] = bought.GetValueOrDefault(key) + amount;
            }
        }

        return
        [
            .. open.OrderBy(pair => pair.Key)
                .Select(pair => new WriteOff(pair.Key.Lender, pair.Key.Borrower, pair.Key.Currency, pair.Value, Math.Clamp(bought.GetValueOrDefault(pair.Key), 0, pair.Value))),
        ];
    }
}
