using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Commitments;

/// <summary>
/// What a company has promised by a date against the cash it has at the cut. <paramref name="Gap"/> = owed - cash, 0 at least;
/// <paramref name="GapAfterReceipts"/> also counts what others have promised to it by then.
/// </summary>
public sealed record FundingGap(CompanyId Company, Currency Currency, decimal Cash, decimal Owed, decimal Promised, decimal Gap, decimal GapAfterReceipts)
{
    /// <summary>The companies that owe anything by <paramref name="until"/>, overdue and undated parts included; by company, then currency.</summary>
    public static IReadOnlyList<FundingGap> Of(Counted counted, Instant until)
    {
        var parts =
            from commitment in CommitmentFold.Of(counted).All
            from part in commitment.Open()
            where part.At <= until
            select (commitment.Terms.From, commitment.Terms.To, commitment.Currency, part.Amount);
        var due = parts.ToList();
        var owed = Sums(due.Select(d => (d.From, d.Currency, d.Amount)));
        var promised = Sums(due.Select(d => (d.To, d.Currency, d.Amount)));
        var cash = CashFold.Of(counted).Balances.ToDictionary(b => (b.Company, b.Currency), b => b.Amount);
        return
        [
            .. from row in owed
               let has = cash.GetValueOrDefault(row.Key)
               let comes = promised.GetValueOrDefault(row.Key)
               orderby row.Key.Company, row.Key.Currency
               select new FundingGap(
                   row.Key.Company,
                   row.Key.Currency,
                   has,
                   row.Value,
                   comes,
                   Math.Max(0, row.Value - has),
                   Math.Max(0, row.Value - has - comes)),
        ];
    }

    private static Dictionary<(CompanyId Company, Currency Currency), decimal> Sums(IEnumerable<(CompanyId? Company, Currency Currency, decimal Amount)> due) =>
        due.Where(d => d.Company is not null)
            .GroupBy(d => (d.Company!.Value, d.Currency))
            .ToDictionary(g => g.Key, g => Money.Total(g.Sum(d => d.Amount), g.Key.Currency).Amount);
}
