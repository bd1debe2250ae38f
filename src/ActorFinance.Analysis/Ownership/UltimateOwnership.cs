using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>A company behind an issuer: <paramref name="Visits"/> is n_ij, <paramref name="Part"/> is A[i,j], what ends with the company's own outside holders.</summary>
public sealed record UltimateCompany(CompanyId Company, double Visits, double Part);

/// <summary>A holder that is no company: sum over i of its part of i times n_ij.</summary>
public sealed record UltimateHolder(HolderId Holder, double Part);

/// <summary>
/// With whose outside holders the value of an issuer's assets ends (M. Elliott, B. Golub and M. Jackson 2014, American Economic Review 104:3115,
/// equation 2): A = Chat (I - C)^-1, where Chat is what of each company nobody among the companies holds. Told twice: by the companies through
/// which it ends, and by the holders themselves; each of the two adds up to 1.
/// <example>Two firms that hold half of each other: A = [[2/3, 1/3], [1/3, 2/3]].</example>
/// </summary>
/// <param name="Issuer">A company that may have no holders recorded: then it is the outside's.</param>
/// <param name="Companies">By id; the issuer and all companies that hold it, directly or not.</param>
/// <param name="Holders">By id, the outside among them.</param>
/// <param name="Bound">The most that the figures of either set, taken together, can be wrong beyond the rounding of a few last digits.</param>
public sealed record UltimateOwnership(CompanyId Issuer, ValueList<UltimateCompany> Companies, ValueList<UltimateHolder> Holders, double Bound)
{
    /// <summary>One pass over the components from the issuer to its holders: O(companies + holdings) and one solve for each circle.</summary>
    /// <returns>An error when some of the issuer is held by a group that holds all of itself.</returns>
    public static OwnershipOutcome<UltimateOwnership> Of(OwnershipWalk walk, CompanyId issuer)
    {
        if (walk.NodeOf(HolderId.Of(issuer)) is not { } start)
        {
            return OwnershipOutcome<UltimateOwnership>.Of(new(issuer, [new(issuer, 1, 1)], [new(HolderId.Outside, 1)], 0));
        }

        var visits = new double[walk.Companies.Count];
        visits[start] = 1;
        var bound = 0.0;
        for (var component = walk.Components.ComponentOf[start]; component >= 0; component--)
        {
            var members = walk.Components.Members(component);
            var arriving = new double[members.Length];
            for (var i = 0; i < members.Length; i++)
            {
                arriving[i] = visits[members[i]];
            }

            if (!arriving.Any(a => a > 0))
            {
                continue;
            }

            if (walk.IsOwnerless(component))
            {
                return new OwnershipError.OwnsAllOfItself(walk.CompaniesOf(component));
            }

            if (members.Length > 1 || walk.Steps.ArcBetween(members[0], members[0]) >= 0)
            {
                var (solved, wrong) = walk.Block(component).Visits(arriving);
                bound += wrong;
                if (!(bound <= OwnershipWalk.BoundMax))
                {
                    return new OwnershipError.TooNearlyClosed(members.Length, bound);
                }

                for (var i = 0; i < members.Length; i++)
                {
                    visits[members[i]] = Math.Max(0, solved[i]);
                }
            }

            PassOn(walk, members, component, visits);
        }

        return OwnershipOutcome<UltimateOwnership>.Of(Ends(walk, issuer, visits, bound));
    }

    private static void PassOn(OwnershipWalk walk, ReadOnlySpan<int> members, int component, double[] visits)
    {
        foreach (var member in members)
        {
            for (var arc = walk.Steps.FirstArcs[member]; arc < walk.Steps.FirstArcs[member + 1]; arc++)
            {
                var target = walk.Steps.Targets[arc];
                if (walk.Components.ComponentOf[target] != component)
                {
                    visits[target] += walk.Steps.Weights[arc] * visits[member];
                }
            }
        }
    }

    private static UltimateOwnership Ends(OwnershipWalk walk, CompanyId issuer, double[] visits, double bound)
    {
        var companies = new List<UltimateCompany>();
        var holders = new SortedDictionary<HolderId, double>();
        for (var node = 0; node < visits.Length; node++)
        {
            if (visits[node] <= 0)
            {
                continue;
            }

            companies.Add(new(walk.Companies[node], visits[node], walk.Leaks[node] * visits[node]));
            foreach (var (holder, part) in walk.OutsideOf(node))
            {
                holders[holder] = holders.GetValueOrDefault(holder) + (part * visits[node]);
            }
        }

        return new(issuer, companies.ToValueList(), holders.Select(h => new UltimateHolder(h.Key, h.Value)).ToValueList(), bound);
    }
}
