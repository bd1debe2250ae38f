using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cascade;

/// <summary>What is still owed of one drawing of a loan. Without a maturity it is due when it was drawn.</summary>
public sealed record OpenLoan(CompanyId Lender, CompanyId Borrower, LoanId Loan, Money Amount, Instant Due, RecordedEvent Drawn);

/// <summary>
/// Loans drawn and not repaid at a cut. Repayments use up the earliest maturities first, as draws do with commitments; interest repays nothing.
/// A repayment of more than is owed is listed by <c>verify</c> and counts as far as it goes.
/// </summary>
public static class LoanFold
{
    /// <summary>In fold order of the drawings.</summary>
    public static IReadOnlyList<OpenLoan> Of(Counted counted)
    {
        var drawn = new List<OpenLoan>();
        var repaid = new Dictionary<(CompanyId, CompanyId, LoanId, Currency), decimal>();
        foreach (var recorded in counted.Events)
        {
            switch (recorded.Event)
            {
                case LoanDrawn e:
                    drawn.Add(new(recorded.Header.Emitter, e.Borrower, e.Loan, e.Amount, e.Maturity ?? recorded.Header.EffectiveAt, recorded));
                    break;
                case LoanRepaid e:
                    var key = (e.Lender, recorded.Header.Emitter, e.Loan, e.Amount.Currency);
                    repaid[key] = repaid.GetValueOrDefault(key) + e.Amount.Amount;
                    break;
                default:
                    break;
            }
        }

        var open = new List<OpenLoan>();
        foreach (var loan in drawn.OrderBy(l => l.Due).ThenBy(l => l.Drawn.Key))
        {
            var key = (loan.Lender, loan.Borrower, loan.Loan, loan.Amount.Currency);
            var taken = Math.Min(repaid.GetValueOrDefault(key), loan.Amount.Amount);
            repaid[key] = repaid.GetValueOrDefault(key) - taken;
            if (taken < loan.Amount.Amount)
            {
                open.Add(loan with { Amount = Money.Of(loan.Amount.Amount - taken, loan.Amount.Currency) });
            }
        }

        return [.. open.OrderBy(l => l.Drawn.Key)];
    }
}
