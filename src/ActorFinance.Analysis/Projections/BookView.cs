using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Projections;

/// <summary>The index at one moment of its writer's: for any number of threads, and never changing. A part that the index does not keep is not asked for.</summary>
public sealed class BookView
{
    private readonly CashSnapshot? _cash;
    private readonly OwnershipSnapshot? _ownership;
    private readonly CircularSnapshot? _circularFlow;

    internal BookView(PlacesView places, KeptView promises, KeptView companies, CashSnapshot? cash, OwnershipSnapshot? ownership, CircularSnapshot? circularFlow) =>
        (Places, Promises, Companies, _cash, _ownership, _circularFlow) = (places, promises, companies, cash, ownership, circularFlow);

    public PlacesView Places { get; }

    /// <summary>Commitments and deals.</summary>
    public KeptView Promises { get; }

    /// <summary>Registrations and new names.</summary>
    public KeptView Companies { get; }

    public CashView Cash => new(_cash ?? throw Missing(nameof(Cash)), Promises);

    public OwnershipView Ownership => new(_ownership ?? throw Missing(nameof(Ownership)), Places);

    public CircularSnapshot CircularFlow => _circularFlow ?? throw Missing(nameof(CircularFlow));

    /// <summary>0 where there is no event.</summary>
    public Offset LastOffset => Places.LastOffset;

    /// <summary>Those that an event registers, counting or not.</summary>
    public IEnumerable<CompanyId> Registered =>
        Companies.Recorded.Where(recorded => recorded.Event is CompanyRegistered).Select(recorded => recorded.Header.Emitter).Distinct();

    private static InvalidOperationException Missing(string part) => new($"{part} was not read");
}

/// <summary>The accounts, and the promises that are still open.</summary>
public sealed record CashView(CashSnapshot Cash, KeptView Promises)
{
    public Offset LastOffset => Cash.LastOffset;
}

/// <summary>The share events and the places of all events.</summary>
public sealed record OwnershipView(OwnershipSnapshot Shares, PlacesView Places);
