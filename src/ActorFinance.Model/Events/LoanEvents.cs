using System.Text.Json.Serialization;

namespace ActorFinance.Model;

[JsonConverter(typeof(KebabCaseEnumConverter<DayCount>))]
public enum DayCount
{
    Actual360 = 1,
    Actual365 = 2,
    Thirty360 = 3,
    ActualActual = 4,
}

/// <summary>Lender to borrower. The rate is a year's: 0.06 is 6 %.</summary>
public sealed record LoanDrawn(
    LoanId Loan,
    CompanyId Borrower,
    Money Amount,
    CommitmentId? Draws,
    Quantity? Rate,
    DayCount? DayCount,
    Instant? Maturity) : CompanyEvent;

public sealed record LoanRepaid(LoanId Loan, CompanyId Lender, Money Amount) : CompanyEvent;

public sealed record InterestPaid(LoanId Loan, CompanyId Lender, Money Amount) : CompanyEvent;

/// <summary>The guarantor answers for the obligor up to the ceiling; a null beneficiary is outside.</summary>
public sealed record GuaranteeGiven(GuaranteeId Guarantee, CompanyId? Obligor, CompanyId? Beneficiary, Money Ceiling) : CompanyEvent;

/// <summary>Guarantor to beneficiary.</summary>
public sealed record GuaranteeCalled(GuaranteeId Guarantee, CompanyId? Beneficiary, Money Amount) : CompanyEvent;
