namespace ActorFinance.Model;

internal static class LoanDecisions
{
    public static Decision Draw(Order order, DrawLoan draw) =>
        order.FitUnless(
            Guards.Positive("amount", draw.Amount)
                ?? Guards.Other(order, draw.Borrower)
                ?? (draw.DayCount is { } count ? Guards.Defined("dayCount", count) : null),
            new LoanDrawn(draw.Loan, draw.Borrower, draw.Amount, draw.Draws, draw.Rate, draw.DayCount, draw.Maturity));

    public static Decision Repay(Order order, RepayLoan repay) =>
        order.FitUnless(
            Guards.Positive("amount", repay.Amount) ?? Guards.Other(order, repay.Lender),
            new LoanRepaid(repay.Loan, repay.Lender, repay.Amount));

    public static Decision PayInterest(Order order, PayInterest pay) =>
        order.FitUnless(
            Guards.Positive("amount", pay.Amount) ?? Guards.Other(order, pay.Lender),
            new InterestPaid(pay.Loan, pay.Lender, pay.Amount));

    public static Decision Give(Order order, GiveGuarantee give) =>
        order.FitUnless(
            Guards.Positive("ceiling", give.Ceiling)
                ?? (give.Obligor is { } obligor ? Guards.Other(order, obligor) : null)
                ?? (give.Beneficiary is { } beneficiary ? Guards.Other(order, beneficiary) : null),
            new GuaranteeGiven(give.Guarantee, give.Obligor, give.Beneficiary, give.Ceiling));

    public static Decision Call(Order order, CallGuarantee call)
    {
        if (Guards.Positive("amount", call.Amount) is { } refusal)
        {
            return refusal;
        }

        return order.Before().Guarantees.TryGetValue(call.Guarantee, out var given)
            ? order.Fit(new GuaranteeCalled(call.Guarantee, given.Beneficiary, call.Amount))
            : new UnknownGuarantee(call.Guarantee);
    }
}
