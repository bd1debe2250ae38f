using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Projections;

/// <summary>
/// All that questions about cash, ownership and circular flow are answered from, on one set of places: about 210 bytes an event for all three, where each
/// on its own places, with the events, took 880 (decision 0100). One writer; others ask what it published.
/// </summary>
public sealed class BookIndex
{
    private readonly CashIndex? _cash;
    private readonly OwnershipIndex? _ownership;
    private readonly CircularFlowIndex? _circularFlow;
    private readonly KeptEvents _promises;
    private readonly KeptEvents _companies;
    private BookView? _published;

    public BookIndex(BookParts parts)
        : this(parts, new EventPlaces())
    {
    }

    private BookIndex(BookParts parts, EventPlaces places)
    {
        (Parts, Places, _promises, _companies) = (parts, places, new(places), new(places));
        _cash = Has(BookParts.Cash) ? new(places) : null;
        _ownership = Has(BookParts.Ownership) ? new(places) : null;
        _circularFlow = Has(BookParts.CircularFlow) ? new(places, _promises) : null;
    }

    private BookIndex(BookParts parts, EventPlaces places, BookSections loaded)
    {
        (Parts, Places, _promises, _companies) = (parts, places, loaded.Promises, loaded.Companies);
        (_cash, _ownership, _circularFlow) = (loaded.Cash, loaded.Ownership, loaded.CircularFlow);
    }

    public BookParts Parts { get; }

    /// <summary>Where the events stand that were applied.</summary>
    public EventPlaces Places { get; }

    public Offset LastOffset => Places.LastOffset;

    /// <summary>The writer's own.</summary>
    public CashIndex Cash => _cash ?? throw new InvalidOperationException("cash was not read");

    /// <summary>Which events are kept whole: of the others it is enough to know where they stand and what they say.</summary>
    public static bool NeedsWhole(BookParts parts, CompanyEvent fact) =>
        PromiseEvents.Concern(fact) || (parts != BookParts.Cash && fact is CompanyRegistered or CompanyRenamed or FxRateRecorded);

    /// <summary>Takes the next event in offset order.</summary>
    public void Apply(RecordedEvent recorded) => Apply(PlacedEvent.Of(recorded), NeedsWhole(Parts, recorded.Event) ? recorded : null);

    /// <summary>The same where only what <see cref="NeedsWhole"/> names was decoded whole.</summary>
    public void Apply(in PlacedEvent placed, RecordedEvent? whole)
    {
        Places.Add(placed);
        _cash?.TakeLast(placed);
        _ownership?.TakeLast(placed);
        _circularFlow?.TakeLast(placed, whole);
        if (whole is null)
        {
            return;
        }

        if (PromiseEvents.Concern(whole.Event))
        {
            _promises.AddLast(whole);
        }
        else if (whole.Event is CompanyRegistered or CompanyRenamed)
        {
            _companies.AddLast(whole);
        }
    }

    /// <summary>For any thread: what was taken by now. Call it once a batch.</summary>
    public BookView Publish()
    {
        if (_published is null || _published.LastOffset != LastOffset)
        {
            _published = new(Places.View(), _promises.Publish(), _companies.Publish(), _cash?.Publish(), _ownership?.Publish(), _circularFlow?.Publish());
        }

        return _published;
    }

    /// <summary>One of its parts, or what all of them share (<see cref="BookParts.None"/>).</summary>
    public void Save(BookParts part, StateWriter writer, IEventBytes bytes)
    {
        switch (part)
        {
            case BookParts.None:
                Places.Save(writer);
                _promises.Save(writer, bytes);
                _companies.Save(writer, bytes);
                break;
            case BookParts.Cash:
                _cash!.Save(writer);
                break;
            case BookParts.Ownership:
                _ownership!.Save(writer, bytes);
                break;
            case BookParts.CircularFlow:
                _circularFlow!.Save(writer, bytes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "one part at a time");
        }
    }

    /// <summary>An index as it was saved, of some of its parts.</summary>
    /// <param name="parts">Those to load.</param>
    /// <param name="section">What <see cref="Save"/> wrote of a part; asked for what all share, then for each part in turn.</param>
    /// <param name="bytes">Whole events from bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not those of an index; other exceptions too, where their checksum does not hold.</exception>
    public static BookIndex Load(BookParts parts, Func<BookParts, StateReader> section, IEventBytes bytes)
    {
        var (places, shared) = (new EventPlaces(), section(BookParts.None));
        places.Load(shared);
        var (promises, companies) = (KeptEvents.Load(places, shared, bytes), KeptEvents.Load(places, shared, bytes));
        return new(parts, places, new(
            promises,
            companies,
            parts.HasFlag(BookParts.Cash) ? CashIndex.Load(places, section(BookParts.Cash)) : null,
            parts.HasFlag(BookParts.Ownership) ? OwnershipIndex.Load(places, section(BookParts.Ownership), bytes) : null,
            parts.HasFlag(BookParts.CircularFlow) ? CircularFlowIndex.Load(places, promises, section(BookParts.CircularFlow), bytes) : null));
    }

    private bool Has(BookParts part) => Parts.HasFlag(part);

    private sealed record BookSections(KeptEvents Promises, KeptEvents Companies, CashIndex? Cash, OwnershipIndex? Ownership, CircularFlowIndex? CircularFlow);
}
