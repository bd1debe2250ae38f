using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>
/// What no company can refuse, because it checks only its own journal: repaying more than was lent, refunding more than was bought, drawing
/// before a milestone was reached. Facts may be so, and sources incomplete: these are findings, not faults.
/// </summary>
public sealed class BetweenCompanies
{
    private readonly Dictionary<(CompanyId Lender, CompanyId Borrower, LoanId Loan, Currency Currency), decimal> _owed = [];
    private readonly Dictionary<(CompanyId Buyer, CompanyId Seller, Currency Currency, bool InKind), decimal> _bought = [];
    private readonly Dictionary<(CompanyId, CommitmentId), ConditionSet> _conditions = [];
    private readonly HashSet<(CompanyId, string)> _milestones = [];
    private readonly List<Finding> _findings = [];

    private BetweenCompanies()
    {
    }

    /// <summary>In fold order.</summary>
    public static IReadOnlyList<Finding> Of(Counted counted)
    {
        var check = new BetweenCompanies();
        foreach (var recorded in counted.Events)
        {
            check.Apply(recorded);
            if (Draw.Of(recorded, counted) is { } draw)
            {
                check.CheckMilestones(recorded, draw);
            }
        }

        return check._findings;
    }

    private void Apply(RecordedEvent recorded)
    {
        var self = recorded.Header.Emitter;
        switch (recorded.Event)
        {
            case LoanDrawn e:
                Add(_owed, (self, e.Borrower, e.Loan, e.Amount.Currency), e.Amount);
                break;
            case LoanRepaid e:
                Repay(recorded, e);
                break;
            case PurchasePaid e:
                Add(_bought, (self, e.Seller, e.Amount.Currency, e.InKind), e.Amount);
                break;
            case PurchaseRefunded e:
                Refund(recorded, e);
                break;
            case MilestoneReached e:
                _milestones.Add((self, e.Milestone));
                break;
            case InvestmentCommitted e:
                Commit(self, e.Terms);
                break;
            case PurchaseCommitted e:
                Commit(self, e.Terms);
                break;
            case LoanCommitted e:
                Commit(self, e.Terms);
                break;
            default:
                break;
        }
    }

    private void Repay(RecordedEvent recorded, LoanRepaid repaid)
    {
        var key = (repaid.Lender, recorded.Header.Emitter, repaid.Loan, repaid.Amount.Currency);
        if (Take(_owed, key, repaid.Amount) is { } owed)
        {
            Report(
                recorded,
                "loan-over-repaid",
                $"{recorded.Header.Emitter} repays {repaid.Amount} of loan {repaid.Loan} to {repaid.Lender}, owed {Numbers.Text(owed)} {repaid.Amount.Currency}");
        }
    }

    private void Refund(RecordedEvent recorded, PurchaseRefunded refunded)
    {
        var key = (refunded.Buyer, recorded.Header.Emitter, refunded.Amount.Currency, refunded.InKind);
        if (Take(_bought, key, refunded.Amount) is { } bought)
        {
            Report(
                recorded,
                "purchase-over-refunded",
                $"{recorded.Header.Emitter} refunds {refunded.Amount} to {refunded.Buyer}, bought and not refunded before: {Numbers.Text(bought)} {refunded.Amount.Currency}");
        }
    }

    private void Commit(CompanyId emitter, CommitmentTerms terms)
    {
        if (terms.Conditions is { } conditions)
        {
            _conditions.TryAdd((emitter, terms.Commitment), conditions);
        }
    }

    private void CheckMilestones(RecordedEvent recorded, Draw draw)
    {
        if (!_conditions.TryGetValue((draw.Emitter, draw.Commitment), out var set))
        {
            return;
        }

        var missing = set.Conditions.Where(IsMissing).ToList();

        // Where any one condition suffices, another that is no milestone may have been met: only the register of prices could say.
        if (missing.Count > 0 && (!set.AnySuffices || missing.Count == set.Conditions.Count))
        {
            var names = string.Join(", ", missing.Select(m => $"'{m.Milestone}' of {m.Company ?? draw.Emitter}"));
            Report(recorded, "drawn-before-milestone", $"{draw.Amount} drawn of commitment {draw.Commitment} of {draw.Emitter} before {names}");
        }

        bool IsMissing(Condition condition) =>
            condition is { Kind: ConditionKind.Milestone, Milestone: { } milestone }
            && !_milestones.Contains((condition.Company ?? draw.Emitter, milestone));
    }

    private void Report(RecordedEvent recorded, string code, string message) => _findings.Add(new(code, message, recorded.Header.Id));

    private static void Add<TKey>(Dictionary<TKey, decimal> sums, TKey key, Money amount)
        where TKey : notnull =>
        sums[key] = Money.Total(sums.GetValueOrDefault(key) + amount.Amount, amount.Currency).Amount;

    /// <summary>What there was, when it was less than is taken; else null. What exceeds it is left out of what follows.</summary>
    private static decimal? Take<TKey>(Dictionary<TKey, decimal> sums, TKey key, Money amount)
        where TKey : notnull
    {
        var before = sums.GetValueOrDefault(key);
        sums[key] = Math.Max(0, before - amount.Amount);
        return before < amount.Amount ? before : null;
    }
}
