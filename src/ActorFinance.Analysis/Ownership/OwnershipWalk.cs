using System.Runtime.InteropServices;
using ActorFinance.Analysis.Networks;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Ownership;

/// <summary>
/// Direct ownership of all companies as a walk from an issuer up to its holders: from j to company k with chance C[k,j]; what holders that are no
/// companies have is the chance to end. Then n_ij of (I - C)^-1 is how often a walk from j is expected at i, the ultimate owners of j are where its
/// walk ends, and the look-through ownership of i in j is the chance that it ever comes to i. Every chance is a sum of products of parts, so nothing
/// is lost by subtraction; what a company lacks to 1 is added up from its holders in decimals.
/// <list type="table">
/// <item><term>C[k,j]</term><description>part of issuer j that company k has directly</description></item>
/// <item><term>Leaks[j]</term><description>part of j that nobody among the companies has: 1 - sum_k C[k,j]</description></item>
/// </list>
/// A company of which no shares are recorded is held by the outside.
/// </summary>
public sealed class OwnershipWalk
{
    /// <summary>An answer that can be wrong by more than this is none.</summary>
    public const double BoundMax = 1e-9;

    private readonly Dictionary<HolderId, int> _nodes = [];
    private readonly HolderPart[][] _outside;
    private readonly WalkBlock?[] _blocks;

    private OwnershipWalk(OwnershipAnswer answer, Func<HolderId, bool> isCompany)
    {
        var issuers = answer.Issuers.Where(i => i.Holders.Count > 0 && i.Holders.All(h => h.Direct is not null)).ToDictionary(i => i.Issuer);
        Companies = answer.Issuers.Select(i => HolderId.Of(i.Issuer))
            .Concat(answer.Issuers.SelectMany(i => i.Holders).Select(h => h.Holder).Where(isCompany))
            .Distinct()
            .Order()
            .Select(h => h.AsCompany()!.Value)
            .ToValueList();
        for (var node = 0; node < Companies.Count; node++)
        {
            _nodes.Add(HolderId.Of(Companies[node]), node);
        }

        var arcs = new List<Arc<double>>();
        Leaks = new double[Companies.Count];
        _outside = new HolderPart[Companies.Count][];
        for (var node = 0; node < Companies.Count; node++)
        {
            if (!issuers.TryGetValue(Companies[node], out var issuer))
            {
                Leaks[node] = 1;
                _outside[node] = [new(HolderId.Outside, 1)];
                continue;
            }

            var leak = 0m;
            var outside = new List<HolderPart>();
            foreach (var holder in issuer.Holders.Where(h => h.Direct > 0))
            {
                if (_nodes.TryGetValue(holder.Holder, out var company))
                {
                    arcs.Add(new(node, company, (double)holder.Direct!.Value));
                }
                else
                {
                    outside.Add(new(holder.Holder, (double)holder.Direct!.Value));
                    leak += holder.Direct.Value;
                }
            }

            Leaks[node] = (double)leak;
            _outside[node] = [.. outside];
        }

        Steps = SparseGraph.FromArcs<double>(Companies.Count, CollectionsMarshal.AsSpan(arcs));
        Components = StronglyConnectedComponents.Of(Steps);
        _blocks = new WalkBlock?[Components.Count];
        OwnerlessGroups = Enumerable.Range(0, Components.Count).Where(IsOwnerless).Select(CompaniesOf).ToValueList();
    }

    /// <summary>By id: the issuers, and the holders that are companies.</summary>
    public ValueList<CompanyId> Companies { get; }

    /// <summary>Groups of companies that hold all of themselves.</summary>
    public ValueList<ValueList<CompanyId>> OwnerlessGroups { get; }

    internal double[] Leaks { get; }

    /// <summary>j -> k with C[k,j].</summary>
    internal SparseGraph<double> Steps { get; }

    /// <summary>A step between components leads to the one with the lower number: issuers come after their holders.</summary>
    internal StronglyConnectedComponents Components { get; }

    /// <param name="answer">All issuers on one basis; those with nothing to count on it are held by the outside.</param>
    /// <param name="isCompany">Whether a holder is a company at the cut; issuers are.</param>
    public static OwnershipWalk Of(OwnershipAnswer answer, Func<HolderId, bool> isCompany) => new(answer, isCompany);

    internal int? NodeOf(HolderId holder) => _nodes.TryGetValue(holder, out var node) ? node : null;

    internal ReadOnlySpan<HolderPart> OutsideOf(int node) => _outside[node];

    /// <summary>Nothing of the component is held from outside it. Decided without rounding: parts are above 0 or not there.</summary>
    internal bool IsOwnerless(int component)
    {
        foreach (var node in Components.Members(component))
        {
            if (Leaks[node] > 0)
            {
                return false;
            }

            foreach (var holder in Steps.Targets[Steps.FirstArcs[node]..Steps.FirstArcs[node + 1]])
            {
                if (Components.ComponentOf[holder] != component)
                {
                    return false;
                }
            }
        }

        return true;
    }

    internal ValueList<CompanyId> CompaniesOf(int component)
    {
        var companies = new List<CompanyId>();
        foreach (var node in Components.Members(component))
        {
            companies.Add(Companies[node]);
        }

        return companies.ToValueList();
    }

    /// <summary>Factored when first asked for; not of an ownerless group.</summary>
    internal WalkBlock Block(int component) => _blocks[component] ??= WalkBlock.Of(this, component);

    /// <summary>A part of an issuer that a holder which is no company has.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct HolderPart(HolderId Holder, double Part);
}
