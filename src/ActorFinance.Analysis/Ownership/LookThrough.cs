using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>A holder's look-through part of an issuer.</summary>
public sealed record LookThroughPart(CompanyId Issuer, double Part);

/// <summary>
/// What one holder has of every company, directly and through others, in the presence of cross-holdings (S. Baldone, F. Brioschi and S. Paleari 1997,
/// Ownership measures among firms connected by cross-shareholdings): y[i,j] = n_ij / n_ii with N = (I - C)^-1, and 1 - 1/n_ii of itself.
/// It is the chance that a walk from j up through the holders ever comes to i, so it lies in [0,1], and without a circle it is the sum over all
/// chains of the products of their parts.
/// <example>a holds 0.6 of b and 0.1 of c, b holds 0.5 of c: a has 0.1 + 0.6 x 0.5 = 0.4 of c.</example>
/// </summary>
/// <param name="Holder">A company or not.</param>
/// <param name="Parts">By issuer id, those above 0, the holder itself left out.</param>
/// <param name="SelfOwnership">1 - 1/n_ii; 0 when the holder is on no circle.</param>
/// <param name="Bound">The most by which any of the figures can be wrong beyond the rounding of a few last digits.</param>
public sealed record LookThrough(HolderId Holder, ValueList<LookThroughPart> Parts, double SelfOwnership, double Bound)
{
    /// <summary>One pass over the components from the holder to the issuers: O(companies + holdings) and one solve for each circle.</summary>
    /// <returns>An error when the holder belongs to a group that holds all of itself.</returns>
    public static OwnershipOutcome<LookThrough> Of(OwnershipWalk walk, HolderId holder)
    {
        var goal = walk.NodeOf(holder);
        var first = goal is { } node ? walk.Components.ComponentOf[node] : 0;
        if (goal is not null && walk.IsOwnerless(first))
        {
            return new OwnershipError.OwnsAllOfItself(walk.CompaniesOf(first));
        }

        var chances = new double[walk.Companies.Count];
        var bound = 0.0;
        for (var component = first; component < walk.Components.Count; component++)
        {
            var members = walk.Components.Members(component);
            var arriving = Arriving(walk, members, component, holder, chances);
            var place = goal is { } own && component == first ? members.IndexOf(own) : -1;
            if (place < 0 && !arriving.Any(a => a > 0))
            {
                continue;
            }

            if (members.Length == 1 && place < 0 && walk.Steps.ArcBetween(members[0], members[0]) < 0)
            {
                chances[members[0]] = arriving[0];
                continue;
            }

            var (solved, wrong) = walk.Block(component).Hitting(arriving, place);
            // Chances that are put in are wrong by at most the bound so far, and no walk leaves more than once.
            bound += wrong;
            if (!(bound <= OwnershipWalk.BoundMax))
            {
                return new OwnershipError.TooNearlyClosed(members.Length, bound);
            }

            for (var i = 0; i < members.Length; i++)
            {
                chances[members[i]] = Math.Clamp(solved[i], 0, 1);
            }
        }

        var parts = Enumerable.Range(0, chances.Length).Where(i => i != goal && chances[i] > 0).Select(i => new LookThroughPart(walk.Companies[i], chances[i]));
        return OwnershipOutcome<LookThrough>.Of(new(holder, parts.ToValueList(), goal is { } self ? Returning(walk, self, chances) : 0, bound));
    }

    /// <summary>The chance to come to the holder on leaving the component.</summary>
    private static double[] Arriving(OwnershipWalk walk, ReadOnlySpan<int> members, int component, HolderId holder, double[] chances)
    {
        var arriving = new double[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            foreach (var outside in walk.OutsideOf(members[i]))
            {
                if (outside.Holder == holder)
                {
                    arriving[i] += outside.Part;
                }
            }

            for (var arc = walk.Steps.FirstArcs[members[i]]; arc < walk.Steps.FirstArcs[members[i] + 1]; arc++)
            {
                var target = walk.Steps.Targets[arc];
                if (walk.Components.ComponentOf[target] != component)
                {
                    arriving[i] += walk.Steps.Weights[arc] * chances[target];
                }
            }
        }

        return arriving;
    }

    private static double Returning(OwnershipWalk walk, int node, double[] chances)
    {
        var returning = 0.0;
        for (var arc = walk.Steps.FirstArcs[node]; arc < walk.Steps.FirstArcs[node + 1]; arc++)
        {
            returning += walk.Steps.Weights[arc] * chances[walk.Steps.Targets[arc]];
        }

        return returning;
    }
}
