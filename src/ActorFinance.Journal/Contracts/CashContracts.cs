using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class CashContracts
{
    public static void Write(ref ContractWriter writer, ExternalCashReceived value)
    {
        writer.Money(value.Amount);
        writer.Enumeration(value.Category);
    }

    public static ExternalCashReceived ReadExternalCashReceived(ref ContractReader reader) => new(
        Amount: reader.Money(),
        Category: reader.Enumeration<ExternalCategory>());

    public static void Write(ref ContractWriter writer, ExternalCashPaid value)
    {
        writer.Money(value.Amount);
        writer.Enumeration(value.Category);
    }

    public static ExternalCashPaid ReadExternalCashPaid(ref ContractReader reader) => new(
        Amount: reader.Money(),
        Category: reader.Enumeration<ExternalCategory>());

    public static void Write(ref ContractWriter writer, InvestmentMade value)
    {
        writer.Id(value.Investee);
        writer.Money(value.Amount);
        writer.Enumeration(value.Instrument);
        writer.Id(value.Class);
        writer.Money(value.PricePerShare);
        writer.Id(value.Valuation);
        writer.Id(value.Convertible);
        writer.Id(value.Draws);
        writer.Boolean(value.InKind);
    }

    public static InvestmentMade ReadInvestmentMade(ref ContractReader reader) => new(
        Investee: reader.Company(),
        Amount: reader.Money(),
        Instrument: reader.Enumeration<Instrument>(),
        Class: reader.OptionalId<ShareClassId>(),
        PricePerShare: reader.OptionalMoney(),
        Valuation: reader.OptionalId<ValuationId>(),
        Convertible: reader.OptionalId<ConvertibleId>(),
        Draws: reader.OptionalId<CommitmentId>(),
        InKind: reader.Boolean());

    public static void Write(ref ContractWriter writer, PurchasePaid value)
    {
        writer.Id(value.Seller);
        writer.Money(value.Amount);
        writer.Id(value.Draws);
        writer.OptionalText(value.Item);
        writer.Quantity(value.Quantity);
        writer.OptionalText(value.Unit);
        writer.Boolean(value.InKind);
    }

    public static PurchasePaid ReadPurchasePaid(ref ContractReader reader) => new(
        Seller: reader.Company(),
        Amount: reader.Money(),
        Draws: reader.OptionalId<CommitmentId>(),
        Item: reader.OptionalText(),
        Quantity: reader.OptionalQuantity(),
        Unit: reader.OptionalText(),
        InKind: reader.Boolean());

    public static void Write(ref ContractWriter writer, PurchaseRefunded value)
    {
        writer.Id(value.Buyer);
        writer.Money(value.Amount);
        writer.OptionalText(value.Item);
        writer.Quantity(value.Quantity);
        writer.OptionalText(value.Unit);
        writer.Boolean(value.InKind);
    }

    public static PurchaseRefunded ReadPurchaseRefunded(ref ContractReader reader) => new(
        Buyer: reader.Company(),
        Amount: reader.Money(),
        Item: reader.OptionalText(),
        Quantity: reader.OptionalQuantity(),
        Unit: reader.OptionalText(),
        InKind: reader.Boolean());

    public static void Write(ref ContractWriter writer, TransferPaid value)
    {
        writer.Id(value.Payee);
        writer.Money(value.Amount);
        writer.Enumeration(value.Purpose);
    }

    public static TransferPaid ReadTransferPaid(ref ContractReader reader) => new(
        Payee: reader.Company(),
        Amount: reader.Money(),
        Purpose: reader.Enumeration<TransferPurpose>());

    public static void Write(ref ContractWriter writer, PurchaseDelivered value)
    {
        writer.Id(value.Buyer);
        writer.OptionalText(value.Item);
        writer.Quantity(value.Quantity);
        writer.OptionalText(value.Unit);
    }

    public static PurchaseDelivered ReadPurchaseDelivered(ref ContractReader reader) => new(
        Buyer: reader.Company(),
        Item: reader.OptionalText(),
        Quantity: reader.Quantity(),
        Unit: reader.OptionalText());

    public static void Write(ref ContractWriter writer, ReceiptAcknowledged value)
    {
        writer.Id(value.Payer);
        writer.Uuid(value.Payment);
        writer.Money(value.Amount);
    }

    public static ReceiptAcknowledged ReadReceiptAcknowledged(ref ContractReader reader) => new(
        Payer: reader.Company(),
        Payment: reader.EventId(),
        Amount: reader.Money());
}
