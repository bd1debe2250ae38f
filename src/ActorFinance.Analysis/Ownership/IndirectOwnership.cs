using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>A holder of an issuer, directly or through others.</summary>
/// <param name="Holder">A company, a named outside holder, or the outside.</param>
/// <param name="LookThrough">See <see cref="Ownership.LookThrough"/>; for the issuer itself its self-ownership.</param>
/// <param name="Ultimate">See <see cref="UltimateOwnership"/>. Companies' add up to 1, and so do the others'.</param>
public sealed record IndirectHolder(HolderId Holder, double LookThrough, double Ultimate);

/// <summary>
/// All who hold an issuer, directly or through others, by holder id: the issuer itself too, because a part of its value may end with its own
/// outside holders, and a part of itself may be its own.
/// </summary>
public sealed record IndirectOwnership(CompanyId Issuer, ValueList<IndirectHolder> Holders)
{
    /// <summary>
    /// n_ij from one solve for the issuer, divided by n_ii, which is found once a circle and kept in the walk. What the solve leaves over, together at most
    /// <see cref="UltimateOwnership.Bound"/>, comes to i at most n_ii times, so that no look-through figure is wrong by more than that bound.
    /// </summary>
    /// <param name="walk">Direct ownership of all companies.</param>
    /// <param name="issuer">Whose holders.</param>
    /// <param name="progress">Told which part of a large circle is done, from 0 to 1.</param>
    public static OwnershipOutcome<IndirectOwnership> Of(OwnershipWalk walk, CompanyId issuer, Action<double>? progress = null)
    {
        var outcome = UltimateOwnership.Of(walk, issuer);
        if (outcome.Value is not { } ultimate)
        {
            return outcome.Error!;
        }

        var rows = ultimate.Companies
            .Select(c => new IndirectHolder(
                HolderId.Of(c.Company),
                c.Company == issuer ? Math.Max(0, 1 - (1 / c.Visits)) : Math.Min(1, c.Visits / OwnVisits(walk, c.Company, progress)),
                c.Part))
            .Concat(ultimate.Holders.Select(h => new IndirectHolder(h.Holder, Math.Min(1, h.Part), h.Part)));
        return OwnershipOutcome<IndirectOwnership>.Of(new(issuer, rows.OrderBy(r => r.Holder).ToValueList()));
    }

    /// <summary>n_ii: 1 off every circle.</summary>
    private static double OwnVisits(OwnershipWalk walk, CompanyId company, Action<double>? progress)
    {
        if (walk.NodeOf(HolderId.Of(company)) is not { } node)
        {
            return 1;
        }

        var component = walk.Components.ComponentOf[node];
        var members = walk.Components.Members(component);
        return members.Length == 1 && walk.Steps.ArcBetween(node, node) < 0 ? 1 : walk.Block(component).Diagonal(progress)[members.BinarySearch(node)];
    }
}
