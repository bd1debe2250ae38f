using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// State(T, K) as the design's section 2 says it, sentence by sentence and from nothing but the list: the specification that every faster
/// path must equal. Quadratic; for tests and small books.
/// </summary>
public static class ReferenceFold
{
    public static IReadOnlyList<RecordedEvent> State(IReadOnlyList<RecordedEvent> all, Cut cut) =>
        [.. all.Where(e => e.Header.EffectiveAt <= cut.AsOf && Counts(all, e, cut.AsKnown)).OrderBy(e => e.Key)];

    /// <summary>Known and not voided; a pending event only with its posting event.</summary>
    public static bool Counts(IReadOnlyList<RecordedEvent> all, RecordedEvent recorded, AsKnown asKnown) =>
        Appears(all, recorded, asKnown)
        && !IsVoided(all, recorded, asKnown)
        && !(IsPending(recorded) && IsVoided(all, PostingOf(all, recorded)!, asKnown));

    /// <summary>A registration, of any effective time, holds wherever an event that comes from the company or names it as a company counts.</summary>
    public static bool IsCompany(IReadOnlyList<RecordedEvent> all, HolderId holder, AsKnown asKnown) =>
        all.Any(e => (HolderId.Of(e.Header.Emitter) == holder || Parties.Of(e.Event).Any(c => HolderId.Of(c) == holder)) && Counts(all, e, asKnown));

    private static bool Appears(IReadOnlyList<RecordedEvent> all, RecordedEvent recorded, AsKnown asKnown) =>
        IsKnown(recorded, asKnown)
        && (!IsPending(recorded) || (PostingOf(all, recorded) is { } posting && IsKnown(posting, asKnown)));

    /// <summary>Named by a void that appears; its effective time plays no part. A void itself is over only when it was voided before it counted.</summary>
    private static bool IsVoided(IReadOnlyList<RecordedEvent> all, RecordedEvent recorded, AsKnown asKnown) =>
        recorded.Event is EventVoided
            ? IsWithdrawn(all, recorded)
            : VoidsOf(all, recorded).Any(v => Appears(all, v, asKnown) && !IsWithdrawn(all, v));

    private static bool IsWithdrawn(IReadOnlyList<RecordedEvent> all, RecordedEvent recorded) =>
        VoidsOf(all, recorded).Any(v => AppearsFrom(all, v) < AppearsFrom(all, recorded) && !IsWithdrawn(all, v));

    private static IEnumerable<RecordedEvent> VoidsOf(IReadOnlyList<RecordedEvent> all, RecordedEvent recorded) =>
        all.Where(v => v.Offset > recorded.Offset && v.Event is EventVoided { Voided: var named } && named == recorded.Header.Id);

    private static bool IsPending(RecordedEvent recorded) => recorded.Header.Role == StepRole.Pending;

    private static RecordedEvent? PostingOf(IReadOnlyList<RecordedEvent> all, RecordedEvent pending) =>
        all.Where(e => e.Header.Role == StepRole.Posting && e.Header.Step is { } step && step == pending.Header.Step).MinBy(e => e.Offset);

    private static Offset AppearsFrom(IReadOnlyList<RecordedEvent> all, RecordedEvent recorded) =>
        !IsPending(recorded) ? recorded.Offset
        : PostingOf(all, recorded) is not { } posting ? Offset.Maximum
        : posting.Offset > recorded.Offset ? posting.Offset
        : recorded.Offset;

    private static bool IsKnown(RecordedEvent recorded, AsKnown asKnown) =>
        asKnown switch
        {
            AsKnown.AtOffset at => recorded.Offset <= at.Offset,
            AsKnown.AtTime at => recorded.Header.KnownAt <= at.Time,
            _ => throw new InvalidOperationException($"'{asKnown}' is no point on either axis"),
        };
}
