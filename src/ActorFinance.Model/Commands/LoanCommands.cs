namespace ActorFinance.Model;

public sealed record DrawLoan(
    LoanId Loan,
    CompanyId Borrower,
    Money Amount,
    CommitmentId? Draws = null,
    Quantity? Rate = null,
    DayCount? DayCount = null,
    Instant? Maturity = null) : CompanyCommand;

public sealed record RepayLoan(LoanId Loan, CompanyId Lender, Money Amount) : CompanyCommand;

public sealed record PayInterest(LoanId Loan, CompanyId Lender, Money Amount) : CompanyCommand;

public sealed record GiveGuarantee(GuaranteeId Guarantee, Money Ceiling, CompanyId? Obligor = null, CompanyId? Beneficiary = null) : CompanyCommand;

public sealed record CallGuarantee(GuaranteeId Guarantee, Money Amount) : CompanyCommand;
