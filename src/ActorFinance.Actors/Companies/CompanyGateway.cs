using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Companies;

/// <summary>
/// Where every message for a company goes in: wakes companies on demand, few at a time (waking costs 2-8 ms of CPU, and thousands at once made
/// writes pass the journal's time-out), keeps what arrives meanwhile up to a bound, and lets them go back to sleep. Whoever waits for a company
/// that breaks hears of it.
/// </summary>
public sealed class CompanyGateway : UntypedActor, IWithTimers
{
    private readonly CompanyMaker _company;
    private readonly CompanyLimits _limits;
    private readonly Dictionary<CompanyId, Entry> _entries = [];
    private readonly Queue<CompanyId> _toWake = new();
    private readonly List<IActorRef> _drained = [];
    private int _waking;
    private int _buffered;
    private int _outstanding;

    public CompanyGateway(CompanyMaker company, CompanyLimits limits)
    {
        _company = company;
        _limits = limits;
    }

    private enum Stage
    {
        Queued,
        Waking,
        Awake,
        FallingAsleep,
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(CompanyMaker company, CompanyLimits limits) => Akka.Actor.Props.Create(() => new CompanyGateway(company, limits));

    /// <summary>A company that throws is stopped, not restarted: what it had in hand is gone, and its senders are told so.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        if (_entries.Values.FirstOrDefault(entry => Sender.Equals(entry.Actor)) is { } entry)
        {
            entry.Reason = failure.GetBaseException().Message;
        }

        return Directive.Stop;
    });

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(LookForIdle), LookForIdle.Instance, _limits.IdleAfter);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IForCompany order:
                Deliver(order);
                break;
            case Answered answered when _entries.TryGetValue(answered.Company, out var entry):
                if (entry.Outstanding.Remove(answered.Correlation))
                {
                    _outstanding--;
                    TellDrained();
                }

                break;
            case CompanyAwake awake when _entries.TryGetValue(awake.Company, out var entry) && entry.Stage == Stage.Waking:
                _waking--;
                entry.Stage = Stage.Awake;
                Flush(entry);
                WakeNext();
                break;
            case LookForIdle:
                SendIdleToSleep();
                break;
            case CompanyBusy busy when _entries.TryGetValue(busy.Company, out var entry) && entry.Stage == Stage.FallingAsleep:
                entry.Stage = Stage.Awake;
                Flush(entry);
                break;
            case CompanyFailing failing when _entries.TryGetValue(failing.Company, out var entry):
                entry.Reason = failing.Reason;
                entry.SnapshotIsSuspect = failing.SnapshotIsSuspect;
                break;
            case CompanyEnded ended:
                Ended(ended.Company, _entries[ended.Company]);
                break;
            case Drain:
                _drained.Add(Sender);
                TellDrained();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Deliver(IForCompany order)
    {
        if (order is Submit submit && _drained.Count > 0)
        {
            Sender.Tell(submit.Unanswered("the journal is being closed"));
            return;
        }

        if (!_entries.TryGetValue(order.To, out var entry))
        {
            entry = new();
            _entries.Add(order.To, entry);
            _toWake.Enqueue(order.To);
        }

        if (entry.Stage == Stage.Awake)
        {
            Pass(entry, order, Sender);
        }
        else if (_buffered < _limits.BufferedMax)
        {
            _buffered++;
            entry.Waiting.Enqueue((order, Sender));
            WakeNext();
        }
        else if (order is IAwaited awaited)
        {
            Sender.Tell(awaited.Unanswered($"{_buffered} messages wait for companies to wake; send again later"));
        }
    }

    private void WakeNext()
    {
        while (_waking < _limits.WakingMax && _toWake.TryDequeue(out var company))
        {
            var entry = _entries[company];
            entry.Stage = Stage.Waking;
            var actor = Context.ActorOf(_company(company, withSnapshot: !entry.SnapshotIsSuspect), company.PersistenceId);
            entry.Actor = Context.WatchWith(actor, new CompanyEnded(company));
            _waking++;
        }
    }

    /// <summary>
    /// One look at all companies now and then: a time-out of each company's own was set anew with every message that it got, an event's two from the
    /// journal among them.
    /// </summary>
    private void SendIdleToSleep()
    {
        var since = Environment.TickCount64 - (long)_limits.IdleAfter.TotalMilliseconds;
        foreach (var entry in _entries.Values)
        {
            if (entry is { Stage: Stage.Awake, Outstanding.Count: 0 } && entry.LastUsedAt <= since)
            {
                entry.Stage = Stage.FallingAsleep;
                entry.Actor!.Tell(FallAsleep.Instance);
            }
        }
    }

    private void Flush(Entry entry)
    {
        entry.LastUsedAt = Environment.TickCount64;
        while (entry.Waiting.TryDequeue(out var waiting))
        {
            _buffered--;
            Pass(entry, waiting.Order, waiting.Sender);
        }
    }

    private void Pass(Entry entry, IForCompany order, IActorRef sender)
    {
        entry.LastUsedAt = Environment.TickCount64;
        if (order is IAwaited awaited)
        {
            if (!entry.Outstanding.ContainsKey(awaited.Correlation))
            {
                _outstanding++;
            }

            entry.Outstanding[awaited.Correlation] = (awaited, sender);
        }

        entry.Actor!.Tell(order, sender);
    }

    /// <summary>Asleep as it was told, or broken: then whoever waits for an answer hears of it, since the mailbox is gone.</summary>
    private void Ended(CompanyId company, Entry entry)
    {
        _entries.Remove(company);
        if (entry.Stage == Stage.Waking)
        {
            _waking--;
        }

        // Came in while it fell asleep, or what broke was only the snapshot: wake it again.
        var triesJournal = entry is { Stage: Stage.Waking, SnapshotIsSuspect: true, JournalOnly: false };
        if (triesJournal || (entry.Stage == Stage.FallingAsleep && entry.Waiting.Count > 0))
        {
            _entries.Add(company, new() { SnapshotIsSuspect = triesJournal, JournalOnly = triesJournal, Waiting = entry.Waiting });
            _toWake.Enqueue(company);
        }
        else
        {
            Break(company, entry);
        }

        WakeNext();
        TellDrained();
    }

    private void Break(CompanyId company, Entry entry)
    {
        var reason = entry.Reason ?? "its actor stopped";
        foreach (var (awaited, sender) in entry.Outstanding.Values)
        {
            _outstanding--;
            sender.Tell(awaited.Unanswered(reason));
        }

        while (entry.Waiting.TryDequeue(out var waiting))
        {
            _buffered--;
            if (waiting.Order is IAwaited awaited)
            {
                waiting.Sender.Tell(awaited.Unanswered(reason));
            }
        }

        if (entry.Stage != Stage.FallingAsleep)
        {
            Context.System.EventStream.Publish(new CompanyBroke(company, reason));
        }
    }

    private void TellDrained()
    {
        if (_drained.Count == 0 || _outstanding > 0 || _buffered > 0)
        {
            return;
        }

        foreach (var waiting in _drained)
        {
            waiting.Tell(Drained.Instance);
        }
    }

    private sealed record LookForIdle
    {
        public static LookForIdle Instance { get; } = new();
    }

    private sealed class Entry
    {
        public Stage Stage { get; set; } = Stage.Queued;

        public IActorRef? Actor { get; set; }

        /// <summary>When it last got something to do, in milliseconds of the process.</summary>
        public long LastUsedAt { get; set; }

        public string? Reason { get; set; }

        public bool SnapshotIsSuspect { get; set; }

        /// <summary>Wakes without its snapshot: what breaks now is the journal itself.</summary>
        public bool JournalOnly { get; init; }

        public Queue<(IForCompany Order, IActorRef Sender)> Waiting { get; init; } = new();

        public Dictionary<long, (IAwaited Message, IActorRef Sender)> Outstanding { get; } = [];
    }
}

/// <summary>Makes a company's actor, which wakes from its snapshot or from its whole journal.</summary>
public delegate Props CompanyMaker(CompanyId company, bool withSnapshot);

/// <summary>How much at once: measured in docs/benchmarks.md.</summary>
public sealed record CompanyLimits
{
    /// <summary>Companies that recover at the same time.</summary>
    public int WakingMax { get; init; } = 16;

    /// <summary>Messages kept for companies that are not awake yet.</summary>
    public int BufferedMax { get; init; } = 100_000;

    /// <summary>A company without work falls asleep after this time, at the latest after twice as long.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the other company of a step may take for its dry decision.</summary>
    public TimeSpan RehearsalTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The first snapshot is written at this many events, each next at twice as many, so that all together cost as much as the last. Below the rows
    /// that a recovery fetches in one query (replay-batch-size) it saves nothing, and from 256 on it halved the append rate of 100 companies.
    /// </summary>
    public int FirstSnapshotAt { get; init; } = 4_096;
}
