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
internal sealed class UnfinishedWork : UntypedActor, IWithTimers
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
    private readonly OpenWork _open;
    private readonly Offset _from;
    private readonly ResumeWriter _writer;
    private readonly List<IActorRef> _early = [];
    private readonly List<IActorRef> _waiting = [];
    private IActorRef? _feed;
    private Exception? _damage;

    /// <param name="gateway">Where companies are woken.</param>
    /// <param name="directory">Filled from the journal.</param>
    /// <param name="from">Where the reading begins for it: what comes again up to there is passed over.</param>
    /// <param name="writer">Keeps the next resume point.</param>
    public UnfinishedWork(IActorRef gateway, CompanyDirectory directory, ResumePoint from, ResumeWriter writer)
    {
        _gateway = gateway;
        _directory = directory;
        _open = new(directory);
        _open.Resume(from);
        (_from, _writer) = (from.At, writer);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The first time, all that stood in the journal at the start has been seen.</summary>
    private bool IsCaughtUp => _feed is not null;

    public static Props Props(IActorRef gateway, CompanyDirectory directory, ResumePoint from, ResumeWriter writer) =>
        Akka.Actor.Props.Create(() => new UnfinishedWork(gateway, directory, from, writer));

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
                foreach (var recorded in batch.Events.Where(recorded => recorded.Offset > _from))
                {
                    _open.Note(recorded);
                }

                Sender.Tell(new FeedTaken(batch.UpTo));
                if (IsCaughtUp)
                {
                    AskForReceipts();
                    TellSettled();
                }

                break;
            case FeedCaughtUp caughtUp:
                // Before anything is asked again: what is kept is what the journal says up to here.
                Keep(caughtUp.At);
                if (!IsCaughtUp)
                {
                    Begin();
                }

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
            case CompanyBroke broke when IsCaughtUp && _open.IsFor(broke.Company):
                TellBroken(new SubmitFailedException(new(broke.Company, broke.Reason)));
                Timers.StartSingleTimer(nameof(TryAgain), TryAgain.Instance, PauseAfterBreak);
                break;
            case TryAgain:
                WakeRegisters();
                foreach (var (payee, payment) in _open.Asked)
                {
                    _gateway.Tell(new CountReceipt(payee, payment));
                }

                break;
            case ReceiptCounted or SubmitFailed or CompanyBroke:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin()
    {
        _feed = Sender;
        WakeRegisters();
        AskForReceipts();
        _waiting.AddRange(_early);
        _early.Clear();
        TellSettled();
    }

    private void Keep(Offset at)
    {
        if (_writer.IsDue(at))
        {
            _writer.Write(ResumePoint.Of(at, _directory, _open));
        }
    }

    private void WakeRegisters()
    {
        foreach (var register in _open.Registers)
        {
            _gateway.Tell(new Wake(register));
        }
    }

    private void AskForReceipts()
    {
        foreach (var (payee, payment) in _open.TakeReceipts())
        {
            _gateway.Tell(new CountReceipt(payee, payment));
        }
    }

    private void TellSettled()
    {
        if (!IsCaughtUp || !_open.IsEmpty)
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
