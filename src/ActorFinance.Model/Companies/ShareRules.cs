using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>The register of one issuer: nobody gives what it does not hold, nothing is issued above what is authorised.</summary>
internal static class ShareRules
{
    public static Applied Create(Standing standing, ShareClassCreated created)
    {
        if (standing.Classes.ContainsKey(created.Class))
        {
            return new ShareClassExists(created.Class);
        }

        var units = created.Notional ? ShareClassCreated.NotionalUnits : 0m;
        var holdings = ImmutableDictionary<HolderId, decimal>.Empty;
        var share = new ClassStanding(
            created.Decimals,
            created.Authorised,
            created.Notional,
            ExactRatio.Of(created.ConversionRatio.Value),
            created.Authorised?.Value ?? ShareQuantity.Limit,
            units,
            PendingIssue: 0,
            InTransit: 0,
            created.Notional ? holdings.Add(HolderId.Outside, units) : holdings);
        return standing with { Classes = standing.Classes.Add(created.Class, share) };
    }

    public static Applied Issue(Standing standing, SharesIssued issued, bool isPending)
    {
        if (!standing.Classes.TryGetValue(issued.Class, out var share))
        {
            return new UnknownShareClass(issued.Class);
        }

        if (issued.FractionHeld is { } fraction)
        {
            return HoldFraction(standing, issued, share, fraction);
        }

        return Add(standing, issued.Class, issued.Holder, issued.Quantity!.Value.Value, isPending);
    }

    /// <summary>New shares of a class with real shares: for an issue, an exercise, a conversion.</summary>
    public static Applied Add(Standing standing, ShareClassId id, HolderId holder, decimal quantity, bool isPending)
    {
        if (!standing.Classes.TryGetValue(id, out var share))
        {
            return new UnknownShareClass(id);
        }

        if (share.Notional)
        {
            return new NoNewUnitsOfNotionalClass(id);
        }

        if (quantity.Scale > share.Decimals)
        {
            return new TooManyDecimals(id, share.Decimals, quantity);
        }

        if (share.Outstanding + share.PendingIssue + quantity > share.AuthorisedNow)
        {
            return share.Authorised is null
                ? new TotalTooLarge($"shares outstanding of '{id}'", Numbers.Text(share.Outstanding + share.PendingIssue + quantity))
                : new AboveAuthorised(id, share.AuthorisedNow, share.Outstanding, share.PendingIssue, quantity);
        }

        return With(standing, id, isPending
            ? share with { PendingIssue = share.PendingIssue + quantity, PendingParts = share.PendingParts + 1 }
            : Give(share with { Outstanding = share.Outstanding + quantity }, holder, quantity));
    }

    public static Applied Reserve(Standing standing, PoolReserved reserved)
    {
        if (!standing.Classes.TryGetValue(reserved.Class, out var share))
        {
            return new UnknownShareClass(reserved.Class);
        }

        return reserved.Quantity.Scale > share.Decimals ? new TooManyDecimals(reserved.Class, share.Decimals, reserved.Quantity.Value) : standing;
    }

    public static Applied Transfer(Standing standing, SharesTransferred transferred, bool isPending)
    {
        if (!standing.Classes.TryGetValue(transferred.Class, out var share))
        {
            return new UnknownShareClass(transferred.Class);
        }

        var quantity = transferred.Quantity.Value;
        if (Take(share, transferred.Class, transferred.From, quantity) is { Refusal: { } refusal })
        {
            return refusal;
        }

        var given = Give(share, transferred.From, -quantity);
        return With(standing, transferred.Class, isPending
            ? given with { InTransit = given.InTransit + quantity, PendingParts = given.PendingParts + 1 }
            : Give(given, transferred.To, quantity));
    }

    public static Applied Repurchase(Standing standing, SharesRepurchased repurchased)
    {
        if (!standing.Classes.TryGetValue(repurchased.Class, out var share))
        {
            return new UnknownShareClass(repurchased.Class);
        }

        if (share.Notional)
        {
            return new NoNewUnitsOfNotionalClass(repurchased.Class);
        }

        var quantity = repurchased.Quantity.Value;
        return Take(share, repurchased.Class, repurchased.Holder, quantity).Refusal is { } refusal
            ? refusal
            : With(standing, repurchased.Class, Give(share, repurchased.Holder, -quantity) with { Outstanding = share.Outstanding - quantity });
    }

    public static Applied Value(Standing standing, ValuationRecorded recorded)
    {
        if (standing.Valuations.ContainsKey(recorded.Valuation))
        {
            return new ValuationExists(recorded.Valuation);
        }

        if (recorded.Class is { } id && !standing.Classes.ContainsKey(id))
        {
            return new UnknownShareClass(id);
        }

        ExactRatio? price = null;
        if (recorded.PricePerShare is { } stated)
        {
            price = ExactRatio.Of(stated.Amount);
        }
        else if (recorded.PreMoney is { } preMoney)
        {
            var outstanding = standing.OutstandingAsConverted();
            price = outstanding.Numerator.IsZero ? null : ExactRatio.Of(preMoney.Amount) / outstanding;
        }

        var currency = (recorded.PricePerShare ?? recorded.PreMoney ?? recorded.PostMoney)!.Value.Currency;
        var valuation = new ValuationStanding(currency, recorded.Class, price) { IsPostMoney = recorded.PostMoney is not null };
        return standing with { Valuations = standing.Valuations.Add(recorded.Valuation, valuation) };
    }

    public static Standing With(Standing standing, ShareClassId id, ClassStanding share) =>
        standing with { Classes = standing.Classes.SetItem(id, share) };

    private static Applied HoldFraction(Standing standing, SharesIssued issued, ClassStanding share, Fraction fraction)
    {
        if (!share.Notional)
        {
            return new NotionalClassOnly(issued.Class);
        }

        // The outside gives what the holder has more than before, and takes back what it has less.
        var target = decimal.Round(fraction.Value * share.Outstanding, share.Decimals, MidpointRounding.ToEven);
        var change = target - share.HeldBy(issued.Holder);
        return change > share.HeldBy(HolderId.Outside)
            ? new NotEnoughShares(HolderId.Outside, issued.Class, share.HeldBy(HolderId.Outside), change)
            : With(standing, issued.Class, Give(Give(share, issued.Holder, change), HolderId.Outside, -change));
    }

    private static (bool Fits, Refusal? Refusal) Take(ClassStanding share, ShareClassId id, HolderId holder, decimal quantity)
    {
        if (quantity.Scale > share.Decimals)
        {
            return (false, new TooManyDecimals(id, share.Decimals, quantity));
        }

        var has = share.HeldBy(holder);
        return has < quantity ? (false, new NotEnoughShares(holder, id, has, quantity)) : (true, null);
    }

    private static ClassStanding Give(ClassStanding share, HolderId holder, decimal quantity)
    {
        var held = share.HeldBy(holder) + quantity;
        return share with { Holdings = held == 0 ? share.Holdings.Remove(holder) : share.Holdings.SetItem(holder, held) };
    }
}
