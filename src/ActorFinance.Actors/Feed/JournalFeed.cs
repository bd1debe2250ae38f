using System.Runtime.InteropServices;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;
using Akka.Actor;
using Akka.Event;

namespace ActorFinance.Actors.Feed;

/// <summary>
/// One reader of the journal's table for all projections: catch-up straight from the table, then on each nudge, with a slow poll as the safety
/// net. It reads on when every subscriber has taken the batch before, so no mailbox grows. It holds every company to consecutive sequence numbers:
/// an event that did not come in its turn is a broken journal, and nothing after it is shown.
/// </summary>
public sealed class JournalFeed : UntypedActor, IWithTimers
{
    /// <summary>Only a lost nudge waits this long.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Once live, the least time between two reads that found little: reading after every write took half a core from a stream of single writes.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>A page of so many events is worth reading on at once.</summary>
    private const int FullPage = 1_000;

    private readonly IJournalReader _reader;
    private readonly IReadOnlyList<IActorRef> _subscribers;
    private readonly NudgeSignal _signal;
    private readonly Func<string, bool>? _needed;
    private readonly long _after;
    private readonly HashSet<IActorRef> _taking = [];

    /// <summary>Each company's last sequence number that was read, by persistence id. Used by the read under way, of which there is one at a time.</summary>
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Asked after the read that is under way began; and those that the next empty page answers.</summary>
    private readonly List<(FlushFeed Flush, IActorRef Sender)> _flushesNext = [];
    private readonly List<(FlushFeed Flush, IActorRef Sender)> _flushes = [];
    private readonly CancellationTokenSource _stopped = new();
    private long _offset;
    private bool _reading;
    private bool _nudged;
    private bool _live;
    private int _lastPage;

    /// <param name="reader">The journal.</param>
    /// <param name="subscribers">Who gets every event.</param>
    /// <param name="signal">Says when there is something to read.</param>
    /// <param name="needed">
    /// By manifest, which events the subscribers need once the feed is live, if not all: what this process has only just encoded itself is then neither
    /// decoded again nor passed on. What stood in the journal before is, every row of it.
    /// </param>
    /// <param name="after">Where to begin: no subscriber needs what is up to there.</param>
    public JournalFeed(IJournalReader reader, IReadOnlyList<IActorRef> subscribers, NudgeSignal signal, Func<string, bool>? needed, Offset after)
    {
        _reader = reader;
        _subscribers = subscribers;
        _signal = signal;
        _needed = needed;
        _after = _offset = after.Value;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IJournalReader reader, IReadOnlyList<IActorRef> subscribers, NudgeSignal signal, Func<string, bool>? needed = null, Offset after = default) =>
        Akka.Actor.Props.Create(() => new JournalFeed(reader, subscribers, signal, needed, after));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("poll", FeedNudge.Instance, Poll);
        Read();
    }

    protected override void PostStop() => _stopped.Cancel();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FeedNudge:
                _nudged = true;
                if (!Timers.IsTimerActive(nameof(Rest)))
                {
                    Read();
                }

                break;
            case RestOver:
                Read();
                break;
            case FlushFeed flush:
                _flushesNext.Add((flush, Sender));
                _nudged = true;
                Read();
                break;
            case Page page:
                Pass(page);
                break;
            case FeedTaken when _taking.Remove(Sender) && _taking.Count == 0:
                ReadOn();
                break;
            case Status.Failure failure:
                _reading = false;
                var cause = failure.Cause is AggregateException { InnerExceptions: [var only] } ? only : failure.Cause;

                // A server that does not answer is asked again at the next poll.
                if (cause is CorruptEventException or CorruptJournalException or JournalReadException { Error.Kind: not JournalOpenErrorKind.Unreachable })
                {
                    Break(cause);
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>At once while there is much to read or someone waits for it; else after a rest.</summary>
    private void ReadOn()
    {
        if (_live && _lastPage < FullPage && _flushes.Count == 0 && _flushesNext.Count == 0)
        {
            Timers.StartSingleTimer(nameof(Rest), RestOver.Instance, Rest);
        }
        else
        {
            Read();
        }
    }

    private void Read()
    {
        if (_reading || _taking.Count > 0)
        {
            return;
        }

        _reading = true;
        _nudged = false;

        // Cleared before the read: a write after this line raises it again.
        _signal.Clear();
        _flushes.AddRange(_flushesNext);
        _flushesNext.Clear();
        _ = ReadPageAsync(_offset, _live ? _needed : null, _stopped.Token).PipeTo(Self);
    }

    private async Task<Page> ReadPageAsync(long after, Func<string, bool>? needed, CancellationToken cancellation)
    {
        await foreach (var batch in _reader.ReadAsync(after, upTo: null, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                var firsts = new List<Stray>();
                var events = Decode(batch, needed, firsts, out var stray);
                foreach (var first in firsts)
                {
                    stray ??= await FollowsAsync(first, cancellation).ConfigureAwait(false) ? null : first;
                }

                return stray is null ? new(events, batch.Count, batch[^1].Ordering) : throw await ExplainAsync(stray, cancellation).ConfigureAwait(false);
            }
        }

        return new([], Rows: 0, after);
    }

    /// <summary>The needed events of the rows, each of which must come in its company's turn; up to the first that does not.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="needed">By manifest.</param>
    /// <param name="firsts">Gets the rows of companies whose rows before were not read here: that those are there is to be looked up.</param>
    /// <param name="stray">The row that does not come in its turn.</param>
    private List<RecordedEvent> Decode(RawJournalBatch batch, Func<string, bool>? needed, List<Stray> firsts, out Stray? stray)
    {
        stray = null;
        var events = new List<RecordedEvent>(needed is null ? batch.Count : 0);
        foreach (var row in batch.Rows)
        {
            var number = row.SequenceNumber;
            if (needed is null || needed(row.Manifest))
            {
                var recorded = EventReading.Decode(row);
                number = recorded.Header.SequenceNumber;
                events.Add(recorded);
            }

            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, row.PersistenceId, out var isKnown);
            if (!isKnown && number > 1 && _after > 0)
            {
                firsts.Add(new(row.PersistenceId, row.Ordering, number, number - 2));
            }
            else if (number != last + 1)
            {
                stray = new(row.PersistenceId, row.Ordering, number, last);
                break;
            }

            last = number;
        }

        return events;
    }

    /// <summary>Whether the company's row before it stands where the reading began, or before.</summary>
    private async Task<bool> FollowsAsync(Stray first, CancellationToken cancellation)
    {
        await foreach (var batch in _reader.ReadCompanyAsync(first.PersistenceId, first.Number - 1, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                return batch[0].SequenceNumber == first.Number - 1 && batch[0].Ordering <= _after;
            }
        }

        return false;
    }

    /// <summary>
    /// The company is read once more from where its turn was broken. That the row is there, below what was read already, no store of ours lets happen: its
    /// offset was not taken where offsets are taken. It was passed, so nothing behind it may be shown.
    /// </summary>
    private async Task<CorruptJournalException> ExplainAsync(Stray stray, CancellationToken cancellation)
    {
        var emitter = CompanyId.TryFromPersistenceId(stray.PersistenceId, out var company) ? company.Value : stray.PersistenceId;
        var what = $"the event at offset {stray.Offset} is number {stray.Number} of '{emitter}', after {stray.Last}";
        await foreach (var batch in _reader.ReadCompanyAsync(stray.PersistenceId, stray.Last + 1, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                if (batch[0].SequenceNumber == stray.Last + 1 && batch[0].Ordering < stray.Offset)
                {
                    return new($"{what}: number {stray.Last + 1} was written at offset {batch[0].Ordering} after that had been read. Start this program again: it then reads both in their order");
                }
            }

            break;
        }

        return new($"{what}: a row between them was lost or reordered");
    }

    private void Pass(Page page)
    {
        _reading = false;
        _lastPage = page.Rows;
        if (page.Rows == 0)
        {
            _live = true;
            Tell(new FeedCaughtUp(new(_offset)));
            foreach (var (flush, sender) in _flushes)
            {
                sender.Tell(new FeedFlushed(flush.Asker));
            }

            _flushes.Clear();
            if (_nudged)
            {
                ReadOn();
            }

            return;
        }

        _offset = page.UpTo;
        if (_subscribers.Count == 0 || page.Events.Count == 0)
        {
            ReadOn();
            return;
        }

        foreach (var subscriber in _subscribers)
        {
            _taking.Add(subscriber);
        }

        Tell(new FeedBatch(page.Events, new(page.UpTo)));
    }

    private void Break(Exception cause)
    {
        Context.GetLogger().Error(cause, "The feed stops behind offset {0}: the journal is damaged", _offset);
        Tell(new FeedBroken(cause));
        Context.Stop(Self);
    }

    private void Tell(object message)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Tell(message);
        }
    }

    private sealed record RestOver
    {
        public static RestOver Instance { get; } = new();
    }

    /// <summary>A row that does not come in its company's turn: the number before it was <paramref name="Last"/>.</summary>
    private sealed record Stray(string PersistenceId, long Offset, long Number, long Last);

    private sealed record Page(IReadOnlyList<RecordedEvent> Events, int Rows, long UpTo);
}
