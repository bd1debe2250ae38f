using ActorFinance.Model;

namespace ActorFinance.Analysis.Cascade;

/// <summary>Who fails in one round, and what everybody then pays in all.</summary>
/// <param name="Number">From 1; 0 for those that were made to fail.</param>
/// <param name="Failed">Indices of the debtors.</param>
/// <param name="Paid">By debtor.</param>
internal sealed record ClearingRound(int Number, IReadOnlyList<int> Failed, IReadOnlyList<ExactRatio> Paid);

/// <summary>
/// The greatest clearing vector (L. Eisenberg and T. Noe 2001, Management Science 47:236) by their fictitious default algorithm: all pay in full;
/// who then could not fails, and pays what it has; who then could not fails in the next round; until nobody does. In exact fractions.
/// <list type="table">
/// <item><term>L[i,j]</term><description>what debtor i owes creditor j; creditors 0..n-1 are the debtors themselves, more may follow</description></item>
/// <item><term>pbar[i]</term><description>sum_j L[i,j]: all that i owes, above 0</description></item>
/// <item><term>c[i]</term><description>cash of i, may be below 0</description></item>
/// <item><term>p[i]</term><description>what i pays: the greatest with p[i] = max(0, min(pbar[i], c[i] + sum_j p[j] L[j,i] / pbar[j]))</description></item>
/// </list>
/// With a recovery share r a company that fails has r c[i] (where c[i] is above 0) in place of c[i]: L. Rogers and L. Veraart 2013, Management
/// Science 59:882, with their beta = 1, since what comes in is money and needs no sale.
/// </summary>
internal static class Clearing
{
    /// <summary>Lacking less than a thousandth of an amount's last place is no failure: what large circles pay is not settled further.</summary>
    private static readonly ExactRatio s_negligible = ExactRatio.OfScaled(1, Money.Decimals + 3);

    /// <param name="owed">L: of each debtor the creditors and amounts, each creditor once.</param>
    /// <param name="cash">c.</param>
    /// <param name="recovery">r, 1 for none lost.</param>
    /// <param name="forced">Debtors that fail whatever they have.</param>
    /// <param name="forcedShare">The part of what they owe that these pay.</param>
    /// <returns>A round for each wave of failures; none when all pay in full.</returns>
    public static IReadOnlyList<ClearingRound> Rounds(IReadOnlyList<(int Creditor, decimal Amount)[]> owed, IReadOnlyList<decimal> cash, decimal recovery, IReadOnlySet<int> forced, decimal forcedShare = 0)
    {
        var total = owed.Select(row => ExactRatio.Of(row.Sum(o => o.Amount))).ToArray();
        var shares = owed.Select((row, i) => row.Select(o => (o.Creditor, Share: ExactRatio.Of(o.Amount) / total[i])).ToArray()).ToArray();
        var has = cash.Select(ExactRatio.Of).ToArray();
        var recovered = cash.Select(c => c > 0 ? ExactRatio.Of(c) * ExactRatio.Of(recovery) : ExactRatio.Of(c)).ToArray();
        var rounds = new List<ClearingRound>();
        var paid = (ExactRatio[])total.Clone();
        var failed = new SortedSet<int>();
        if (forced.Count > 0)
        {
            foreach (var i in forced)
            {
                paid[i] = total[i] * ExactRatio.Of(forcedShare);
            }

            rounds.Add(new(0, [.. forced.Order()], [.. paid]));
        }

        for (var number = 1; ; number++)
        {
            var received = Received(shares, paid);
            var falling = Enumerable.Range(0, total.Length)
                .Where(i => !forced.Contains(i) && !failed.Contains(i) && (has[i] + received[i] - total[i] + s_negligible).Sign < 0)
                .ToArray();
            if (falling.Length == 0)
            {
                return rounds;
            }

            failed.UnionWith(falling);
            Settle(shares, recovered, failed, paid);
            rounds.Add(new(number, falling, [.. paid]));
        }
    }

    /// <summary>What each debtor gets of what all pay.</summary>
    private static ExactRatio[] Received((int Creditor, ExactRatio Share)[][] shares, ExactRatio[] paid)
    {
        var received = new ExactRatio[paid.Length];
        Array.Fill(received, ExactRatio.Zero);
        for (var i = 0; i < paid.Length; i++)
        {
            foreach (var (creditor, share) in shares[i])
            {
                if (creditor < paid.Length && paid[i].Sign > 0)
                {
                    received[creditor] += share * paid[i];
                }
            }
        }

        return received;
    }

    /// <summary>
    /// What the failed pay when the others pay what they do. Those with less than no cash are first taken to pay nothing; whoever of them then has
    /// something left pays it, which gives the others no less, so that each changes sides once at most. No group of the failed pays only itself:
    /// together its members have less than they owe, so something of what they pay leaves it, and the equations have one solution.
    /// </summary>
    private static void Settle((int Creditor, ExactRatio Share)[][] shares, ExactRatio[] recovered, SortedSet<int> failed, ExactRatio[] paid)
    {
        var paying = failed.Where(i => recovered[i].Sign >= 0).ToHashSet();
        while (true)
        {
            foreach (var i in failed)
            {
                paid[i] = ExactRatio.Zero;
            }

            var received = Received(shares, paid);
            ClearingEquations.Solve(shares, [.. paying.Order()], i => recovered[i] + received[i], paid);
            var all = Received(shares, paid);
            var able = failed.Where(i => !paying.Contains(i) && (recovered[i] + all[i]).Sign > 0).ToArray();
            if (able.Length == 0)
            {
                return;
            }

            paying.UnionWith(able);
        }
    }
}
