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
        var parts = PartsOf(issuer, basis, out var pool, out var leftOut);
        var total = parts.Sum(p => p.Shares);
        var fractions = total > 0 ? Apportion.LargestRemainder(1m, [.. parts.Select(p => p.Shares)], Fraction.Decimals) : null;
        var holders = parts
            .Select((part, i) => new HolderOwnership(part.Holder, Numbers.Normalise(part.Shares), fractions is null ? null : Numbers.Normalise(fractions[i]), part.EventsOf(issuer)))
            .OrderByDescending(h => h.Shares)
            .ThenBy(h => h.Holder)
            .ToValueList();
        return new(issuer.Issuer, Numbers.Normalise(total), holders, Numbers.Normalise(pool), leftOut);
    }

    /// <summary>By holder id, which is the order that decides ties of the largest remainder.</summary>
    private static IReadOnlyList<Part> PartsOf(IssuerRegister issuer, OwnershipBasis basis, out decimal pool, out ValueList<ConvertibleId> leftOut)
    {
        var parts = new SortedDictionary<HolderId, Part>();
        foreach (var shares in issuer.Classes)
        {
            var weight = basis == OwnershipBasis.Voting ? shares.VotesPerShare : shares.ConversionRatio;
            foreach (var holding in shares.Holdings.Where(h => h.Shares > 0))
            {
                PartOf(parts, holding.Holder).Add(holding.Shares * weight, holding.Events);
            }
        }

        pool = 0;
        leftOut = [];
        if (basis == OwnershipBasis.FullyDiluted)
        {
            AddWarrants(issuer, parts);
            leftOut = AddConvertibles(issuer, parts);
            pool = AddPools(issuer, parts);
        }

        return [.. parts.Values];
    }

    private static void AddWarrants(IssuerRegister issuer, SortedDictionary<HolderId, Part> parts)
    {
        foreach (var warrant in issuer.Warrants.Where(w => w.Open > 0))
        {
            PartOf(parts, warrant.Holder).Add(warrant.Open * issuer.Class(warrant.Class)!.ConversionRatio, warrant.Events);
        }
    }

    private static ValueList<ConvertibleId> AddConvertibles(IssuerRegister issuer, SortedDictionary<HolderId, Part> parts)
    {
        var leftOut = new List<ConvertibleId>();
        foreach (var convertible in issuer.Convertibles)
        {
            if (issuer.ConvertsTo(convertible) is { } shares
                && convertible is { ConversionPrice: { } price and > 0, Principal: var principal }
                && convertible.PriceCurrency == principal.Currency)
            {
                var quantity = ExactRounding.Scaled(principal.Amount, 1, price, shares.Decimals);
                PartOf(parts, convertible.Holder).Add(quantity * shares.ConversionRatio, convertible.Events);
            }
            else
            {
                leftOut.Add(convertible.Convertible);
            }
        }

        return leftOut.ToValueList();
    }

    private static decimal AddPools(IssuerRegister issuer, SortedDictionary<HolderId, Part> parts)
    {
        var pool = 0m;
        foreach (var shares in issuer.Classes.Where(c => c.Pool > 0))
        {
            var reserved = shares.Pool * shares.ConversionRatio;
            PartOf(parts, HolderId.Outside).Add(reserved, shares.PoolEvents);
            pool += reserved;
        }

        return pool;
    }

    private static Part PartOf(SortedDictionary<HolderId, Part> parts, HolderId holder)
    {
        if (!parts.TryGetValue(holder, out var part))
        {
            parts.Add(holder, part = new(holder));
        }

        return part;
    }

    private sealed class Part(HolderId holder)
    {
        private readonly SortedSet<int> _places = [];

        public HolderId Holder { get; } = holder;

        public decimal Shares { get; private set; }

        public void Add(decimal shares, IEnumerable<int> places)
        {
            Shares += shares;
            _places.UnionWith(places);
        }

        public ValueList<EventReference> EventsOf(IssuerRegister issuer) =>
            _places.Select(place => EventReference.Of(issuer.Events[place])).ToValueList();
    }
}
