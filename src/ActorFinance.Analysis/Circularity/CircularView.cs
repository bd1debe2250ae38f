using ActorFinance.Analysis.Commitments;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>The circular flow at a cut as users ask for it: over paid flows, by the index; with contracted or announced ones, by the plain path.</summary>
public static class CircularView
{
    public static FlowOutcome<CircularAnswer> At(CircularFlowIndex index, Cut cut, FlowWindow window, Firmness firmness, FlowOptions options) =>
        firmness == Firmness.Paid
            ? index.At(cut, window, options)
            : CircularFlow.Of(index.Book.At(cut), window, options, firmness);
}
