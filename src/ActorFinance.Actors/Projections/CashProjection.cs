using ActorFinance.Analysis.Commitments;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

public sealed record CashQuestion(Cut Cut, CompanyId? Company = null, Offset AtLeast = default) : Question<CashView>(AtLeast)
{
    public override object Answer(CashView view) => view.Cash.At(Cut, Company);
}

/// <summary>Starts from the checkpoint beside the journal, which it shares with the command line, and writes it anew when much has come since.</summary>
public sealed class CashProjection : ProjectionActor<CashView>
{
    private readonly string? _place;
    private readonly IJournalReader _reader;
    private readonly int _eventsBetween;
    private CashBook _book = new();
    private int _kept;

    /// <param name="place">Where the checkpoint is, as <see cref="CheckpointFile"/> takes it.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="eventsBetween">After how many events a checkpoint is written.</param>
    public CashProjection(string? place, IJournalReader reader, int eventsBetween) => (_place, _reader, _eventsBetween) = (place, reader, eventsBetween);

    public static Props Props(string? place, IJournalReader reader, int eventsBetween) =>
        Akka.Actor.Props.Create(() => new CashProjection(place, reader, eventsBetween));

    protected override void Apply(RecordedEvent recorded)
    {
        // The feed begins at the journal's beginning, for those that have no checkpoint.
        if (recorded.Offset > _book.LastOffset)
        {
            _book.Apply(recorded);
        }
    }

    protected override CashView Publish() => _book.Publish();

    protected override async Task LoadAsync()
    {
        _book = await CheckpointFile.ReadAsync(_place, _reader, CashCheckpoint.Load).ConfigureAwait(false) ?? _book;
        _kept = _book.Cash.Places.Count;
    }

    /// <summary>An eighth of the book at least: then all writing together costs a few times the last.</summary>
    protected override bool IsSaveDue => _book.Cash.Places.Count - _kept >= Math.Max(_eventsBetween, _kept / 8);

    protected override Task SaveAsync()
    {
        _kept = _book.Cash.Places.Count;
        return CheckpointFile.TryWriteAsync(_place, _reader, _book.LastOffset, writer => CashCheckpoint.Save(_book, writer));
    }
}
