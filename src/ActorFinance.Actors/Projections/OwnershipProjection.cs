using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>Who held what, folded at a cut, with what the answer stands on.</summary>
public sealed record OwnershipAtCut(ResolvedCut Cut, ShareRegister Register);

public sealed record OwnershipQuestion(Cut Cut, Offset AtLeast = default) : Question<OwnershipIndex>(AtLeast)
{
    public override object Answer(OwnershipIndex index) => new OwnershipAtCut(index.Book.Resolve(Cut), index.At(Cut));
}

public sealed class OwnershipProjection() : ProjectionActor<OwnershipIndex>(new OwnershipIndex())
{
    public static Props Props() => Akka.Actor.Props.Create<OwnershipProjection>();

    protected override void Apply(OwnershipIndex index, RecordedEvent recorded) => index.Apply(recorded);
}
