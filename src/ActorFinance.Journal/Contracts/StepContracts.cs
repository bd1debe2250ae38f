using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class StepContracts
{
    public static void Write(ref ContractWriter writer, StepPaid value)
    {
        writer.Id(value.Register);
        writer.Id(value.Payee);
        writer.Money(value.Amount);
    }

    public static StepPaid ReadStepPaid(ref ContractReader reader) => new(
        Register: reader.Company(),
        Payee: reader.OptionalId<CompanyId>(),
        Amount: reader.Money());

    public static void Write(ref ContractWriter writer, StepRefused value)
    {
        writer.Id(value.Register);
        writer.Text(value.Code);
        writer.Text(value.Message);
    }

    public static StepRefused ReadStepRefused(ref ContractReader reader) => new(
        Register: reader.Company(),
        Code: reader.Text(),
        Message: reader.Text());

    public static void Write(ref ContractWriter writer, StepPosted value) =>
        writer.Uuid(value.PostingEvent);

    public static StepPosted ReadStepPosted(ref ContractReader reader) => new(PostingEvent: reader.EventId());
}
