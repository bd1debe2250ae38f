using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Scenarios.Branches;

/// <summary>The exact price that a valuation fixes: of a share of its class, else of a common one.</summary>
internal readonly record struct RoundPrice(ExactRatio Price, ShareClassId? Class)
{
    /// <summary>Null where no price follows: of one after the money, or before the first share.</summary>
    /// <param name="valuation">As recorded.</param>
    /// <param name="outstanding">Shares as converted to common just before it.</param>
    public static RoundPrice? Of(ValuationRecorded valuation, ExactRatio outstanding) =>
        valuation.PricePerShare is { } price ? new(ExactRatio.Of(price.Amount), valuation.Class)
        : valuation.PreMoney is { } money && outstanding.Sign > 0 ? new(ExactRatio.Of(money.Amount) / outstanding, valuation.Class)
        : null;

    /// <summary>As that of a common share.</summary>
    public ExactRatio Common(IssuerRegister register) => Class is { } priced && register.Class(priced) is { } other ? Price / ExactRatio.Of(other.ConversionRatio) : Price;

    /// <summary>As that of a share of this class.</summary>
    public ExactRatio Of(IssuerRegister register, ClassRegister shares) => Common(register) * ExactRatio.Of(shares.ConversionRatio);

    /// <summary>Rounded once, half to even; null for less than a share, or more than there can be.</summary>
    public static decimal? Bought(Money amount, ExactRatio price, int decimals) =>
        (ExactRatio.Of(amount.Amount) / price).Round(decimals) is { } bought and > 0 and < ShareQuantity.Limit ? bought : null;
}
