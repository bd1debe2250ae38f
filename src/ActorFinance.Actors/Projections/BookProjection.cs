using ActorFinance.Actors.Companies;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

public sealed record CashQuestion(Cut Cut, CompanyId? Company = null, Offset AtLeast = default) : Question<BookView>(AtLeast)
{
    public override object Answer(BookView view) => view.Cash.Cash.At(Cut, Company);
}

/// <summary>Who held what, folded at a cut, with what the answer stands on, and which of the holders are companies at it.</summary>
public sealed record OwnershipAtCut(ResolvedCut Cut, ShareRegister Register, IReadOnlySet<HolderId> Companies);

public sealed record OwnershipQuestion(Cut Cut, Offset AtLeast = default) : Question<BookView>(AtLeast)
{
    public override object Answer(BookView view) => Of(view.Ownership);

    public OwnershipAtCut Of(OwnershipView view)
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
        return new(view.Places.Resolve(Cut), register, companies);
    }
}

/// <summary>The circular flow of a window, with what the answer stands on.</summary>
public sealed record CircularAtCut(ResolvedCut Cut, FlowOutcome<CircularAnswer> Flow);

public sealed record CircularQuestion(Cut Cut, FlowWindow Window, Firmness Firmness, FlowOptions Options, Offset AtLeast = default) : Question<BookView>(AtLeast)
{
    public override object Answer(BookView view) => new CircularAtCut(view.Places.Resolve(Cut), CircularView.At(view.CircularFlow, Cut, Window, Firmness, Options));
}

/// <summary>
/// Cash, ownership and circular flow of one journal, on one set of places. Starts from the checkpoint beside the journal, which it shares with the
/// command line, and writes it anew when much has come since.
/// </summary>
internal sealed class BookProjection : ProjectionActor<BookView>
{
    private readonly string? _place;
    private readonly IJournalReader _reader;
    private readonly int _eventsBetween;
    private readonly CacheWrites _writes;
    private readonly BookIndex _index;
    private int _kept;

    /// <param name="place">Of the checkpoint, as <see cref="Journal.IJournalStore.CachePath"/> says.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="index">Empty, or from the checkpoint; its own from now on.</param>
    /// <param name="eventsBetween">After how many events a checkpoint is written.</param>
    /// <param name="writes">What the session waits for before it ends.</param>
    public BookProjection(string? place, IJournalReader reader, BookIndex index, int eventsBetween, CacheWrites writes) =>
        (_place, _reader, _index, _kept, _eventsBetween, _writes) = (place, reader, index, index.Places.Count, eventsBetween, writes);

    public static Props Props(string? place, IJournalReader reader, BookIndex index, int eventsBetween, CacheWrites writes) =>
        Akka.Actor.Props.Create(() => new BookProjection(place, reader, index, eventsBetween, writes));

    protected override void Apply(RecordedEvent recorded)
    {
        // The feed may begin before it, for those that have nothing so late.
        if (recorded.Offset > _index.LastOffset)
        {
            _index.Apply(recorded);
        }
    }

    protected override BookView Publish() => _index.Publish();

    /// <summary>A quarter of the book at least: then all writing together costs five times the last.</summary>
    protected override bool IsSaveDue => _index.Places.Count - _kept >= Math.Max(_eventsBetween, _kept / 4);

    protected override Task SaveAsync()
    {
        _kept = _index.Places.Count;
        return _writes.DuringAsync(() => CheckpointFile.TryWriteAsync(_place, _reader, _index));
    }
}
