using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using Akka.Actor;
using Akka.Persistence;

namespace ActorFinance.Actors.Branches;

/// <summary>Asks a branch for what this fact says; it is written, or refused.</summary>
internal sealed record AskBranch(BranchEvent Asked, string? IssuedBy);

/// <summary>The branch after it; with why nothing was written, where it was refused.</summary>
internal sealed record BranchAnswered(KeptBranch Branch, BranchRefusal? Refusal);

/// <summary>One kept branch. Recovers, decides, persists, replies; the reply leaves when the fact is on disk.</summary>
internal sealed class BranchActor(BranchId id, TimeProvider clock) : UntypedPersistentActor
{
    private KeptBranch _state = KeptBranch.Empty(id);
    private Digest _lastHash = HashChain.Zero;

    public override string PersistenceId => id.PersistenceId;

    public static Props Props(BranchId id, TimeProvider clock) => Akka.Actor.Props.Create(() => new BranchActor(id, clock));

    protected override void OnRecover(object message)
    {
        if (message is StoredEvent stored)
        {
            var envelope = BranchCodec.Decode(stored.Manifest, stored.Payload);
            if (envelope.PreviousHash != _lastHash)
            {
                throw new CorruptJournalException($"fact {envelope.SequenceNumber} of branch '{id}' does not continue the hash chain: a fact before it was changed, lost or reordered");
            }

            Take(envelope, stored);
        }
    }

    protected override void OnCommand(object message)
    {
        if (message is not AskBranch ask)
        {
            return;
        }

        var decision = KeptBranch.Decide(_state, ask.Asked);
        if (decision.Event is not { } fact)
        {
            Sender.Tell(new BranchAnswered(_state, decision.Refusal));
            return;
        }

        var envelope = new BranchEnvelope(id, _state.LastSequenceNumber + 1, Instant.Of(clock.GetUtcNow()), ask.IssuedBy, _lastHash, fact);
        Persist(BranchCodec.Encode(envelope), written =>
        {
            Take(envelope, written);
            Sender.Tell(new BranchAnswered(_state, Refusal: null));
        });
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Sender.Tell(new Status.Failure(cause));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Sender.Tell(new Status.Failure(cause));
        base.OnPersistRejected(cause, @event, sequenceNr);
        Context.Stop(Self); // Come back from the journal, which alone knows what was written.
    }

    private void Take(BranchEnvelope envelope, StoredEvent stored)
    {
        _state = KeptBranch.Evolve(_state, envelope);
        _lastHash = HashChain.HashOf(id.PersistenceId, envelope.SequenceNumber, stored.Manifest, stored.Payload);
    }
}
