using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// The exact price at which each issue for money was made: that of the valuation that it names, or the one that it states. For another amount the shares
/// follow from that price, and are rounded once.
/// <example>10 bn USD at 732.05 USD a share buy 13,660,269 shares. Half of that money buys 6,830,135; half of the shares would have been 6,830,134.</example>
/// </summary>
internal sealed class IssuePrices(BranchEvents events)
{
    private readonly Dictionary<CompanyId, ILookup<Offset, (ExactRatio Price, int Decimals)>> _of = [];

    /// <summary>The shares that an issue brings for another amount; null where its amount and its shares do not hang together by a price, or the amount buys none.</summary>
    public ShareQuantity? Bought(RecordedEvent issue, Money amount)
    {
        if (issue.Event is not SharesIssued { Amount: { } paid, Quantity: { } quantity })
        {
            return null;
        }

        var issuer = issue.Header.Emitter;
        if (!_of.TryGetValue(issuer, out var prices))
        {
            // Of an earlier edit that scaled or dropped rounds, the price is still that of the base: the shares outstanding since are others.
            prices = events.Base.IssuePricesOf(issuer);
            if (events.Touches(issuer))
            {
                prices = prices.Concat(Of(issuer, events.EmittedBy(issuer))).SelectMany(group => group.Select(price => (group.Key, price))).ToLookup(price => price.Key, price => price.price);
            }

            _of.Add(issuer, prices);
        }

        foreach (var (price, decimals) in prices[issue.Offset])
        {
            if (RoundPrice.Bought(paid, price, decimals) == quantity.Value)
            {
                return RoundPrice.Bought(amount, price, decimals) is { } bought ? ShareQuantity.Of(bought) : null;
            }
        }

        return null;
    }

    /// <summary>The price of each issue for money, and the decimals of its class.</summary>
    public static ILookup<Offset, (ExactRatio Price, int Decimals)> Of(CompanyId issuer, IEnumerable<RecordedEvent> inFoldOrder) =>
        Each(issuer, inFoldOrder).ToLookup(price => price.Offset, price => (price.Price, price.Decimals));

    private static IEnumerable<(Offset Offset, ExactRatio Price, int Decimals)> Each(CompanyId issuer, IEnumerable<RecordedEvent> inFoldOrder)
    {
        var (register, prices) = (new IssuerRegister(issuer), new Dictionary<ValuationId, RoundPrice>());
        foreach (var recorded in inFoldOrder.Where(recorded => ShareEvents.Concern(recorded.Event)))
        {
            if (recorded.Event is ValuationRecorded valuation && RoundPrice.Of(valuation, ExactRatio.Of(register.OutstandingAsConverted)) is { } fixedPrice)
            {
                prices[valuation.Valuation] = fixedPrice;
            }
            else if (recorded.Event is SharesIssued { Amount: not null, Quantity: not null } issued && register.Class(issued.Class) is { } shares)
            {
                if (issued.Valuation is { } id && prices.TryGetValue(id, out var named))
                {
                    yield return (recorded.Offset, named.Of(register, shares), shares.Decimals);
                }
                else if (issued.PricePerShare is { IsPositive: true } stated)
                {
                    yield return (recorded.Offset, ExactRatio.Of(stated.Amount), shares.Decimals);
                }
            }

            register.Apply(recorded);
        }
    }
}
