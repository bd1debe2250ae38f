using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>What a class's last recorded price was read from.</summary>
public enum PriceOrigin
{
    /// <summary>A valuation that states a price per share, of this class or as converted to common.</summary>
    PricePerShare = 1,

    /// <summary>Pre-money / shares outstanding as converted just before the valuation: the price of the round.</summary>
    PreMoney = 2,

    /// <summary>Post-money / shares outstanding as converted at the cut: the value after the round, so the round's own shares count.</summary>
    PostMoney = 3,

    /// <summary>The price at which shares of the class were issued.</summary>
    Issue = 4,
}

/// <summary>
/// The last price recorded of a class. The later of two in fold order holds, whether a valuation or the price of an issue: the price that
/// somebody has just paid the issuer is news. The price of a transfer is what two holders agreed between themselves, and is not taken.
/// A split multiplies a recorded price by denominator / numerator.
/// </summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Amount">Price of one share of the class, unrounded; of a post-money valuation the whole company's value; null when nothing was outstanding to divide by.</param>
/// <param name="Currency">The currency it was recorded in.</param>
/// <param name="Event">The event that recorded it.</param>
public sealed record RecordedPrice(PriceOrigin Origin, decimal? Amount, Currency Currency, EventReference Event)
{
    internal static RecordedPrice OfIssue(Money price, EventReference issue) => new(PriceOrigin.Issue, price.Amount, price.Currency, issue);

    internal RecordedPrice Split(int numerator, int denominator) =>
        Origin == PriceOrigin.PostMoney ? this : this with { Amount = Amount * denominator / numerator };

    /// <summary>Of a price per common share, that of a class which converts to so many.</summary>
    internal RecordedPrice Of(decimal conversionRatio) =>
        Origin == PriceOrigin.PostMoney ? this : this with { Amount = Amount * conversionRatio };
}
