using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cascade;

/// <summary>What the cascade is asked for.</summary>
/// <param name="Window">Of due dates.</param>
/// <param name="Firmness">Contracted or announced.</param>
/// <param name="Currency">Null: that of the obligations.</param>
/// <param name="Recovery">What the cash of a company that fails fetches, 0 to 1; null: all of it.</param>
/// <param name="Forced">Companies that fail whatever they have.</param>
/// <param name="ForcedShare">The part of what they owe that these pay, 0 to 1.</param>
public sealed record CascadeQuestion(FlowWindow Window, Firmness Firmness, Currency? Currency, decimal? Recovery, ValueList<CompanyId> Forced, decimal ForcedShare = 0);

/// <summary>What one creditor gets from everybody; a null creditor is outside.</summary>
public sealed record CreditorReceipt(CompanyId? Creditor, decimal Received);

/// <summary>A wave of failures: who cannot pay once those of the rounds before have not, and what each creditor then gets. Numbered from 1; 0 are those that were made to fail.</summary>
public sealed record CascadeRound(int Number, ValueList<CompanyId> Failed, ValueList<CreditorReceipt> Received);

/// <summary>
/// A debtor: <paramref name="Shortfall"/> = obligations - paid; <paramref name="Round"/> is null for one that pays in full. Without
/// <paramref name="HasOpening"/> its cash is only what moved, and its failure may be no more than that.
/// </summary>
public sealed record CascadeCompany(CompanyId Company, decimal Obligations, decimal Cash, bool HasOpening, decimal Received, decimal Paid, decimal Shortfall, int? Round);

/// <summary>What one creditor gets from one debtor: in proportion to what it is owed; a null creditor is outside.</summary>
public sealed record CascadeCreditor(CompanyId Debtor, CompanyId? Creditor, decimal Owed, decimal Received);

/// <summary>Who cannot pay, who then cannot either, and what everybody gets (see <see cref="Clearing"/>).</summary>
/// <param name="Currency">Null when nothing is due.</param>
/// <param name="Rounds">Empty when all pay in full.</param>
/// <param name="Companies">By id: those that owe.</param>
/// <param name="Creditors">By debtor, then creditor, the outside first.</param>
public sealed record CascadeAnswer(
    Currency? Currency, ValueList<CascadeRound> Rounds, ValueList<CascadeCompany> Companies, ValueList<CascadeCreditor> Creditors);

/// <summary>
/// The default cascade over what the book leaves to be paid.
/// <example>a has 10 and owes b 30; b has 5 and owes c 20 and the outside 10. a fails first and pays 10; b then has 15 of 30 and fails too: c gets 10.</example>
/// </summary>
public static class DefaultCascade
{
    /// <summary>Amounts are rounded half-even to 10 decimals once, at the end; what each creditor gets adds up to what is paid.</summary>
    public static FlowOutcome<CascadeAnswer> Of(Counted counted, CascadeQuestion question)
    {
        var outcome = Obligations.Of(counted, question.Window, question.Firmness, question.Currency);
        return outcome.Value is { } obligations ? FlowOutcome<CascadeAnswer>.Of(Of(obligations, question.Recovery, question.Forced, question.ForcedShare)) : outcome.Error!;
    }

    /// <param name="obligations">What is due, and the cash of who owes.</param>
    /// <param name="recovery">What the cash of a company that fails fetches, 0 to 1; null: all of it.</param>
    /// <param name="forced">Companies that fail whatever they have.</param>
    /// <param name="forcedShare">The part of what they owe that these pay, 0 to 1.</param>
    /// <param name="ranked">Of one that is forced to fail, what is paid on each event that it owes by, where this is not in proportion; null: all in proportion.</param>
    /// <exception cref="OverflowException">A total reached 1e18.</exception>
    public static CascadeAnswer Of(Obligations obligations, decimal? recovery, ValueList<CompanyId> forced, decimal forcedShare = 0, IReadOnlyDictionary<EventId, decimal>? ranked = null)
    {
        var debtors = obligations.Cash.Keys.Order().ToArray();
        var parties = debtors
            .Select(d => (CompanyId?)d)
            .Concat(obligations.All.Select(o => o.Creditor).Where(c => c is not { } one || !obligations.Cash.ContainsKey(one)).Distinct().OrderBy(c => c?.Value, StringComparer.Ordinal))
            .ToArray();
        var indices = parties.Select((p, i) => (Key: p?.Value ?? "", i)).ToDictionary(p => p.Key, p => p.i, StringComparer.Ordinal);
        (int Creditor, decimal Amount)[] Row(IEnumerable<Obligation> all, Func<Obligation, decimal> amountOf) => all
            .GroupBy(o => o.Creditor?.Value ?? "", StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Creditor: indices[g.Key], Amount: Checked(g.Sum(amountOf), obligations)))
            .ToArray();
        IEnumerable<Obligation> OwedBy(CompanyId debtor) => obligations.All.Where(o => o.Debtor == debtor);
        var owed = debtors.Select(debtor => Row(OwedBy(debtor), o => o.Amount)).ToArray();

        // Who pays by rank clears as if it owed what each gets, and paid all of that.
        var clearing = debtors.Select((debtor, i) => ranked is not null && forced.Contains(debtor) ? Row(OwedBy(debtor).DistinctBy(o => o.Event), o => ranked[o.Event]) : owed[i]).ToArray();
        var rounds = Clearing.Rounds(
            clearing,
            [.. debtors.Select(d => obligations.Cash[d])],
            recovery ?? 1,
            forced.Where(obligations.Cash.ContainsKey).Select(f => Array.IndexOf(debtors, f)).ToHashSet(),
            ranked is null ? forcedShare : 1);

        // When nobody fails everybody pays in full.
        var paid = rounds.Count == 0
            ? owed.Select(row => row.Sum(o => o.Amount)).ToArray()
            : [.. rounds[^1].Paid.Select(Rounded)];
        var creditors = debtors
            .SelectMany((debtor, i) => Split(paid[i], clearing[i]).Select((received, j) => new CascadeCreditor(debtor, parties[owed[i][j].Creditor], owed[i][j].Amount, received)))
            .ToValueList();
        var received = creditors.Where(c => c.Creditor is not null).GroupBy(c => c.Creditor!.Value).ToDictionary(g => g.Key, g => g.Sum(c => c.Received));
        var companies = debtors.Select((debtor, i) =>
        {
            var all = Checked(owed[i].Sum(o => o.Amount), obligations);
            var round = rounds.FirstOrDefault(r => r.Failed.Contains(i))?.Number;
            return new CascadeCompany(debtor, all, obligations.Cash[debtor], !obligations.WithoutOpening.Contains(debtor), received.GetValueOrDefault(debtor), paid[i], all - paid[i], round);
        });
        return new(
            obligations.Currency,
            rounds.Select(r => new CascadeRound(r.Number, r.Failed.Select(i => debtors[i]).ToValueList(), Receipts(r, clearing, parties))).ToValueList(),
            companies.ToValueList(),
            creditors);
    }

    private static ValueList<CreditorReceipt> Receipts(ClearingRound round, (int Creditor, decimal Amount)[][] owed, CompanyId?[] parties)
    {
        var totals = new decimal[parties.Length];
        var isCreditor = new bool[parties.Length];
        for (var i = 0; i < owed.Length; i++)
        {
            var received = Split(Rounded(round.Paid[i]), owed[i]);
            for (var j = 0; j < received.Length; j++)
            {
                totals[owed[i][j].Creditor] += received[j];
                isCreditor[owed[i][j].Creditor] = true;
            }
        }

        return Enumerable.Range(0, parties.Length)
            .Where(i => isCreditor[i])
            .Select(i => new CreditorReceipt(parties[i], totals[i]))
            .OrderBy(r => r.Creditor?.Value, StringComparer.Ordinal)
            .ToValueList();
    }

    private static decimal[] Split(decimal paid, (int Creditor, decimal Amount)[] owed) =>
        [.. Apportion.LargestRemainder(paid, [.. owed.Select(o => o.Amount)], Money.Decimals).Select(Numbers.Normalise)];

    private static decimal Rounded(ExactRatio amount) => amount.Round(Money.Decimals) ?? throw new OverflowException("a payment is more than a decimal holds");

    private static decimal Checked(decimal sum, Obligations obligations) => Money.Total(sum, obligations.Currency!.Value).Amount;
}
