using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class DealContracts
{
    public static void Write(ref ContractWriter writer, DealAnnounced value) =>
        WriteDealTerms(ref writer, value.Terms);

    public static DealAnnounced ReadDealAnnounced(ref ContractReader reader) => new(Terms: ReadDealTerms(ref reader));

    public static void Write(ref ContractWriter writer, DealContracted value) =>
        WriteDealTerms(ref writer, value.Terms);

    public static DealContracted ReadDealContracted(ref ContractReader reader) => new(Terms: ReadDealTerms(ref reader));

    public static void Write(ref ContractWriter writer, DealSuperseded value) =>
        writer.Id(value.By);

    public static DealSuperseded ReadDealSuperseded(ref ContractReader reader) => new(By: reader.Id<DealId>());

    public static void Write(ref ContractWriter writer, DealCancelled value) =>
        writer.Text(value.Reason);

    public static DealCancelled ReadDealCancelled(ref ContractReader reader) => new(Reason: reader.Text());

    public static void Write(ref ContractWriter writer, DealCompleted value)
    {
    }

    public static DealCompleted ReadDealCompleted(ref ContractReader reader) => new();

    private static void WriteDealTerms(ref ContractWriter writer, DealTerms value)
    {
        writer.Array(10);
        writer.Enumeration(value.Kind);
        writer.Id(value.From);
        writer.Id(value.To);
        writer.Money(value.Headline);
        writer.Money(value.Maximum);
        writer.OptionalText(value.Title);
        writer.OptionalText(value.Conditions);
        writer.Id(value.ReverseLeg);
        writer.List(value.Sums, static (ref ContractWriter items, DealId item) => items.Id(item));
        writer.Boolean(value.InKind);
    }

    private static DealTerms ReadDealTerms(ref ContractReader reader)
    {
        reader.Array(10);
        var value = new DealTerms(
            Kind: reader.Enumeration<DealKind>(),
            From: reader.OptionalId<CompanyId>(),
            To: reader.OptionalId<CompanyId>(),
            Headline: reader.OptionalMoney(),
            Maximum: reader.OptionalMoney(),
            Title: reader.OptionalText(),
            Conditions: reader.OptionalText(),
            ReverseLeg: reader.OptionalId<DealId>(),
            Sums: reader.List(static (ref ContractReader items) => items.Id<DealId>()),
            InKind: reader.Boolean());
        return value;
    }
}
