using System.Text.Json.Serialization;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>A holding of one class at the class's last recorded price.</summary>
/// <param name="Holder">Who holds it.</param>
/// <param name="Class">Classes are priced apart.</param>
/// <param name="Shares">Of the class itself, not as converted.</param>
/// <param name="PricePerShare">Unrounded; null when there is none.</param>
/// <param name="Currency">The price's own; nothing is converted.</param>
/// <param name="Value">Shares x price, rounded half-even to 10 decimals; null when it cannot be said.</param>
/// <param name="WhyNull">Null when there is a value.</param>
/// <param name="Event">The event that recorded the price.</param>
public sealed record Stake(
    HolderId Holder,
    ShareClassId Class,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Shares,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal? PricePerShare,
    Currency? Currency,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal? Value,
    string? WhyNull,
    EventReference? Event);

/// <summary>Stake value at the last recorded price (<see cref="RecordedPrice"/>).</summary>
public static class StakeValue
{
    /// <summary>Every holding above 0, by holder, then class.</summary>
    public static ValueList<Stake> Of(IssuerRegister issuer) =>
        issuer.Classes
            .SelectMany(c => c.Holdings.Where(h => h.Shares > 0).Select(h => Of(issuer, c, h)))
            .OrderBy(s => s.Holder)
            .ThenBy(s => s.Class)
            .ToValueList();

    /// <summary>All classes of a holder that have a price, together, by holder; of one whose prices are in several currencies, or come to 1e18, there is no sum.</summary>
    public static IReadOnlyDictionary<HolderId, Money> Worths(IssuerRegister issuer) =>
        Of(issuer)
            .Where(stake => stake.Value is not null)
            .GroupBy(stake => stake.Holder)
            .Select(stakes => (Holder: stakes.Key, Sum: stakes.Sum(stake => stake.Value!.Value), Currencies: stakes.Select(stake => stake.Currency!.Value).Distinct().ToList()))
            .Where(worth => worth.Currencies.Count == 1 && worth.Sum < Money.TotalLimit)
            .ToDictionary(worth => worth.Holder, worth => Money.Total(worth.Sum, worth.Currencies[0]));

    private static Stake Of(IssuerRegister issuer, ClassRegister shares, Holding holding)
    {
        if (shares.LastPrice is not { } last)
        {
            return new(holding.Holder, shares.Class, holding.Shares, null, null, null, $"no price of {issuer.Issuer} {shares.Class} is recorded", null);
        }

        var price = last.Origin == PriceOrigin.PostMoney ? last.Amount * shares.ConversionRatio / issuer.OutstandingAsConverted : last.Amount;
        return price switch
        {
            null => new(holding.Holder, shares.Class, holding.Shares, null, last.Currency, null, "no shares were outstanding before the pre-money valuation", last.Event),
            // Beyond it a decimal rounds silently, and overflows soon after.
            { } perShare when (double)perShare * (double)holding.Shares >= (double)Money.TotalLimit =>
                new(holding.Holder, shares.Class, holding.Shares, perShare, last.Currency, null, "the value is 1e18 or more", last.Event),
            { } perShare => new(
                holding.Holder, shares.Class, holding.Shares, perShare, last.Currency, Numbers.Normalise(Math.Round(holding.Shares * perShare, Money.Decimals)), null, last.Event),
        };
    }
}
