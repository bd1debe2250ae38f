using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>What of the circle needs the network of a window solved, but no dollar followed: one flow may move all of it.</summary>
/// <param name="FinnCyclingIndex">Null when nothing flowed.</param>
/// <param name="CirculationShare">Null without flows.</param>
/// <param name="NettingShare">Null without flows.</param>
/// <param name="Companies">Everyone with a flow in the window, by id.</param>
public sealed record NetworkCircularity(double? FinnCyclingIndex, double? CirculationShare, double? NettingShare, ValueList<NetworkCompany> Companies)
{
    /// <param name="matrix">The window's sums.</param>
    public static NetworkCircularity Of(FlowMatrix matrix)
    {
        var circulation = Circularity.CirculationShare.Of(matrix);
        var companies = new NetworkCompany[matrix.Companies.Count];
        Parallel.For(0, companies.Length, i => companies[i] = NetworkCompany.Of(matrix, i));
        return new(Circularity.FinnCyclingIndex.Of(matrix).Index, circulation.Share, circulation.NettingShare, [.. companies]);
    }

    public static NetworkCircularity Of(CircularAnswer answer) => new(
        answer.FinnCyclingIndex,
        answer.CirculationShare,
        answer.NettingShare,
        [.. answer.Companies.Select(company => new NetworkCompany(company.Company, company.RoundTrip.Any, company.RoundTrip.AnyViaAll))]);
}

/// <summary>One company's part in it; null where it invested nothing.</summary>
/// <param name="Company">Has a flow in the window.</param>
/// <param name="Any">R_any(a).</param>
/// <param name="AnyViaAll">R_any(a) where any payment carries money onward.</param>
public sealed record NetworkCompany(CompanyId Company, double? Any, double? AnyViaAll)
{
    internal static NetworkCompany Of(FlowMatrix matrix, int number)
    {
        var (any, anyViaAll) = RoundTrip.BoundsOf(matrix, number);
        return new(matrix.Companies[number], any, anyViaAll);
    }
}
