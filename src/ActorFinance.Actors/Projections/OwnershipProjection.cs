using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>Who held what, folded at a cut, with what the answer stands on, and which of the holders are companies at it.</summary>
public sealed record OwnershipAtCut(ResolvedCut Cut, ShareRegister Register, IReadOnlySet<HolderId> Companies);

/// <summary>The share events and the places of all events, at one moment.</summary>
public sealed record OwnershipView(OwnershipSnapshot Shares, PlacesView Places);

public sealed record OwnershipQuestion(Cut Cut, Offset AtLeast = default) : Question<OwnershipView>(AtLeast)
{
    public override object Answer(OwnershipView view)
    {
        var register = view.Shares.At(Cut);
        var companies = register.Issuers
            .SelectMany(issuer => issuer.Classes)
            .SelectMany(shares => shares.Holdings)
            .Select(holding => holding.Holder)
            .Concat(register.Issuers.SelectMany(issuer => issuer.Warrants).Select(warrant => warrant.Holder))
            .Concat(register.Issuers.SelectMany(issuer => issuer.Convertibles).Select(convertible => convertible.Holder))
            .Distinct()
            .Where(holder => view.Places.IsCompany(holder, Cut.AsKnown))
            .ToHashSet();
        return new OwnershipAtCut(view.Places.Resolve(Cut), register, companies);
    }
}

public sealed class OwnershipProjection : ProjectionActor<OwnershipView>
{
    private readonly OwnershipIndex _index = new();

    public static Props Props() => Akka.Actor.Props.Create<OwnershipProjection>();

    protected override void Apply(RecordedEvent recorded) => _index.Apply(recorded);

    protected override OwnershipView Publish() => new(_index.Publish(), _index.Book.Places.View());
}
