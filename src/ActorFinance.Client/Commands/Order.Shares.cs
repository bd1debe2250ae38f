using System.Text.Json.Nodes;

namespace ActorFinance.Client;

/// <content>Shares, and what becomes shares. Ordered of the issuer.</content>
public sealed partial class Order
{
    /// <param name="shareClass">Lowercase words joined by hyphens.</param>
    /// <param name="votesPerShare">0 for a class without votes.</param>
    /// <param name="authorised">The most that may be issued; null: no limit.</param>
    /// <param name="decimals">How finely a share is divided.</param>
    /// <param name="conversionRatio">Shares of common for one of these; null: they do not convert.</param>
    /// <param name="notional">The issuer publishes no count: 1,000,000 units stand for all of the class.</param>
    public static Order CreateShareClass(string shareClass, decimal votesPerShare, decimal? authorised = null, int decimals = 0, decimal? conversionRatio = null, bool notional = false) =>
        Of("create-share-class").With("class", shareClass).With("votesPerShare", votesPerShare).With("authorised", authorised).With("decimals", JsonValue.Create(decimals))
            .With("conversionRatio", conversionRatio).With("notional", notional);

    /// <summary>New shares for anything but cash; a price is recorded and moves nothing.</summary>
    /// <param name="holder">Who gets them.</param>
    /// <param name="shareClass">Of which class.</param>
    /// <param name="quantity">How many.</param>
    /// <param name="consideration"><c>none</c>, <c>cash</c>, <c>in-kind</c>, <c>contract</c> or <c>conversion</c>.</param>
    /// <param name="pricePerShare">Where there is one.</param>
    public static Order IssueShares(string holder, string shareClass, decimal quantity, string consideration = "none", Money? pricePerShare = null) =>
        Of("issue-shares").With("holder", holder).With("class", shareClass).With("quantity", quantity).With("consideration", consideration).With("pricePerShare", pricePerShare);

    /// <summary>As many units of a notional class as make the holder's part of it what is said, from 0 to 1.</summary>
    public static Order IssueFraction(string holder, string shareClass, decimal fractionHeld, string consideration = "none") =>
        Of("issue-shares").With("holder", holder).With("class", shareClass).With("fractionHeld", fractionHeld).With("consideration", consideration);

    /// <summary>New shares for an investor's cash: as many as it buys at the price, or at the price of the valuation.</summary>
    public static Order SellShares(string investor, string shareClass, Money amount, Money? pricePerShare = null, string? valuation = null, string? draws = null) =>
        Of("sell-shares").With("investor", investor).With("class", shareClass).With("amount", amount).With("pricePerShare", pricePerShare).With("valuation", valuation).With("draws", draws);

    /// <summary>Where there is a price, the one who receives the shares pays it.</summary>
    public static Order TransferShares(string from, string to, string shareClass, decimal quantity, Money? pricePerShare = null) =>
        Of("transfer-shares").With("from", from).With("to", to).With("class", shareClass).With("quantity", quantity).With("pricePerShare", pricePerShare);

    public static Order RepurchaseShares(string holder, string shareClass, decimal quantity, Money? pricePerShare = null) =>
        Of("repurchase-shares").With("holder", holder).With("class", shareClass).With("quantity", quantity).With("pricePerShare", pricePerShare);

    /// <summary>So many for so many of the whole class: 10 and 1 make ten of each share.</summary>
    public static Order SplitShares(string shareClass, int numerator, int denominator) =>
        Of("split-shares").With("class", shareClass).With("numerator", JsonValue.Create(numerator)).With("denominator", JsonValue.Create(denominator));

    public static Order ReservePool(string shareClass, decimal quantity) => Of("reserve-pool").With("class", shareClass).With("quantity", quantity);

    public static Order VestWarrant(string warrant, string tranche) => Of("vest-warrant").With("warrant", warrant).With("trancheName", tranche);

    /// <summary>The holder pays the strike for each.</summary>
    public static Order ExerciseWarrant(string warrant, decimal quantity) => Of("exercise-warrant").With("warrant", warrant).With("quantity", quantity);

    public static Order LapseWarrant(string warrant) => Of("lapse-warrant").With("warrant", warrant);

    /// <summary>The investor pays the principal.</summary>
    public static Order SellConvertible(string convertible, string investor, Money principal, string? shareClass = null, Money? conversionPrice = null, string? draws = null) =>
        Of("sell-convertible").With("convertible", convertible).With("investor", investor).With("principal", principal).With("class", shareClass).With("conversionPrice", conversionPrice).With("draws", draws);

    /// <param name="convertible">Which.</param>
    /// <param name="shareClass">Into shares of this class.</param>
    /// <param name="quantity">How many; null: as the conversion price says.</param>
    public static Order ConvertConvertible(string convertible, string shareClass, decimal? quantity = null) =>
        Of("convert-convertible").With("convertible", convertible).With("class", shareClass).With("quantity", quantity);

    /// <summary>The price of one round: a price per share of a class, or what all was worth before the money, or after it.</summary>
    public static Order RecordValuation(string valuation, Money? preMoney = null, Money? postMoney = null, string? shareClass = null, Money? pricePerShare = null) =>
        Of("record-valuation").With("valuation", valuation).With("class", shareClass).With("pricePerShare", pricePerShare).With("preMoney", preMoney).With("postMoney", postMoney);

    /// <summary>To all holders, pro rata.</summary>
    public static Order DeclareDividend(Money total, string? shareClass = null) => Of("declare-dividend").With("class", shareClass).With("total", total);
}
