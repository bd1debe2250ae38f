using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// Another path of valuations, and the shares that follow from it. The price of a valuation before the money M is M / shares outstanding just before it, and
/// an investment of A under it buys A / price: as more shares go out at a lower price, later valuations of the same money price them lower too.
/// <example>1bn shares; 10 bn at 500 bn before the money, then twice 10 bn at a price 10 % above the one before: 20,000,000, 18,181,818 and 16,528,926
/// shares. With a growth of 0, three times 20,000,000.</example>
/// An anti-dilution clause adds shares to what was bought dearer than a round, behind that round at the same instant (<see cref="AntiDilutionAdjustment"/>).
/// </summary>
internal static class ValuationEdit
{
    public static string? Apply(BranchEvents events, Edit.SetValuation set, List<RecordedEvent> chosen, int place)
    {
        var valuations = chosen.Where(recorded => recorded.Event is ValuationRecorded).ToList();
        if (valuations.Count == 0)
        {
            return NearestMatch.None("valuation", chosen);
        }

        foreach (var recorded in valuations)
        {
            var stated = Stated((ValuationRecorded)recorded.Event);
            if (set.Path.FirstOrDefault(money => money.Currency != stated.Currency) is { IsPositive: true } other)
            {
                return $"valuation-recorded at offset {recorded.Offset} is of {stated}, which {other} cannot replace: it is in another currency";
            }
        }

        foreach (var issuer in valuations.GroupBy(recorded => recorded.Header.Emitter).OrderBy(group => group.Key))
        {
            var offsets = issuer.Select(recorded => recorded.Offset).ToHashSet();
            if (Reprice(events, set, issuer.Key, offsets, place) is { } rule)
            {
                return rule;
            }
        }

        return null;
    }

    private static string? Reprice(BranchEvents events, Edit.SetValuation set, CompanyId issuer, HashSet<Offset> chosen, int place)
    {
        var register = new IssuerRegister(issuer);
        var prices = new Dictionary<ValuationId, RoundPrice>();
        ExactRatio? last = null;
        var lots = set.Clause is { } clause ? new ProtectedLots(clause) : null;
        var (number, follows) = (0, false);
        foreach (var recorded in events.EmittedBy(issuer).Where(recorded => ShareEvents.Concern(recorded.Event)))
        {
            var now = recorded;
            switch (recorded.Event)
            {
                case ValuationRecorded valuation:
                    var outstanding = ExactRatio.Of(register.OutstandingAsConverted);
                    if (chosen.Contains(recorded.Offset))
                    {
                        follows = true;
                        if (Other(valuation, set, number++, last, outstanding) is not { } other)
                        {
                            return $"valuation '{valuation.Valuation}' cannot be set so: {valuation.Valuation} needs shares outstanding, and an amount above 0 and below {Money.Limit:0}";
                        }

                        now = EventChange.With(recorded, other);
                        events.Change(now, place);
                    }

                    if (RoundPrice.Of((ValuationRecorded)now.Event, outstanding) is { } price)
                    {
                        prices[valuation.Valuation] = price;
                        last = price.Price;
                    }

                    break;
                case SharesIssued { Valuation: { } id, Quantity: { } quantity, Amount: { } amount } issued when follows && prices.TryGetValue(id, out var named):
                    if (register.Class(issued.Class) is not { } shares || RoundPrice.Bought(amount, named.Of(register, shares), shares.Decimals) is not { } bought)
                    {
                        return $"{amount} buys no share of '{issued.Class}' at the price of valuation '{id}'";
                    }

                    if (bought != quantity.Value)
                    {
                        now = EventChange.With(recorded, issued with { Quantity = ShareQuantity.Of(bought) });
                        events.Change(now, place);
                    }

                    break;
            }

            var added = AddedBy(lots, register, now, prices, follows);
            register.Apply(now);
            foreach (var extra in added)
            {
                register.Apply(events.Append(issuer, extra, now.Header.EffectiveAt, now.Header.Deal, place));
            }
        }

        return null;
    }

    /// <summary>What the clause adds because of an issue at a price below that of earlier ones; then the issue is one of these itself.</summary>
    private static IReadOnlyList<SharesIssued> AddedBy(ProtectedLots? lots, IssuerRegister before, RecordedEvent recorded, Dictionary<ValuationId, RoundPrice> prices, bool follows)
    {
        if (lots is null || recorded.Event is not SharesIssued { Quantity: { } quantity, Amount: { } amount } issued || before.Class(issued.Class) is not { } shares)
        {
            return [];
        }

        var converted = ExactRatio.Of(quantity.Value) * ExactRatio.Of(shares.ConversionRatio);
        var price = issued.Valuation is { } id && prices.TryGetValue(id, out var named) ? named.Common(before)
            : issued.PricePerShare is { } stated ? ExactRatio.Of(stated.Amount) / ExactRatio.Of(shares.ConversionRatio)
            : ExactRatio.Of(amount.Amount) / converted;
        var added = follows ? lots.After(before, amount, converted) : [];
        lots.Bought(issued, price);
        return added;
    }

    /// <summary>The valuation as it is set; null where that cannot be.</summary>
    private static ValuationRecorded? Other(ValuationRecorded valuation, Edit.SetValuation set, int number, ExactRatio? last, ExactRatio outstanding)
    {
        var stated = Stated(valuation);
        if (set.Path.Count > 0)
        {
            return outstanding.Sign > 0 ? valuation with { Class = null, PricePerShare = null, PostMoney = null, PreMoney = set.Path[Math.Min(number, set.Path.Count - 1)] } : null;
        }

        if (set.Growth is { } growth && (last is null || valuation.PostMoney is not null))
        {
            // The first of all has none before it to grow from, and after the money no price follows.
            return valuation;
        }

        var value = set.Growth is { } above
            ? last!.Value * ExactRatio.Of(1 + above) * (valuation.PricePerShare is null ? outstanding : ExactRatio.Of(1))
            : ExactRatio.Of(stated.Amount) * ExactRatio.Of(set.Factor!.Value);
        if (value.Round(Money.Decimals) is not { } rounded || !Money.TryOf(rounded, stated.Currency, out var money) || !money.IsPositive)
        {
            return null;
        }

        return valuation.PricePerShare is not null ? valuation with { PricePerShare = money }
            : valuation.PreMoney is not null ? valuation with { PreMoney = money }
            : valuation with { PostMoney = money };
    }

    private static Money Stated(ValuationRecorded valuation) => (valuation.PricePerShare ?? valuation.PreMoney ?? valuation.PostMoney)!.Value;
}
