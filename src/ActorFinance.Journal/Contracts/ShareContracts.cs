using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal static class ShareContracts
{
    public static void Write(ref ContractWriter writer, ShareClassCreated value)
    {
        writer.Id(value.Class);
        writer.Quantity(value.VotesPerShare);
        writer.Quantity(value.Authorised);
        writer.Integer(value.Decimals);
        writer.Quantity(value.ConversionRatio);
        writer.Boolean(value.Notional);
    }

    public static ShareClassCreated ReadShareClassCreated(ref ContractReader reader) => new(
        Class: reader.Id<ShareClassId>(),
        VotesPerShare: reader.Quantity(),
        Authorised: reader.OptionalShareQuantity(),
        Decimals: reader.Integer(),
        ConversionRatio: reader.Quantity(),
        Notional: reader.Boolean());

    public static void Write(ref ContractWriter writer, SharesIssued value)
    {
        writer.Id(value.Holder);
        writer.Id(value.Class);
        writer.Quantity(value.Quantity);
        writer.Fraction(value.FractionHeld);
        writer.Enumeration(value.Consideration);
        writer.Id(value.Payer);
        writer.Money(value.Amount);
        writer.Money(value.PricePerShare);
        writer.Id(value.Valuation);
        writer.Id(value.Draws);
    }

    public static SharesIssued ReadSharesIssued(ref ContractReader reader) => new(
        Holder: reader.Id<HolderId>(),
        Class: reader.Id<ShareClassId>(),
        Quantity: reader.OptionalShareQuantity(),
        FractionHeld: reader.OptionalFraction(),
        Consideration: reader.Enumeration<Consideration>(),
        Payer: reader.OptionalId<CompanyId>(),
        Amount: reader.OptionalMoney(),
        PricePerShare: reader.OptionalMoney(),
        Valuation: reader.OptionalId<ValuationId>(),
        Draws: reader.OptionalId<CommitmentId>());

    public static void Write(ref ContractWriter writer, PoolReserved value)
    {
        writer.Id(value.Class);
        writer.Quantity(value.Quantity);
    }

    public static PoolReserved ReadPoolReserved(ref ContractReader reader) => new(
        Class: reader.Id<ShareClassId>(),
        Quantity: reader.ShareQuantity());

    public static void Write(ref ContractWriter writer, SharesTransferred value)
    {
        writer.Id(value.From);
        writer.Id(value.To);
        writer.Id(value.Class);
        writer.Quantity(value.Quantity);
        writer.Money(value.PricePerShare);
        writer.Money(value.Amount);
        writer.Boolean(value.SellerIsCompany);
        writer.Boolean(value.BuyerIsCompany);
    }

    public static SharesTransferred ReadSharesTransferred(ref ContractReader reader) => new(
        From: reader.Id<HolderId>(),
        To: reader.Id<HolderId>(),
        Class: reader.Id<ShareClassId>(),
        Quantity: reader.ShareQuantity(),
        PricePerShare: reader.OptionalMoney(),
        Amount: reader.OptionalMoney(),
        SellerIsCompany: reader.Boolean(),
        BuyerIsCompany: reader.Boolean());

    public static void Write(ref ContractWriter writer, SharesRepurchased value)
    {
        writer.Id(value.Holder);
        writer.Id(value.Class);
        writer.Quantity(value.Quantity);
        writer.Money(value.Amount);
    }

    public static SharesRepurchased ReadSharesRepurchased(ref ContractReader reader) => new(
        Holder: reader.Id<HolderId>(),
        Class: reader.Id<ShareClassId>(),
        Quantity: reader.ShareQuantity(),
        Amount: reader.OptionalMoney());

    public static void Write(ref ContractWriter writer, SharesSplit value)
    {
        writer.Id(value.Class);
        writer.Integer(value.Numerator);
        writer.Integer(value.Denominator);
    }

    public static SharesSplit ReadSharesSplit(ref ContractReader reader) => new(
        Class: reader.Id<ShareClassId>(),
        Numerator: reader.Integer(),
        Denominator: reader.Integer());

    public static void Write(ref ContractWriter writer, ValuationRecorded value)
    {
        writer.Id(value.Valuation);
        writer.Id(value.Class);
        writer.Money(value.PricePerShare);
        writer.Money(value.PreMoney);
        writer.Money(value.PostMoney);
    }

    public static ValuationRecorded ReadValuationRecorded(ref ContractReader reader) => new(
        Valuation: reader.Id<ValuationId>(),
        Class: reader.OptionalId<ShareClassId>(),
        PricePerShare: reader.OptionalMoney(),
        PreMoney: reader.OptionalMoney(),
        PostMoney: reader.OptionalMoney());

    public static void Write(ref ContractWriter writer, DividendDeclared value)
    {
        writer.Id(value.Class);
        writer.List(value.Shares, WriteDividendShare);
    }

    public static DividendDeclared ReadDividendDeclared(ref ContractReader reader) => new(
        Class: reader.OptionalId<ShareClassId>(),
        Shares: reader.List(ReadDividendShare));

    private static void WriteDividendShare(ref ContractWriter writer, DividendShare value)
    {
        writer.Array(2);
        writer.Id(value.Holder);
        writer.Money(value.Amount);
    }

    private static DividendShare ReadDividendShare(ref ContractReader reader)
    {
        reader.Array(2);
        var value = new DividendShare(
            Holder: reader.Id<HolderId>(),
            Amount: reader.Money());
        return value;
    }
}
