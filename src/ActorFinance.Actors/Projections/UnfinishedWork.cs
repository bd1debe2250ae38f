using System.Collections.Frozen;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Feed;
using ActorFinance.Actors.Hosting;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Projections;

/// <summary>
/// Asks to hear when all that is on disk by now has been read and nothing in it is half done. Answered by <see cref="Settled"/>, or by a failure when
/// the journal is damaged or a company that has something to finish breaks.
/// </summary>
public sealed record AskSettled
{
    public static AskSettled Instance { get; } = new();
}

public sealed record Settled
{
    public static Settled Instance { get; } = new();
}

/// <summary>
/// Finds what a crash left half done, and what a receiver has not counted yet: steps that are neither posted nor voided, and payments to companies
/// that reject a shortfall. Wakes their companies, at start, whenever it sees more, and again after one of them broke.
/// </summary>
public sealed class UnfinishedWork : UntypedActor, IWithTimers
{
    private static readonly TimeSpan PauseAfterBreak = TimeSpan.FromSeconds(1);

    /// <summary>Events that are never pending and never close a step; all they can ask for is a receipt.</summary>
    private static readonly FrozenSet<Type> PlainPayments = new[]
    {
        typeof(ExternalCashReceived), typeof(ExternalCashPaid), typeof(InvestmentMade), typeof(PurchasePaid), typeof(PurchaseRefunded), typeof(TransferPaid),
        typeof(LoanDrawn), typeof(LoanRepaid), typeof(InterestPaid), typeof(DividendDeclared), typeof(PurchaseDelivered),
    }.ToFrozenSet();

    private readonly IActorRef _gateway;
    private readonly CompanyDirectory _directory;

    /// <summary>Pending events and who is to post them: a void of what several companies count has one of each.</summary>
    private readonly Dictionary<(StepId Step, CompanyId Register), CompanyId> _steps = [];
    private readonly Dictionary<(CompanyId Payee, EventId Payment), EventEnvelope> _receipts = [];
    private readonly Dictionary<(CompanyId Payee, EventId Payment), EventEnvelope> _asked = [];

    /// <summary>Payments that wait for an acknowledgement no more because a pending void names them; if it is refused, they wait again.</summary>
    private readonly Dictionary<(StepId Step, CompanyId Payee), EventEnvelope> _voiding = [];
    private readonly List<IActorRef> _early = [];
    private readonly List<IActorRef> _waiting = [];
    private IActorRef? _feed;
    private Exception? _damage;

    public UnfinishedWork(IActorRef gateway, CompanyDirectory directory)
    {
        _gateway = gateway;
        _directory = directory;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The first time, all that stood in the journal at the start has been seen.</summary>
    private bool IsCaughtUp => _feed is not null;

    public static Props Props(IActorRef gateway, CompanyDirectory directory) => Akka.Actor.Props.Create(() => new UnfinishedWork(gateway, directory));

    /// <summary>
    /// Whether an event of this manifest can matter here: payments only do while some company counts its receipts. Such a company's registration is
    /// in the directory before anyone can pay it, and so before the payment can be read.
    /// </summary>
    public static bool Needs(string manifest, CompanyDirectory directory) =>
        directory.SomeoneRejectsShortfall || ManifestTable.EventTypeOf(manifest) is not { } type || !PlainPayments.Contains(type);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(CompanyBroke));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FeedBatch batch:
                foreach (var recorded in batch.Events)
                {
                    Note(recorded.Envelope);
                }

                Sender.Tell(new FeedTaken(batch.UpTo));
                if (IsCaughtUp)
                {
                    AskForReceipts();
                    TellSettled();
                }

                break;
            case FeedCaughtUp when !IsCaughtUp:
                _feed = Sender;
                WakeRegisters();
                AskForReceipts();
                _waiting.AddRange(_early);
                _early.Clear();
                TellSettled();
                break;
            case FeedFlushed flushed:
                _waiting.Add(flushed.Asker);
                TellSettled();
                break;
            case FeedBroken broken:
                _damage = broken.Cause;
                TellBroken(broken.Cause);
                break;
            case AskSettled when _damage is { } damage:
                Sender.Tell(new Status.Failure(damage));
                break;
            case AskSettled when IsCaughtUp:
                // The feed may be behind what its asker knows to be written.
                _feed!.Tell(new FlushFeed(Sender));
                break;
            case AskSettled:
                _early.Add(Sender);
                break;
            case CompanyBroke broke when IsCaughtUp && HasToFinish(broke.Company):
                TellBroken(new SubmitFailedException(new(broke.Company, broke.Reason)));
                Timers.StartSingleTimer(nameof(TryAgain), TryAgain.Instance, PauseAfterBreak);
                break;
            case TryAgain:
                WakeRegisters();
                foreach (var ((payee, _), payment) in _asked)
                {
                    _gateway.Tell(new CountReceipt(payee, payment));
                }

                break;
            case FeedCaughtUp or ReceiptCounted or SubmitFailed or CompanyBroke:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Note(EventEnvelope envelope)
    {
        _directory.Note(envelope);
        var header = envelope.Header;
        switch (envelope.Event)
        {
            case ReceiptAcknowledged acknowledged:
                Forget((header.Emitter, acknowledged.Payment));
                return;
            case EventVoided { Counterparty: not null, CounterpartEvent: { } payment } when header.Step is { } voidStep:
                if (Forget((header.Emitter, payment)) is { } unacknowledged)
                {
                    _voiding[(voidStep, header.Emitter)] = unacknowledged;
                }

                break;
        }

        switch (header)
        {
            case { Role: StepRole.Pending, Step: { } step } when StepPayments.OrderFor(envelope) is { } order:
                _steps[(step, header.Emitter)] = order.Poster;
                break;
            case { Role: StepRole.Closing, Step: { } step }:
                _steps.Remove((step, header.Emitter));
                if (_voiding.Remove((step, header.Emitter), out var spared) && envelope.Event is EventVoided)
                {
                    _receipts[(header.Emitter, spared.Header.Id)] = spared;
                }

                return;
        }

        foreach (var (payee, _) in Payments.Of(envelope.Event))
        {
            // The register of a step counts its receipt by closing the step.
            if (payee?.AsCompany() is { } company
                && _directory.PolicyOf(company) == CashPolicy.RejectShortfall
                && !(header.Step is { } step && _steps.ContainsKey((step, company))))
            {
                _receipts[(company, header.Id)] = envelope;
            }
        }
    }

    private EventEnvelope? Forget((CompanyId Payee, EventId Payment) key) =>
        _receipts.Remove(key, out var payment) | _asked.Remove(key, out var asked) ? payment ?? asked : null;

    private void WakeRegisters()
    {
        foreach (var register in _steps.Keys.Select(parties => parties.Register).Distinct())
        {
            _gateway.Tell(new Wake(register));
        }
    }

    private void AskForReceipts()
    {
        foreach (var (key, payment) in _receipts)
        {
            _gateway.Tell(new CountReceipt(key.Payee, payment));
            _asked[key] = payment;
        }

        _receipts.Clear();
    }

    private bool HasToFinish(CompanyId company) =>
        _asked.Keys.Any(key => key.Payee == company) || _steps.Any(step => step.Key.Register == company || step.Value == company);

    private void TellSettled()
    {
        if (!IsCaughtUp || _steps.Count > 0 || _receipts.Count > 0 || _asked.Count > 0)
        {
            return;
        }

        foreach (var waiting in _waiting)
        {
            waiting.Tell(Settled.Instance);
        }

        _waiting.Clear();
    }

    private void TellBroken(Exception cause)
    {
        foreach (var waiting in _waiting.Concat(_early))
        {
            waiting.Tell(new Status.Failure(cause));
        }

        _waiting.Clear();
        _early.Clear();
    }

    private sealed record TryAgain
    {
        public static TryAgain Instance { get; } = new();
    }
}
