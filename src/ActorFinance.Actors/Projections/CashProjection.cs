using ActorFinance.Analysis.Commitments;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

public sealed record CashQuestion(Cut Cut, CompanyId? Company = null, Offset AtLeast = default) : Question<CashBook>(AtLeast)
{
    public override object Answer(CashBook index) => index.Cash.At(Cut, Company);
}

public sealed class CashProjection() : ProjectionActor<CashBook>(new CashBook())
{
    public static Props Props() => Akka.Actor.Props.Create<CashProjection>();

    protected override void Apply(CashBook index, RecordedEvent recorded) => index.Apply(recorded);
}
