using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>A holder of an issuer, directly or through others.</summary>
/// <param name="Holder">A company, a named outside holder, or the outside.</param>
/// <param name="LookThrough">See <see cref="Ownership.LookThrough"/>; for the issuer itself its self-ownership. Null when too many large solves were asked for at once.</param>
/// <param name="Ultimate">See <see cref="UltimateOwnership"/>. Companies' add up to 1, and so do the others'.</param>
public sealed record IndirectHolder(HolderId Holder, double? LookThrough, double Ultimate);

/// <summary>
/// All who hold an issuer, directly or through others, by holder id: the issuer itself too, because a part of its value may end with its own
/// outside holders, and a part of itself may be its own.
/// </summary>
public sealed record IndirectOwnership(CompanyId Issuer, ValueList<IndirectHolder> Holders)
{
    /// <summary>
    /// In a component above <see cref="WalkBlock.DenseSize"/> companies each look-through figure takes a solve of its own: the holders with the most
    /// get one, the others null. Ask <see cref="Ownership.LookThrough"/> for any one of them.
    /// </summary>
    public const int SolvesMax = 32;

    public static OwnershipOutcome<IndirectOwnership> Of(OwnershipWalk walk, CompanyId issuer)
    {
        var outcome = UltimateOwnership.Of(walk, issuer);
        if (outcome.Value is not { } ultimate)
        {
            return outcome.Error!;
        }

        var asked = ultimate.Companies
            .Where(c => c.Company != issuer && NeedsSolve(walk, c.Company))
            .OrderByDescending(c => c.Visits)
            .Take(SolvesMax)
            .Select(c => c.Company)
            .ToHashSet();
        var rows = ultimate.Companies
            .Select(c => new IndirectHolder(HolderId.Of(c.Company), LookThroughOf(walk, issuer, c, asked), c.Part))
            .Concat(ultimate.Holders.Select(h => new IndirectHolder(h.Holder, Math.Min(1, h.Part), h.Part)));
        return OwnershipOutcome<IndirectOwnership>.Of(new(issuer, rows.OrderBy(r => r.Holder).ToValueList()));
    }

    private static double? LookThroughOf(OwnershipWalk walk, CompanyId issuer, UltimateCompany company, HashSet<CompanyId> asked)
    {
        if (company.Company == issuer)
        {
            return Math.Max(0, 1 - (1 / company.Visits));
        }

        if (NeedsSolve(walk, company.Company))
        {
            return asked.Contains(company.Company)
                ? LookThrough.Of(walk, HolderId.Of(company.Company)).Value?.Parts.FirstOrDefault(p => p.Issuer == issuer)?.Part
                : null;
        }

        return Math.Min(1, company.Visits / OwnVisits(walk, company.Company));
    }

    private static bool NeedsSolve(OwnershipWalk walk, CompanyId company) =>
        walk.NodeOf(HolderId.Of(company)) is { } node && walk.Components.Members(walk.Components.ComponentOf[node]).Length > WalkBlock.DenseSize;

    /// <summary>n_ii: 1 off every circle.</summary>
    private static double OwnVisits(OwnershipWalk walk, CompanyId company)
    {
        if (walk.NodeOf(HolderId.Of(company)) is not { } node)
        {
            return 1;
        }

        var component = walk.Components.ComponentOf[node];
        var members = walk.Components.Members(component);
        return members.Length == 1 && walk.Steps.ArcBetween(node, node) < 0 ? 1 : walk.Block(component).Diagonal![members.IndexOf(node)];
    }
}
