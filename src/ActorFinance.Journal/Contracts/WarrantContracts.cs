using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class WarrantContracts
{
    public static void Write(ref ContractWriter writer, WarrantGranted value)
    {
        writer.Id(value.Warrant);
        writer.Id(value.Holder);
        writer.Id(value.Class);
        writer.Money(value.Strike);
        writer.Instant(value.Expiry);
        writer.List(value.Tranches, WriteWarrantTranche);
    }

    public static WarrantGranted ReadWarrantGranted(ref ContractReader reader) => new(
        Warrant: reader.Id<WarrantId>(),
        Holder: reader.Id<HolderId>(),
        Class: reader.Id<ShareClassId>(),
        Strike: reader.Money(),
        Expiry: reader.OptionalInstant(),
        Tranches: reader.List(ReadWarrantTranche));

    public static void Write(ref ContractWriter writer, WarrantVested value)
    {
        writer.Id(value.Warrant);
        writer.Text(value.TrancheName);
    }

    public static WarrantVested ReadWarrantVested(ref ContractReader reader) => new(
        Warrant: reader.Id<WarrantId>(),
        TrancheName: reader.Text());

    public static void Write(ref ContractWriter writer, WarrantExercised value)
    {
        writer.Id(value.Warrant);
        writer.Quantity(value.Quantity);
        writer.Id(value.Payer);
        writer.Money(value.Payment);
    }

    public static WarrantExercised ReadWarrantExercised(ref ContractReader reader) => new(
        Warrant: reader.Id<WarrantId>(),
        Quantity: reader.ShareQuantity(),
        Payer: reader.OptionalId<CompanyId>(),
        Payment: reader.OptionalMoney());

    public static void Write(ref ContractWriter writer, WarrantLapsed value) =>
        writer.Id(value.Warrant);

    public static WarrantLapsed ReadWarrantLapsed(ref ContractReader reader) => new(Warrant: reader.Id<WarrantId>());

    public static void Write(ref ContractWriter writer, ConvertibleRegistered value)
    {
        writer.Id(value.Convertible);
        writer.Id(value.Holder);
        writer.Id(value.Payer);
        writer.Money(value.Principal);
        writer.Id(value.Class);
        writer.Money(value.ConversionPrice);
        writer.Id(value.Draws);
    }

    public static ConvertibleRegistered ReadConvertibleRegistered(ref ContractReader reader) => new(
        Convertible: reader.Id<ConvertibleId>(),
        Holder: reader.Id<HolderId>(),
        Payer: reader.OptionalId<CompanyId>(),
        Principal: reader.Money(),
        Class: reader.OptionalId<ShareClassId>(),
        ConversionPrice: reader.OptionalMoney(),
        Draws: reader.OptionalId<CommitmentId>());

    public static void Write(ref ContractWriter writer, ConvertibleConverted value)
    {
        writer.Id(value.Convertible);
        writer.Id(value.Class);
        writer.Quantity(value.Quantity);
    }

    public static ConvertibleConverted ReadConvertibleConverted(ref ContractReader reader) => new(
        Convertible: reader.Id<ConvertibleId>(),
        Class: reader.Id<ShareClassId>(),
        Quantity: reader.ShareQuantity());

    private static void WriteWarrantTranche(ref ContractWriter writer, WarrantTranche value)
    {
        writer.Array(3);
        writer.Text(value.Name);
        writer.Quantity(value.Quantity);
        CommitmentContracts.WriteConditions(ref writer, value.Conditions);
    }

    private static WarrantTranche ReadWarrantTranche(ref ContractReader reader)
    {
        reader.Array(3);
        var value = new WarrantTranche(
            Name: reader.Text(),
            Quantity: reader.ShareQuantity(),
            Conditions: CommitmentContracts.ReadConditions(ref reader));
        return value;
    }
}
