using System.Text.Json.Serialization;

namespace ActorFinance.Model;

public sealed record CreateShareClass(
    ShareClassId Class,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Quantity VotesPerShare,
    ShareQuantity? Authorised = null,
    int Decimals = 0,
    Quantity? ConversionRatio = null,
    bool Notional = false) : CompanyCommand;

/// <summary>New shares for anything but cash: a quantity, or the fraction of a notional class held afterwards. A price given is recorded and moves nothing.</summary>
public sealed record IssueShares(
    HolderId Holder,
    ShareClassId Class,
    ShareQuantity? Quantity = null,
    Fraction? FractionHeld = null,
    Consideration Consideration = Consideration.None,
    Money? PricePerShare = null) : CompanyCommand;

/// <summary>New shares for cash, a step: as many as the amount buys at the price, or at the price of the valuation.</summary>
public sealed record SellShares(
    HolderId Investor,
    ShareClassId Class,
    Money Amount,
    Money? PricePerShare = null,
    ValuationId? Valuation = null,
    CommitmentId? Draws = null) : CompanyCommand;

public sealed record ReservePool(ShareClassId Class, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ShareQuantity Quantity) : CompanyCommand;

/// <summary>A step when priced: the one who receives the shares pays.</summary>
public sealed record TransferShares(
    HolderId From,
    HolderId To,
    ShareClassId Class,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ShareQuantity Quantity,
    Money? PricePerShare = null) : CompanyCommand;

public sealed record RepurchaseShares(
    HolderId Holder,
    ShareClassId Class,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ShareQuantity Quantity,
    Money? PricePerShare = null) : CompanyCommand;

public sealed record SplitShares(
    ShareClassId Class,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Numerator,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Denominator) : CompanyCommand;

public sealed record RecordValuation(
    ValuationId Valuation,
    ShareClassId? Class = null,
    Money? PricePerShare = null,
    Money? PreMoney = null,
    Money? PostMoney = null) : CompanyCommand;

/// <summary>A total over the holders of a class pro rata, or an explicit list of anyone.</summary>
public sealed record DeclareDividend(ShareClassId? Class = null, Money? Total = null, ValueList<DividendShare>? Shares = null) : CompanyCommand;
