using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class CommitmentContracts
{
    public static void Write(ref ContractWriter writer, InvestmentCommitted value) =>
        WriteCommitmentTerms(ref writer, value.Terms);

    public static InvestmentCommitted ReadInvestmentCommitted(ref ContractReader reader) => new(Terms: ReadCommitmentTerms(ref reader));

    public static void Write(ref ContractWriter writer, PurchaseCommitted value) =>
        WriteCommitmentTerms(ref writer, value.Terms);

    public static PurchaseCommitted ReadPurchaseCommitted(ref ContractReader reader) => new(Terms: ReadCommitmentTerms(ref reader));

    public static void Write(ref ContractWriter writer, LoanCommitted value) =>
        WriteCommitmentTerms(ref writer, value.Terms);

    public static LoanCommitted ReadLoanCommitted(ref ContractReader reader) => new(Terms: ReadCommitmentTerms(ref reader));

    public static void Write(ref ContractWriter writer, CommitmentReleased value)
    {
        writer.Id(value.Commitment);
        writer.Money(value.Amount);
        writer.OptionalText(value.Reason);
    }

    public static CommitmentReleased ReadCommitmentReleased(ref ContractReader reader) => new(
        Commitment: reader.Id<CommitmentId>(),
        Amount: reader.Money(),
        Reason: reader.OptionalText());

    private static void WriteCondition(ref ContractWriter writer, Condition value)
    {
        writer.Array(6);
        writer.Enumeration(value.Kind);
        writer.Id(value.Company);
        writer.OptionalText(value.Milestone);
        writer.Instant(value.Date);
        writer.Id(value.Class);
        writer.Money(value.PricePerShare);
    }

    private static Condition ReadCondition(ref ContractReader reader)
    {
        reader.Array(6);
        var value = new Condition(
            Kind: reader.Enumeration<ConditionKind>(),
            Company: reader.OptionalId<CompanyId>(),
            Milestone: reader.OptionalText(),
            Date: reader.OptionalInstant(),
            Class: reader.OptionalId<ShareClassId>(),
            PricePerShare: reader.OptionalMoney());
        return value;
    }

    public static void WriteConditions(ref ContractWriter writer, ConditionSet? value)
    {
        if (value is null)
        {
            writer.Nil();
            return;
        }

        writer.Array(3);
        writer.Boolean(value.AnySuffices);
        writer.List(value.Conditions, WriteCondition);
        writer.Instant(value.Deadline);
    }

    public static ConditionSet? ReadConditions(ref ContractReader reader)
    {
        if (reader.Nil())
        {
            return null;
        }

        reader.Array(3);
        var value = new ConditionSet(
            AnySuffices: reader.Boolean(),
            Conditions: reader.List(ReadCondition),
            Deadline: reader.OptionalInstant());
        return value;
    }

    private static void WriteDueAmount(ref ContractWriter writer, DueAmount value)
    {
        writer.Array(2);
        writer.Instant(value.At);
        writer.Money(value.Amount);
    }

    private static DueAmount ReadDueAmount(ref ContractReader reader)
    {
        reader.Array(2);
        var value = new DueAmount(
            At: reader.Instant(),
            Amount: reader.Money());
        return value;
    }

    private static void WriteCommitmentTerms(ref ContractWriter writer, CommitmentTerms value)
    {
        writer.Array(9);
        writer.Id(value.Commitment);
        writer.Id(value.From);
        writer.Id(value.To);
        writer.Money(value.Amount);
        writer.List(value.Due, WriteDueAmount);
        WriteConditions(ref writer, value.Conditions);
        writer.OptionalText(value.Item);
        writer.Quantity(value.Quantity);
        writer.OptionalText(value.Unit);
    }

    private static CommitmentTerms ReadCommitmentTerms(ref ContractReader reader)
    {
        reader.Array(9);
        var value = new CommitmentTerms(
            Commitment: reader.Id<CommitmentId>(),
            From: reader.OptionalId<CompanyId>(),
            To: reader.OptionalId<CompanyId>(),
            Amount: reader.Money(),
            Due: reader.List(ReadDueAmount),
            Conditions: ReadConditions(ref reader),
            Item: reader.OptionalText(),
            Quantity: reader.OptionalQuantity(),
            Unit: reader.OptionalText());
        return value;
    }
}
