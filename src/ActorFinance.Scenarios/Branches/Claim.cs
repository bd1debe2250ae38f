using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What a company that defaults owes one creditor (null: the outside) under one deal. An edit names claims by <c>loans</c>, <c>purchases</c> or <c>investments</c> (what it
/// had promised to invest or to lend), by a deal, or by a creditor.
/// </summary>
internal readonly record struct Claim(FlowKind Kind, CompanyId? Creditor, DealId? Deal, Money Owed)
{
    public const string Loans = "loans";
    public const string Purchases = "purchases";
    public const string Investments = "investments";

    /// <summary>The rule that a seniority breaks: a name of no claim, or one that is both; null where it can be.</summary>
    public static string? RuleOf(Edit.Default failure, IReadOnlyCollection<Claim> claims)
    {
        if (failure.Senior.FirstOrDefault(failure.Junior.Contains) is { } both)
        {
            return $"'{both}' is senior or junior, not both";
        }

        var names = claims.SelectMany(claim => claim.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return failure.Senior.Concat(failure.Junior).FirstOrDefault(name => !names.Contains(name)) is { } unknown
            ? $"matches nothing: no claim on '{failure.Company}' is named '{unknown}'; there are {(names.Count == 0 ? "none" : string.Join(", ", names.Take(12)))}{Files.Spelling.Hint(unknown, names)}"
            : null;
    }

    /// <summary>
    /// What each claim is paid. All together get the recovery of all that is owed in their currency: senior claims first, until they have all, then those of no
    /// rank, then junior ones; within a rank each in proportion (largest remainder, the earlier of equals). Without ranks each gets its share, rounded half-even.
    /// </summary>
    public static decimal[] Paid(Edit.Default failure, IReadOnlyList<Claim> claims)
    {
        if (failure.Senior.Count == 0 && failure.Junior.Count == 0)
        {
            return [.. claims.Select(claim => Part(claim.Owed.Amount, failure.Recovery))];
        }

        var paid = new decimal[claims.Count];
        foreach (var currency in Enumerable.Range(0, paid.Length).GroupBy(i => claims[i].Owed.Currency))
        {
            var left = Part(currency.Sum(i => claims[i].Owed.Amount), failure.Recovery);
            foreach (var rank in currency.GroupBy(i => claims[i].RankIn(failure)).OrderBy(rank => rank.Key))
            {
                var (places, owed) = (rank.ToArray(), rank.Select(i => claims[i].Owed.Amount).ToArray());
                var parts = left >= owed.Sum() ? owed : Apportion.LargestRemainder(left, owed, Money.Decimals);
                for (var i = 0; i < places.Length; i++)
                {
                    paid[places[i]] = Numbers.Normalise(parts[i]);
                    left -= parts[i];
                }
            }
        }

        return paid;
    }

    private IEnumerable<string> Names =>
        [.. Kind switch { FlowKind.Loan => [Loans], FlowKind.Purchase => [Purchases], _ => (string[])[Investments] }, Creditor?.Value ?? HolderId.Outside.Value, .. Deal is { } deal ? (string[])[deal.Value] : []];

    private static decimal Part(decimal amount, decimal share) => decimal.Round(amount * share, Money.Decimals, MidpointRounding.ToEven);

    /// <summary>A claim that both lists name is senior.</summary>
    private int RankIn(Edit.Default failure) => Names.Any(failure.Senior.Contains) ? 0 : Names.Any(failure.Junior.Contains) ? 2 : 1;
}
