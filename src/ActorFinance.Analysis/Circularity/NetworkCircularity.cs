using ActorFinance.Analysis.Networks;
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
    /// <param name="near">What is known of a matrix that is nearly the same: it saves time and changes nothing.</param>
    public static NetworkCircularity Of(FlowMatrix matrix, NetworkKnown? near = null) => Of(matrix, near, kept: null);

    /// <summary>With what shortens the same question about a matrix that is nearly the same.</summary>
    /// <param name="matrix">The window's sums.</param>
    /// <param name="known">Never changes.</param>
    public static NetworkCircularity Of(FlowMatrix matrix, out NetworkKnown known)
    {
        known = new(matrix);
        return Of(matrix, near: null, known);
    }

    private static NetworkCircularity Of(FlowMatrix matrix, NetworkKnown? near, NetworkKnown? kept)
    {
        var (index, circulation, companies) = ((double?)null, (CirculationAnswer?)null, new NetworkCompany[matrix.Companies.Count]);
        var numbers = near?.In(matrix);

        // Of three pieces of work that need nothing of each other, whichever core is free takes the next.
        Parallel.Invoke(
            () => index = Circularity.FinnCyclingIndex.IndexOf(matrix, near?.Visits, kept?.Visits),
            () =>
            {
                var greatest = near is null ? MaximumCirculation.Of(matrix.Flows) : near.CirculationOf(matrix, numbers!);
                circulation = Circularity.CirculationShare.Of(matrix, greatest);
                kept?.Keep(greatest);
            },
            () =>
            {
                var tried = near?.Ways.In(numbers!);
                Parallel.For(0, companies.Length, i => companies[i] = NetworkCompany.Of(matrix.Companies[i], matrix.Returns.Of(i, tried, kept?.Ways)));
                matrix.Returns.GiveBack();
            });
        return new(index, circulation!.Share, circulation.NettingShare, [.. companies]);
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
    internal static NetworkCompany Of(CompanyId company, ReturnBound bound) =>
        new(company, RoundTrip.Ratio(bound.Any, bound.Invested), RoundTrip.Ratio(bound.AnyViaAll, bound.Invested));
}

/// <summary>What one matrix has shown that shortens the same questions about another.</summary>
public sealed class NetworkKnown
{
    private readonly FlowMatrix _matrix;
    private MaximumCirculation? _circulation;

    internal NetworkKnown(FlowMatrix matrix) => (_matrix, Ways) = (matrix, new(matrix));

    internal ReturnWays Ways { get; }

    internal KnownVisits Visits { get; } = new();

    internal OtherNumbers In(FlowMatrix other) => new(_matrix, other);

    internal void Keep(MaximumCirculation circulation) => _circulation = circulation;

    /// <summary>The greatest circulation of another matrix, looked for from this one's on.</summary>
    internal MaximumCirculation CirculationOf(FlowMatrix other, OtherNumbers numbers)
    {
        var known = _circulation!;
        var (potentials, flows) = (new int[other.Companies.Count], new Int128[other.Flows.ArcCount]);
        for (var i = 0; i < potentials.Length; i++)
        {
            potentials[i] = numbers.Known[i] < 0 ? 0 : known.Potentials[numbers.Known[i]];
        }

        // Units are powers of ten, and where the other's is greater it is no matter what is lost: any start leads to the greatest.
        var (times, over) = (Int128.Max(1, other.ToUnits(_matrix.ToAmount(1))), Int128.Max(1, _matrix.ToUnits(other.ToAmount(1))));
        for (var arc = 0; arc < numbers.Arcs.Length; arc++)
        {
            if (numbers.Arcs[arc] >= 0)
            {
                flows[numbers.Arcs[arc]] = known.ArcFlows[arc] * times / over;
            }
        }

        return MaximumCirculation.Of(other.Flows, potentials, flows);
    }
}
