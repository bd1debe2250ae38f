using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>Warrants: granted, vested by tranche, exercised up to what vested. Convertibles: paid once, converted once.</summary>
internal static class WarrantRules
{
    public static Applied Grant(Standing standing, WarrantGranted granted)
    {
        if (standing.Warrants.ContainsKey(granted.Warrant))
        {
            return new WarrantExists(granted.Warrant);
        }

        if (!standing.Classes.TryGetValue(granted.Class, out var share))
        {
            return new UnknownShareClass(granted.Class);
        }

        if (granted.Tranches.FirstOrDefault(tranche => tranche.Quantity.Scale > share.Decimals) is { } fine)
        {
            return new TooManyDecimals(granted.Class, share.Decimals, fine.Quantity.Value);
        }

        var warrant = new WarrantStanding(
            granted.Holder,
            granted.Class,
            granted.Strike.Currency,
            ExactRatio.Of(granted.Strike.Amount),
            granted.Expiry,
            granted.Tranches.ToImmutableDictionary(tranche => tranche.Name, tranche => tranche.Quantity.Value),
            Vested: 0,
            Exercised: 0,
            EndedAt: null);
        return standing with { Warrants = standing.Warrants.Add(granted.Warrant, warrant) };
    }

    public static Applied Vest(Standing standing, WarrantVested vested, Instant at)
    {
        if (Open(standing, vested.Warrant, at, out var warrant) is { } refusal)
        {
            return refusal;
        }

        return warrant!.Unvested.TryGetValue(vested.TrancheName, out var quantity)
            ? With(standing, vested.Warrant, warrant with { Unvested = warrant.Unvested.Remove(vested.TrancheName), Vested = warrant.Vested + quantity })
            : new UnknownTranche(vested.Warrant, vested.TrancheName);
    }

    public static Applied Exercise(Standing standing, WarrantExercised exercised, Instant at, bool isPending)
    {
        if (Open(standing, exercised.Warrant, at, out var warrant) is { } refusal)
        {
            return refusal;
        }

        var quantity = exercised.Quantity.Value;
        if (warrant!.Exercised + quantity > warrant.Vested)
        {
            return new AboveVested(exercised.Warrant, warrant.Vested, warrant.Exercised, quantity);
        }

        var used = With(standing, exercised.Warrant, warrant with { Exercised = warrant.Exercised + quantity });
        return ShareRules.Add(used, warrant.Class, warrant.Holder, quantity, isPending);
    }

    public static Applied Lapse(Standing standing, WarrantLapsed lapsed, Instant at)
    {
        if (!standing.Warrants.TryGetValue(lapsed.Warrant, out var warrant))
        {
            return new UnknownWarrant(lapsed.Warrant);
        }

        return warrant.EndedAt is { } ended
            ? new WarrantEnded(lapsed.Warrant, ended)
            : With(standing, lapsed.Warrant, warrant with { EndedAt = at });
    }

    public static Applied Register(Standing standing, ConvertibleRegistered registered, bool isPending)
    {
        if (standing.Convertibles.ContainsKey(registered.Convertible))
        {
            return new ConvertibleExists(registered.Convertible);
        }

        ExactRatio? price = registered.ConversionPrice is { } stated ? ExactRatio.Of(stated.Amount) : null;
        var convertible = new ConvertibleStanding(registered.Holder, registered.Principal, registered.Class, price, !isPending, IsConverted: false);
        return standing with { Convertibles = standing.Convertibles.Add(registered.Convertible, convertible) };
    }

    public static Applied Convert(Standing standing, ConvertibleConverted converted)
    {
        if (!standing.Convertibles.TryGetValue(converted.Convertible, out var convertible) || !convertible.IsPaid || convertible.IsConverted)
        {
            return new ConvertibleNotOpen(converted.Convertible);
        }

        var closed = standing with
        {
            Convertibles = standing.Convertibles.SetItem(converted.Convertible, convertible with { IsConverted = true }),
        };
        return ShareRules.Add(closed, converted.Class, convertible.Holder, converted.Quantity.Value, isPending: false);
    }

    private static Refusal? Open(Standing standing, WarrantId id, Instant at, out WarrantStanding? warrant)
    {
        if (!standing.Warrants.TryGetValue(id, out warrant))
        {
            return new UnknownWarrant(id);
        }

        if (warrant.EndedAt is { } ended)
        {
            return new WarrantEnded(id, ended);
        }

        return warrant.Expiry is { } expiry && at > expiry ? new WarrantEnded(id, expiry) : null;
    }

    private static Standing With(Standing standing, WarrantId id, WarrantStanding warrant) =>
        standing with { Warrants = standing.Warrants.SetItem(id, warrant) };
}
