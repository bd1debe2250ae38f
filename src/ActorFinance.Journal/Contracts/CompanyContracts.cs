using ActorFinance.Journal.Upcasting;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class CompanyContracts
{
    public static void Write(ref ContractWriter writer, CompanyRegistered value)
    {
        writer.Text(value.Name);
        writer.Id(value.Currency);
        writer.Enumeration(value.Kind);
        writer.Enumeration(value.CashPolicy);
    }

    public static CompanyRegistered ReadCompanyRegistered(ref ContractReader reader) => new(
        Name: reader.Text(),
        Currency: reader.Id<Currency>(),
        Kind: reader.Enumeration<CompanyKind>(),
        CashPolicy: reader.Enumeration<CashPolicy>());

    public static CompanyRegisteredV1 ReadCompanyRegisteredV1(ref ContractReader reader) => new(
        Name: reader.Text(),
        Currency: reader.Id<Currency>(),
        Kind: reader.Enumeration<CompanyKind>());

    public static void Write(ref ContractWriter writer, CompanyRenamed value) =>
        writer.Text(value.Name);

    public static CompanyRenamed ReadCompanyRenamed(ref ContractReader reader) => new(Name: reader.Text());

    public static void Write(ref ContractWriter writer, MilestoneReached value) =>
        writer.Text(value.Milestone);

    public static MilestoneReached ReadMilestoneReached(ref ContractReader reader) => new(Milestone: reader.Text());

    public static void Write(ref ContractWriter writer, FxRateRecorded value)
    {
        writer.Id(value.Base);
        writer.Id(value.Quote);
        writer.Quantity(value.Rate);
    }

    public static FxRateRecorded ReadFxRateRecorded(ref ContractReader reader) => new(
        Base: reader.Id<Currency>(),
        Quote: reader.Id<Currency>(),
        Rate: reader.Quantity());

    public static void Write(ref ContractWriter writer, EventVoided value)
    {
        writer.Uuid(value.Voided);
        writer.Text(value.Reason);
        writer.Id(value.Counterparty);
        writer.Uuid(value.CounterpartEvent);
    }

    public static EventVoided ReadEventVoided(ref ContractReader reader) => new(
        Voided: reader.EventId(),
        Reason: reader.Text(),
        Counterparty: reader.OptionalId<CompanyId>(),
        CounterpartEvent: reader.OptionalEventId());
}
