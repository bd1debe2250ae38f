using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>Who held what, folded at a cut, with what the answer stands on, and which of the holders are companies at it.</summary>
public sealed record OwnershipAtCut(ResolvedCut Cut, ShareRegister Register, IReadOnlySet<HolderId> Companies);

public sealed record OwnershipQuestion(Cut Cut, Offset AtLeast = default) : Question<OwnershipIndex>(AtLeast)
{
    public override object Answer(OwnershipIndex index)
    {
        var register = index.At(Cut);
        var companies = register.Issuers
            .SelectMany(issuer => issuer.Classes)
            .SelectMany(shares => shares.Holdings)
            .Select(holding => holding.Holder)
            .Concat(register.Issuers.SelectMany(issuer => issuer.Warrants).Select(warrant => warrant.Holder))
            .Concat(register.Issuers.SelectMany(issuer => issuer.Convertibles).Select(convertible => convertible.Holder))
            .Distinct()
            .Where(holder => index.Book.IsCompany(holder, Cut.AsKnown))
            .ToHashSet();
        return new OwnershipAtCut(index.Book.Resolve(Cut), register, companies);
    }
}

public sealed class OwnershipProjection() : ProjectionActor<OwnershipIndex>(new OwnershipIndex())
{
    public static Props Props() => Akka.Actor.Props.Create<OwnershipProjection>();

    protected override void Apply(OwnershipIndex index, RecordedEvent recorded) => index.Apply(recorded);
}
