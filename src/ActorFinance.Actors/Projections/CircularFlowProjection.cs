using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>The circular flow of a window, with what the answer stands on.</summary>
public sealed record CircularAtCut(ResolvedCut Cut, FlowOutcome<CircularAnswer> Flow);

public sealed record CircularQuestion(Cut Cut, FlowWindow Window, Firmness Firmness, FlowOptions Options, Offset AtLeast = default)
    : Question<CircularFlowIndex>(AtLeast)
{
    public override object Answer(CircularFlowIndex index) =>
        new CircularAtCut(index.Book.Resolve(Cut), CircularView.At(index, Cut, Window, Firmness, Options));
}

public sealed class CircularFlowProjection() : ProjectionActor<CircularFlowIndex>(new CircularFlowIndex())
{
    public static Props Props() => Akka.Actor.Props.Create<CircularFlowProjection>();

    protected override void Apply(CircularFlowIndex index, RecordedEvent recorded) => index.Apply(recorded);
}
