using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>A split changes every number of shares of its class one way and every price the other way.</summary>
internal static class SplitRules
{
    public static Applied Split(Standing standing, SharesSplit split)
    {
        if (!standing.Classes.TryGetValue(split.Class, out var share))
        {
            return new UnknownShareClass(split.Class);
        }

        if (share.Notional)
        {
            return new NoNewUnitsOfNotionalClass(split.Class);
        }

        var factor = ExactRatio.Of(split.Numerator) / ExactRatio.Of(split.Denominator);

        // Above the limit every number is as bad as the limit itself.
        decimal Times(decimal quantity) => Math.Min((ExactRatio.Of(quantity) * factor).Round(share.Decimals) ?? ShareQuantity.Limit, ShareQuantity.Limit);

        var holdings = share.Holdings
            .Select(holding => KeyValuePair.Create(holding.Key, Times(holding.Value)))
            .Where(holding => holding.Value != 0)
            .ToImmutableDictionary();
        var inTransit = Times(share.InTransit);
        var after = share with
        {
            AuthorisedNow = share.Authorised is null ? ShareQuantity.Limit : Times(share.AuthorisedNow),
            Holdings = holdings,
            Outstanding = holdings.Values.Sum() + inTransit,
            PendingIssue = Times(share.PendingIssue) + RoundingReserve(share, factor),
            InTransit = inTransit,
        };
        if (after.Outstanding + after.PendingIssue >= ShareQuantity.Limit)
        {
            return new TotalTooLarge($"shares outstanding of '{split.Class}'", "1e16 or more");
        }

        if (after.Outstanding + after.PendingIssue > after.AuthorisedNow)
        {
            return new SplitAboveAuthorised(split.Class, after.AuthorisedNow, after.Outstanding, after.PendingIssue);
        }

        var warrants = standing.Warrants.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Class == split.Class ? SplitWarrant(pair.Value) : pair.Value);
        if (warrants.FirstOrDefault(pair => pair.Value.Vested >= ShareQuantity.Limit || pair.Value.Unvested.Values.Any(quantity => quantity >= ShareQuantity.Limit)) is { Value: not null } large)
        {
            return new TotalTooLarge($"shares under warrant '{large.Key}'", "1e16 or more");
        }

        // A valuation that names no class prices common shares.
        var isCommon = share.ConversionRatio == ExactRatio.Of(1);
        return ShareRules.With(standing, split.Class, after) with
        {
            Warrants = warrants,
            Convertibles = standing.Convertibles.ToImmutableDictionary(
                pair => pair.Key,
                pair => pair.Value.Class == split.Class ? pair.Value with { Price = pair.Value.Price / factor } : pair.Value),
            Valuations = standing.Valuations.ToImmutableDictionary(
                pair => pair.Key,
                pair => (pair.Value.Class is { } priced ? priced == split.Class : isCommon) ? pair.Value with { Price = pair.Value.Price / factor } : pair.Value),
        };

        WarrantStanding SplitWarrant(WarrantStanding warrant) => warrant with
        {
            Strike = warrant.Strike / factor,
            Unvested = warrant.Unvested.ToImmutableDictionary(pair => pair.Key, pair => Times(pair.Value)),
            Vested = Times(warrant.Vested),
            Exercised = Times(warrant.Exercised),
        };
    }
    /// <summary>
    /// What the holdings may come to more than counted here once the pending facts have ended: shares that are added to a holding are rounded with it,
    /// not by themselves. A unit each, and one for the sum; nothing when the split multiplies by a whole number.
    /// </summary>
    private static decimal RoundingReserve(ClassStanding share, ExactRatio factor) =>
        share.PendingParts == 0 || factor.Denominator.IsOne ? 0 : (share.PendingParts + 1) * Apportion.Unit(share.Decimals);
}
