using System.Collections.Immutable;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Actors.Companies;

/// <summary>Decided facts with their envelopes, encoded once: these very bytes are hashed and stored.</summary>
internal sealed class EventSealer(CompanyId company, TimeProvider clock)
{
    private readonly string _persistenceId = company.PersistenceId;

    public Digest LastHash { get; private set; } = HashChain.Zero;

    /// <summary>Takes over an event that is stored already, while recovering.</summary>
    public void Pass(EventEnvelope envelope, StoredEvent stored)
    {
        if (envelope.Header.PreviousHash != LastHash)
        {
            throw new CorruptJournalException(
                $"event {envelope.Header.SequenceNumber} of '{company}' does not continue the hash chain: an event before it was changed, lost or reordered");
        }

        LastHash = HashOf(envelope.Header.SequenceNumber, stored);
    }

    /// <summary>Seals the drafts of one decision; the state after them comes back with them. A refusal leaves the chain as it was.</summary>
    public (CompanyState State, Refusal? Refusal) Seal(
        CompanyState state,
        ImmutableArray<EventDraft> drafts,
        StepId step,
        ImmutableArray<SealedEvent>.Builder into)
    {
        var before = LastHash;
        var sealedBefore = into.Count;
        var time = clock.GetUtcNow();
        var now = Instant.Of(time);
        foreach (var draft in drafts)
        {
            var recorded = Enveloping.RecordedAt(state, now, draft.Particulars);
            if (Enveloping.Check(draft.Particulars, recorded) is { } refusal)
            {
                LastHash = before;
                into.Count = sealedBefore;
                return (state, refusal);
            }

            var envelope = Enveloping.Envelop(
                company, draft, state.LastSequenceNumber + 1, new(TimedIds.Next(time)), step, recorded, LastHash);
            var stored = EventCodec.Encode(envelope);
            LastHash = HashOf(envelope.Header.SequenceNumber, stored);
            state = Company.Evolve(state, envelope);
            into.Add(new(envelope, stored));
        }

        return (state, null);
    }

    private Digest HashOf(long sequenceNumber, StoredEvent stored) =>
        HashChain.HashOf(_persistenceId, sequenceNumber, stored.Manifest, stored.Payload);
}

internal readonly record struct SealedEvent(EventEnvelope Envelope, StoredEvent Stored);
