using System.Text.Json.Serialization;
using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>Money that can go round.</summary>
/// <param name="Companies">From the first by id on, in the direction of payment; the last pays the first.</param>
/// <param name="Bottleneck">The smallest F on the cycle. Bottlenecks overlap and do not add up.</param>
/// <param name="Events">All flows on the cycle.</param>
public sealed record NamedCycle(
    ValueList<CompanyId> Companies,
    [property: JsonConverter(typeof(PlainDecimalConverter))] decimal Bottleneck,
    [property: JsonIgnore] EventsBehind Events);

/// <summary>The simple cycles with the greatest bottlenecks, then the shorter, then by name.</summary>
public static class NamedCycles
{
    public static ValueList<NamedCycle> Of(FlowMatrix matrix, int cyclesMax, int lengthMax)
    {
        var arcs = matrix.Flows.ToArcs().Select(a => new Arc<decimal>(a.From, a.To, matrix.ToAmount(a.Weight))).ToArray();
        var ranking = BottleneckCycles.Find(SparseGraph.FromArcs<decimal>(matrix.Companies.Count, arcs), cyclesMax, lengthMax);
        return ranking.Cycles
            .Select(c => new NamedCycle(
                c.Nodes.Select(n => matrix.Companies[n]).ToValueList(),
                c.Bottleneck,
                new(() => c.Nodes.Zip([.. c.Nodes.Skip(1), c.Nodes[0]], (from, to) => matrix.Between(from, to)!).SelectMany(p => p.Events))))
            .ToValueList();
    }
}
