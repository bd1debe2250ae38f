using System.Runtime.InteropServices;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Direct ownership: C[i,j], the fraction of j that i holds.
/// <example>
/// 1,000 common shares, 900 of a and 100 of b, a warrant of b for 200 and a pool of 50: outstanding a 0.9, b 0.1;
/// fully diluted, of 1,250: a 0.72, b 0.24, outside 0.04.
/// </example>
/// </summary>
public static class OwnershipTable
{
    /// <summary>Issuers by id; only those with a class of shares.</summary>
    public static OwnershipAnswer Of(ShareRegister register, OwnershipBasis basis) =>
        new(basis, register.Issuers.Where(i => i.Classes.Count > 0).Select(i => Of(i, basis)).ToValueList());

    public static IssuerOwnership Of(IssuerRegister issuer, OwnershipBasis basis)
    {
        var parts = PartsOf(issuer, basis);
        var total = 0m;
        var weights = new decimal[parts.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = parts[i].Shares;
            total += weights[i];
        }

        var fractions = total > 0 ? Apportion.LargestRemainder(1m, weights, Fraction.Decimals) : null;
        var order = LargestFirst(weights);
        var holders = new HolderOwnership[weights.Length];
        for (var i = 0; i < holders.Length; i++)
        {
            var at = order[i];
            holders[i] = new(parts[at].Holder, Numbers.Normalise(weights[at]), fractions is null ? null : Numbers.Normalise(fractions[at]));
        }

        var isDiluted = basis == OwnershipBasis.FullyDiluted;
        var pool = isDiluted ? issuer.Classes.Sum(c => c.Pool * c.ConversionRatio) : 0;
        var leftOut = isDiluted ? issuer.Convertibles.Where(c => QuantityOf(issuer, c) is null).Select(c => c.Convertible).ToValueList() : [];
        return new(issuer.Issuer, Numbers.Normalise(total), holders.ToValueList(), Numbers.Normalise(pool), leftOut);
    }

    /// <summary>The events that made and changed each holder's part, in fold order.</summary>
    public static IReadOnlyDictionary<HolderId, ValueList<EventReference>> EventsBehind(IssuerRegister issuer, OwnershipBasis basis)
    {
        var plain = issuer.Plainly();
        return Sources(plain, basis)
            .GroupBy(s => s.Holder)
            .ToDictionary(g => g.Key, g => g.SelectMany(s => s.Events).Distinct().Order().Select(place => plain.Events[place].Reference).ToValueList());
    }

    /// <summary>By holder id, which is the order that decides ties of the largest remainder.</summary>
    private static List<(HolderId Holder, decimal Shares)> PartsOf(IssuerRegister issuer, OwnershipBasis basis)
    {
        var parts = new List<(HolderId Holder, decimal Shares)>();
        var isSingle = issuer.Classes.Count == 1 && basis != OwnershipBasis.FullyDiluted;
        var places = new Dictionary<HolderId, int>();
        foreach (var (holder, shares, _) in Sources(issuer, basis))
        {
            // The holders of one class are there once each.
            if (isSingle)
            {
                parts.Add((holder, shares));
                continue;
            }

            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, holder, out var known);
            if (known)
            {
                parts[place] = (holder, parts[place].Shares + shares);
            }
            else
            {
                place = parts.Count;
                parts.Add((holder, shares));
            }
        }

        for (var i = 1; i < parts.Count; i++)
        {
            if (parts[i - 1].Holder.CompareTo(parts[i].Holder) > 0)
            {
                parts.Sort((one, other) => one.Holder.CompareTo(other.Holder));
                break;
            }
        }

        return parts;
    }

    /// <summary>What the basis counts, and the places of the events behind it.</summary>
    private static IEnumerable<(HolderId Holder, decimal Shares, IReadOnlyList<int> Events)> Sources(IssuerRegister issuer, OwnershipBasis basis)
    {
        foreach (var shares in issuer.Classes)
        {
            var weight = basis == OwnershipBasis.Voting ? shares.VotesPerShare : shares.ConversionRatio;
            foreach (var holding in shares.Holdings)
            {
                if (holding.Shares > 0)
                {
                    yield return (holding.Holder, holding.Shares * weight, holding.Events);
                }
            }
        }

        if (basis != OwnershipBasis.FullyDiluted)
        {
            yield break;
        }

        foreach (var warrant in issuer.Warrants.Where(w => w.Open > 0))
        {
            yield return (warrant.Holder, warrant.Open * issuer.Class(warrant.Class)!.ConversionRatio, warrant.Events);
        }

        foreach (var convertible in issuer.Convertibles)
        {
            if (QuantityOf(issuer, convertible) is { } quantity)
            {
                yield return (convertible.Holder, quantity * issuer.ConvertsTo(convertible)!.ConversionRatio, convertible.Events);
            }
        }

        foreach (var shares in issuer.Classes.Where(c => c.Pool > 0))
        {
            yield return (HolderId.Outside, shares.Pool * shares.ConversionRatio, shares.PoolEvents);
        }
    }

    /// <summary>Null when its terms do not say into how many shares it converts.</summary>
    private static decimal? QuantityOf(IssuerRegister issuer, OpenConvertible convertible) =>
        issuer.ConvertsTo(convertible) is { } shares
        && convertible is { ConversionPrice: { } price and > 0, Principal: var principal }
        && convertible.PriceCurrency == principal.Currency
            ? ExactRatio.Scaled(principal.Amount, 1, price, shares.Decimals)
            : null;

    /// <summary>Indices of the weights, largest first, then in the order of the parts.</summary>
    private static int[] LargestFirst(decimal[] weights)
    {
        var order = new int[weights.Length];
        var scale = 0;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            scale = Math.Max(scale, weights[i].Scale);
        }

        var factor = 1 / Apportion.Unit(scale);
        var limit = long.MaxValue / factor;
        var keys = new long[weights.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (weights[i] >= limit)
            {
                Array.Sort(order, (one, other) => weights[one] == weights[other] ? one.CompareTo(other) : weights[other].CompareTo(weights[one]));
                return order;
            }

            keys[i] = -(long)(weights[i] * factor);
        }

        // Whole numbers sort in a fifth of the time of decimals; the order of equal ones is then made that of the parts.
        Array.Sort(keys, order);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(order, start, end - start);
            start = end;
        }

        return order;
    }
}
