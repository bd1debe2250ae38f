namespace ActorFinance.Model;

/// <summary>Turns what was decided into what is written, given the clock's time and the ids that only the writer can make.</summary>
public static class Enveloping
{
    /// <summary>
    /// When the events of a decision are recorded: the clock's time, but never before the company's last record, so that recorded time does not run
    /// backwards within a company; nor, for an answer, before the known time that the other company fixed by another machine's clock.
    /// </summary>
    public static Instant RecordedAt(CompanyState state, Instant now, EventParticulars particulars)
    {
        var recorded = Instant.Later(now, state.LastRecordedAt);
        return particulars is { IsAnswer: true, KnownAt: { } known } ? Instant.Later(recorded, known) : recorded;
    }

    /// <summary>A fact is known at the latest when it is recorded.</summary>
    public static Refusal? Check(EventParticulars particulars, Instant recordedAt) =>
        particulars.KnownAt is { } known && known > recordedAt ? new KnownAfterRecorded(known, recordedAt) : null;

    public static EventEnvelope Envelop(
        CompanyId emitter,
        EventDraft draft,
        long sequenceNumber,
        EventId id,
        StepId? step,
        Instant recordedAt,
        Digest previousHash)
    {
        var particulars = draft.Particulars;
        var header = new EventHeader(
            id,
            emitter,
            sequenceNumber,
            particulars.EffectiveAt,
            particulars.Rank,
            recordedAt,
            particulars.KnownAt ?? recordedAt,
            particulars.Deal,
            particulars.Leg,
            particulars.Tranche,
            draft.Role == StepRole.None ? null : draft.Step ?? step,
            draft.Role,
            particulars.Command,
            particulars.CommandDigest,
            particulars.Causation,
            particulars.Source,
            particulars.Confidence,
            particulars.IssuedBy,
            previousHash);
        return new(header, draft.Event);
    }
}
