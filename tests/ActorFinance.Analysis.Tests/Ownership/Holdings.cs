using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Ownership;

/// <summary>Direct ownership from text: <c>fund 0.6 b</c>, a holding a line; upper-case letters may not occur, companies are those that issue and those named.</summary>
internal static class Holdings
{
    public static OwnershipAnswer Of(string lines, OwnershipBasis basis = OwnershipBasis.Outstanding) =>
        Of(lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .Select(w => (w[0], decimal.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture), w[2])), basis);

    /// <summary>What the named holders lack to 1 is the outside's.</summary>
    public static OwnershipAnswer Of(IEnumerable<(string Holder, decimal Part, string Issuer)> holdings, OwnershipBasis basis = OwnershipBasis.Outstanding) =>
        new(basis, holdings.GroupBy(h => h.Issuer).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Issuer(g.Key, [.. g])).ToValueList());

    public static OwnershipWalk Walk(string lines, params string[] companies) => OwnershipWalk.Of(Of(lines), IsCompany(Of(lines), companies));

    public static Func<HolderId, bool> IsCompany(OwnershipAnswer answer, params string[] companies)
    {
        var all = answer.Issuers.Select(i => HolderId.Of(i.Issuer)).Concat(companies.Select(Holder)).ToHashSet();
        return all.Contains;
    }

    public static HolderId Holder(string id) => Value.Parse<HolderId>(id);

    public static CompanyId Company(string id) => Value.Parse<CompanyId>(id);

    private static IssuerOwnership Issuer(string issuer, IReadOnlyList<(string Holder, decimal Part, string Issuer)> holdings)
    {
        var rest = 1 - holdings.Sum(h => h.Part);
        var all = rest > 0 ? holdings.Append(("outside", rest, issuer)) : holdings;
        var holders = all
            .GroupBy(h => h.Item1)
            .Select(g => new HolderOwnership(Holder(g.Key), g.Sum(h => h.Item2) * 1000, g.Sum(h => h.Item2)))
            .OrderByDescending(h => h.Shares)
            .ThenBy(h => h.Holder)
            .ToValueList();
        return new(Company(issuer), 1000, holders, 0, []);
    }
}
