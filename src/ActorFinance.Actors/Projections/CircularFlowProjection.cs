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

/// <summary>Its index has no view that never changes: questions are answered in turn with the batches.</summary>
public sealed class CircularFlowProjection : ProjectionActor<CircularFlowIndex>
{
    private readonly CircularFlowIndex _index = new();

    public static Props Props() => Akka.Actor.Props.Create<CircularFlowProjection>();

    protected override bool IsViewImmutable => false;

    protected override void Apply(RecordedEvent recorded) => _index.Apply(recorded);

    protected override CircularFlowIndex Publish() => _index;
}
