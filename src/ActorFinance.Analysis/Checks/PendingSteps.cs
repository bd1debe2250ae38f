using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>A step's pending event that is neither posted nor voided; refused, but not yet voided, counts as pending too.</summary>
public static class PendingSteps
{
    /// <summary>In offset order, of all that is recorded.</summary>
    public static IReadOnlyList<RecordedEvent> In(Book book)
    {
        var voided = book.Recorded.Select(e => e.Event).OfType<EventVoided>().Select(v => v.Voided).ToHashSet();
        return
        [
            .. book.Recorded.Where(e =>
                e.Header is { Role: StepRole.Pending, Step: { } step } && book.PostingOf(step) is null && !voided.Contains(e.Header.Id)),
        ];
    }
}
