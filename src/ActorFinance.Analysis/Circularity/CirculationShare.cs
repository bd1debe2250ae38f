using System.Text.Json.Serialization;
using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Analysis.Circularity;

/// <summary>How much of what companies paid each other could be netted away.</summary>
/// <param name="Share">kappa, 0 to 1: 0 exactly when there is no cycle, 1 exactly when all pay each other what they receive. Null without flows.</param>
/// <param name="NettingShare">1 - sum|net_i| / (2 sum F), which ignores who owes whom: never below <paramref name="Share"/>. Null without flows.</param>
/// <param name="Flows">sum F.</param>
/// <param name="Circulating">The greatest circulation; in it no company's net position changes.</param>
/// <param name="Events">The flows that one such circulation uses: there may be others as great.</param>
public sealed record CirculationAnswer(
    double? Share,
    double? NettingShare,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Flows,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Circulating,
    [property: JsonIgnore] EventsBehind Events);

/// <summary>
/// kappa = max sum f / sum F over circulations 0 &lt;= f &lt;= F, where every company receives as much as it pays: what companies could settle
/// among themselves, along the chains of who owes whom, with nobody better or worse off. In exact integers (<see cref="MaximumCirculation"/>).
/// <example>a pays 5 to b, b 3 to c, c 4 to a: 3 go round, kappa = 9/12; the net positions are -1, 2, -1, so the netting share is 1 - 4/24.</example>
/// </summary>
public static class CirculationShare
{
    public static CirculationAnswer Of(FlowMatrix matrix) => Of(matrix, MaximumCirculation.Of(matrix.Flows));

    /// <param name="matrix">F.</param>
    /// <param name="circulation">A greatest one of it.</param>
    internal static CirculationAnswer Of(FlowMatrix matrix, MaximumCirculation circulation)
    {
        var (total, nets) = (Int128.Zero, new Int128[matrix.Companies.Count]);
        for (var from = 0; from < nets.Length; from++)
        {
            for (var arc = matrix.Flows.FirstArcs[from]; arc < matrix.Flows.FirstArcs[from + 1]; arc++)
            {
                total += matrix.Flows.Weights[arc];
                nets[from] -= matrix.Flows.Weights[arc];
                nets[matrix.Flows.Targets[arc]] += matrix.Flows.Weights[arc];
            }
        }

        var unsettled = RoundTrip.Sum(nets.Select(Int128.Abs));
        return new(
            RoundTrip.Ratio(circulation.Value, total),
            RoundTrip.Ratio((2 * total) - unsettled, 2 * total),
            matrix.ToAmount(total),
            matrix.ToAmount(circulation.Value),
            new(() => matrix.Flows.ToArcs()
                .Where((_, arc) => circulation.ArcFlows[arc] > 0)
                .SelectMany(arc => matrix.Between(arc.From, arc.To)!.Events)));
    }
}
