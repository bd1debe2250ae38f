using ActorFinance.Actors.Companies;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Actors.Projections;

/// <summary>Writes resume points beside the actor that makes them, one at a time, and not at every few events.</summary>
/// <param name="place">As <see cref="Journal.IJournalStore.CachePath"/> says.</param>
/// <param name="reader">The journal.</param>
/// <param name="kept">Where the file that was read stands.</param>
/// <param name="eventsBetween">After how many events a point is kept.</param>
/// <param name="writes">What the session waits for before it ends.</param>
internal sealed class ResumeWriter(string? place, IJournalReader reader, Offset kept, int eventsBetween, CacheWrites writes)
{
    private Task _writing = Task.CompletedTask;
    private Offset _kept = kept;

    public bool IsDue(Offset at) => place is not null && at.Value - _kept.Value >= eventsBetween && _writing.IsCompleted;

    public void Write(ResumePoint point)
    {
        _kept = point.At;
        _writing = writes.DuringAsync(() => ResumeFile.TryWriteAsync(place, reader, point));
    }
}
