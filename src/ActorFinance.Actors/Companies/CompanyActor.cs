using System.Collections.Immutable;
using ActorFinance.Actors.Deals;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using Akka.Actor;
using Akka.Persistence;

namespace ActorFinance.Actors.Companies;

/// <summary>
/// One company. Recovers, decides, persists, replies, passes on; what is right is the model's business. Orders wait for each other in
/// <see cref="OrderQueue"/>; the other companies' sides of steps are served at once, so that two companies never wait for each other.
/// </summary>
internal sealed class CompanyActor : UntypedPersistentActor, IWithTimers
{
    private readonly CompanyServices _services;
    private readonly CompanyId _company;
    private readonly EventSealer _sealer;
    private readonly StoredLog _stored = new();
    private readonly Dictionary<StepId, IActorRef> _couriers = [];
    private readonly OrderQueue _orders;
    private readonly ServedSteps _served;
    private readonly bool _withSnapshot;
    private CompanyState _state;
    private bool _usedSnapshot;
    private int _nextSnapshotAt;
    private int _cacheWrites;

    public CompanyActor(CompanyId company, CompanyServices services, bool withSnapshot)
    {
        _company = company;
        PersistenceId = company.PersistenceId;
        _withSnapshot = withSnapshot;
        _services = services;
        _sealer = new(company, services.Clock);
        _state = CompanyState.Empty(company);
        _nextSnapshotAt = services.Limits.FirstSnapshotAt;
        _orders = new(this);
        _served = new(this);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public override string PersistenceId { get; }

    public override Recovery Recovery => _withSnapshot ? Recovery.Default : new(SnapshotSelectionCriteria.None);

    internal CompanyState State => _state;

    private bool IsIdle => _orders.IsEmpty && _couriers.Count == 0 && _cacheWrites == 0;

    internal CompanyServices Services => _services;

    internal CompanyId Company => _company;

    public static Props Props(CompanyId company, CompanyServices services, bool withSnapshot = true) =>
        Akka.Actor.Props.Create(() => new CompanyActor(company, services, withSnapshot));

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer offer:
                // If it is damaged, or not of this journal, the gateway wakes the company again without it.
                _usedSnapshot = true;
                if (offer.Snapshot is not StoredSnapshot snapshot || !SnapshotCodec.TryUnpack(snapshot.Payload, out var events, out _))
                {
                    throw new CorruptJournalException($"the snapshot of '{_company}' at {offer.Metadata.SequenceNr} is damaged");
                }

                foreach (var stored in events)
                {
                    Recall(stored);
                }

                break;
            case StoredEvent stored:
                Recall(stored);
                break;
            case RecoveryCompleted:
                Awake();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Submit submit:
                _orders.Add(submit, Sender);
                break;
            case OpenVoid open:
                _orders.Add(open, Sender);
                break;
            case RehearseStep or RehearseJoin or PostStep or JoinVoid or JoinRefused:
                _served.Receive(message, Sender);
                break;
            case StepUnanswered unanswered when _served.Unanswered(unanswered):
                break;
            case StepRehearsed rehearsed:
                _orders.Rehearsed(rehearsed);
                break;
            case StepAnswered answered:
                Close(answered);
                break;
            case StepUnanswered unanswered:
                _orders.Unanswered(unanswered);
                break;
            case VoidAnswered answered:
                _orders.VoidAnswered(answered);
                break;
            case VoidUnanswered unanswered:
                _orders.Unanswered(unanswered);
                break;
            case CountReceipt receipt:
                Count(receipt);
                break;
            case OrderQueue.RehearsalOverdue overdue:
                _orders.Overdue(overdue.Step);
                break;
            case Wake:
                break;
            case SaveSnapshotSuccess or DeleteSnapshotsSuccess:
                CacheWritten();
                break;
            case FallAsleep when IsIdle:
                Context.Stop(Self);
                break;
            case FallAsleep:
                // An order came in between.
                Context.Parent.Tell(new CompanyBusy(_company));
                break;
            case SaveSnapshotFailure or DeleteSnapshotsFailure:
                // A snapshot is a cache: without it the next waking takes longer.
                CacheWritten();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        _services.CacheWrites.Ended(_cacheWrites);
        base.PostStop();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Context.Parent.Tell(new CompanyFailing(_company, $"writing failed: {cause.GetBaseException().Message}"));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Context.Parent.Tell(new CompanyFailing(_company, $"the journal rejected a write: {cause.GetBaseException().Message}"));
        base.OnPersistRejected(cause, @event, sequenceNr);

        // Come back from the journal, which alone knows what was written.
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        Context.Parent.Tell(new CompanyFailing(_company, $"waking failed: {reason.GetBaseException().Message}", SnapshotIsSuspect: _usedSnapshot));
        base.OnRecoveryFailure(reason, message);
    }

    /// <summary>Seals a decision into the builder; the caller persists.</summary>
    internal (CompanyState State, Refusal? Refusal) Seal(
        CompanyState state, ImmutableArray<EventDraft> drafts, StepId step, ImmutableArray<SealedEvent>.Builder into) =>
        _sealer.Seal(state, drafts, step, into);

    /// <summary>Persists what was sealed; <paramref name="then"/> runs when the last of it is on disk.</summary>
    internal void Write(CompanyState after, ImmutableArray<SealedEvent> events, Action then)
    {
        if (events.IsEmpty)
        {
            then();
            return;
        }

        var unwritten = events.Length;
        PersistAll(events.Select(sealedEvent => sealedEvent.Stored), _ =>
        {
            // Only here is the last event on disk; a deferred handler would also run after a rejected write.
            if (--unwritten > 0)
            {
                return;
            }

            _state = after;
            foreach (var written in events)
            {
                _stored.Add(written.Stored);
                _services.Directory.Note(written.Envelope);
            }

            _services.Nudge();
            Snapshot();
            then();
        });
    }

    /// <summary>Orders the other company to post, until it answers.</summary>
    internal void Dispatch(EventEnvelope pending)
    {
        var order = StepPayments.OrderFor(pending) ?? throw new CorruptJournalException($"pending event {pending.Header.Id} names no one to post it");
        if (!_couriers.ContainsKey(order.Step))
        {
            _couriers.Add(order.Step, Context.ActorOf(DealCourier.Props(Context.Parent, new PostStep(order)), $"step-{order.Step}"));
        }
    }

    internal void Tell(IForCompany message) => Context.Parent.Tell(message, Self);

    /// <summary>On behalf of another, who hears of it when the company breaks.</summary>
    internal void Tell(IForCompany message, IActorRef sender) => Context.Parent.Tell(message, sender);

    /// <summary>Nobody waits for this any more.</summary>
    internal void Done(long correlation) => Context.Parent.Tell(new Answered(_company, correlation));

    private void Recall(StoredEvent stored)
    {
        var envelope = EventCodec.Decode(stored.Manifest, stored.Payload);
        _sealer.Pass(envelope, stored);
        _state = Model.Company.Evolve(_state, envelope);
        _stored.Add(stored);
    }

    private void Awake()
    {
        while (_nextSnapshotAt <= _stored.Count)
        {
            _nextSnapshotAt *= 2;
        }

        if (!_withSnapshot)
        {
            CacheWriteBegins();
            DeleteSnapshots(new(LastSequenceNr));
        }

        foreach (var pending in _state.PendingSteps())
        {
            Dispatch(pending);
        }

        Context.Parent.Tell(new CompanyAwake(_company));
    }

    internal EventEnvelope Remembered(EventId id)
    {
        var stored = _stored[(int)_state.Events[id].Key.SequenceNumber - 1];
        return EventCodec.Decode(stored.Manifest, stored.Payload);
    }

    private void Close(StepAnswered answered)
    {
        if (_couriers.Remove(answered.Step, out var courier))
        {
            Context.Stop(courier);
        }

        if (Model.Company.CloseStep(_state, answered.Step, answered.Posting?.Header.Id, answered.Refusal) is not { } closing)
        {
            return;
        }

        var events = ImmutableArray.CreateBuilder<SealedEvent>(1);
        var (after, _) = Seal(_state, [closing], answered.Step, events);
        Write(after, events.ToImmutable(), () => _orders.Closed(answered));
    }

    private void Count(CountReceipt receipt)
    {
        var sender = Sender;
        var events = ImmutableArray.CreateBuilder<SealedEvent>(1);
        var (after, _) = Seal(_state, Model.Company.AcknowledgeReceipt(_state, receipt.Payment), default, events);
        Write(after, events.ToImmutable(), () =>
        {
            sender.Tell(new ReceiptCounted(_company, receipt.Payment.Header.Id));
            Done(receipt.Correlation);
        });
    }

    private void Snapshot()
    {
        if (_stored.Count < _nextSnapshotAt)
        {
            return;
        }

        _nextSnapshotAt *= 2;
        CacheWriteBegins();
        SaveSnapshot(new StoredSnapshot(SnapshotCodec.Pack(_stored)));
    }

    private void CacheWriteBegins()
    {
        _cacheWrites++;
        _services.CacheWrites.Began();
    }

    private void CacheWritten()
    {
        _cacheWrites--;
        _services.CacheWrites.Ended(1);
    }
}

/// <summary>What every company's actor is given.</summary>
internal sealed record CompanyServices(CompanyDirectory Directory, TimeProvider Clock, CompanyLimits Limits, CacheWrites CacheWrites, Action Nudge);
