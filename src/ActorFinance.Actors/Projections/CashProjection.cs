using ActorFinance.Analysis.Cash;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

public sealed record CashQuestion(Cut Cut, CompanyId? Company = null, Offset AtLeast = default) : Question<CashIndex>(AtLeast)
{
    public override object Answer(CashIndex index) => index.At(Cut, Company);
}

public sealed class CashProjection() : ProjectionActor<CashIndex>(new CashIndex())
{
    public static Props Props() => Akka.Actor.Props.Create<CashProjection>();

    protected override void Apply(CashIndex index, RecordedEvent recorded) => index.Apply(recorded);
}
