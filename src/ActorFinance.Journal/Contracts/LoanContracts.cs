using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class LoanContracts
{
    public static void Write(ref ContractWriter writer, LoanDrawn value)
    {
        writer.Id(value.Loan);
        writer.Id(value.Borrower);
        writer.Money(value.Amount);
        writer.Id(value.Draws);
        writer.Quantity(value.Rate);
        writer.Enumeration(value.DayCount);
        writer.Instant(value.Maturity);
    }

    public static LoanDrawn ReadLoanDrawn(ref ContractReader reader) => new(
        Loan: reader.Id<LoanId>(),
        Borrower: reader.Company(),
        Amount: reader.Money(),
        Draws: reader.OptionalId<CommitmentId>(),
        Rate: reader.OptionalQuantity(),
        DayCount: reader.OptionalEnumeration<DayCount>(),
        Maturity: reader.OptionalInstant());

    public static void Write(ref ContractWriter writer, LoanRepaid value)
    {
        writer.Id(value.Loan);
        writer.Id(value.Lender);
        writer.Money(value.Amount);
    }

    public static LoanRepaid ReadLoanRepaid(ref ContractReader reader) => new(
        Loan: reader.Id<LoanId>(),
        Lender: reader.Company(),
        Amount: reader.Money());

    public static void Write(ref ContractWriter writer, InterestPaid value)
    {
        writer.Id(value.Loan);
        writer.Id(value.Lender);
        writer.Money(value.Amount);
    }

    public static InterestPaid ReadInterestPaid(ref ContractReader reader) => new(
        Loan: reader.Id<LoanId>(),
        Lender: reader.Company(),
        Amount: reader.Money());

    public static void Write(ref ContractWriter writer, GuaranteeGiven value)
    {
        writer.Id(value.Guarantee);
        writer.Id(value.Obligor);
        writer.Id(value.Beneficiary);
        writer.Money(value.Ceiling);
    }

    public static GuaranteeGiven ReadGuaranteeGiven(ref ContractReader reader) => new(
        Guarantee: reader.Id<GuaranteeId>(),
        Obligor: reader.OptionalId<CompanyId>(),
        Beneficiary: reader.OptionalId<CompanyId>(),
        Ceiling: reader.Money());

    public static void Write(ref ContractWriter writer, GuaranteeCalled value)
    {
        writer.Id(value.Guarantee);
        writer.Id(value.Beneficiary);
        writer.Money(value.Amount);
    }

    public static GuaranteeCalled ReadGuaranteeCalled(ref ContractReader reader) => new(
        Guarantee: reader.Id<GuaranteeId>(),
        Beneficiary: reader.OptionalId<CompanyId>(),
        Amount: reader.Money());
}
