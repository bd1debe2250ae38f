using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>What an issue of shares was given for. Cash names its step; the others move none.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Consideration>))]
public enum Consideration
{
    None = 1,
    Cash = 2,
    InKind = 3,
    Contract = 4,
    Conversion = 5,
}

/// <summary>
/// A class of the emitter's shares. A notional class stands for an issuer whose share count is not published: it has
/// <see cref="NotionalUnits"/> units, all held by the outside at first.
/// </summary>
public sealed record ShareClassCreated(
    ShareClassId Class,
    Quantity VotesPerShare,
    ShareQuantity? Authorised,
    int Decimals,
    Quantity ConversionRatio,
    bool Notional) : CompanyEvent
{
    public const decimal NotionalUnits = 1_000_000m;
}

/// <summary>
/// New shares: a quantity; or, of a notional class, the fraction of its units that the holder has afterwards, given by the outside.
/// For cash: <paramref name="Amount"/> is paid by <paramref name="Payer"/> (null: from outside the book) in the step that the header names,
/// at <paramref name="PricePerShare"/> or at the price of <paramref name="Valuation"/>.
/// </summary>
public sealed record SharesIssued(
    HolderId Holder,
    ShareClassId Class,
    ShareQuantity? Quantity,
    Fraction? FractionHeld,
    Consideration Consideration,
    CompanyId? Payer,
    Money? Amount,
    Money? PricePerShare,
    ValuationId? Valuation,
    CommitmentId? Draws) : CompanyEvent;

/// <summary>Counts in the fully diluted basis only.</summary>
public sealed record PoolReserved(ShareClassId Class, ShareQuantity Quantity) : CompanyEvent;

/// <summary>
/// When priced, <paramref name="Amount"/> (quantity x price) is moved by the step's posting event. Whether seller and buyer are companies of
/// the book is fixed here: who must post the step may not depend on who registers later. Between two outside holders no cash of the book moves.
/// </summary>
public sealed record SharesTransferred(
    HolderId From,
    HolderId To,
    ShareClassId Class,
    ShareQuantity Quantity,
    Money? PricePerShare,
    Money? Amount,
    bool SellerIsCompany,
    bool BuyerIsCompany) : CompanyEvent;

/// <summary>Cancelled, never held by the issuer. <paramref name="Amount"/> goes from the issuer to the holder.</summary>
public sealed record SharesRepurchased(HolderId Holder, ShareClassId Class, ShareQuantity Quantity, Money? Amount) : CompanyEvent;

/// <summary>Whole class: every holding, warrant and pool times numerator / denominator, strikes and earlier prices the other way.</summary>
public sealed record SharesSplit(ShareClassId Class, int Numerator, int Denominator) : CompanyEvent;

/// <summary>One of price per share (of a class), pre-money or post-money.</summary>
public sealed record ValuationRecorded(ValuationId Valuation, ShareClassId? Class, Money? PricePerShare, Money? PreMoney, Money? PostMoney) : CompanyEvent;

/// <summary>What one holder gets of a dividend.</summary>
public sealed record DividendShare(HolderId Holder, Money Amount);

/// <summary>Issuer to each holder the amount listed, fixed at decision.</summary>
public sealed record DividendDeclared(ShareClassId? Class, ValueList<DividendShare> Shares) : CompanyEvent;
