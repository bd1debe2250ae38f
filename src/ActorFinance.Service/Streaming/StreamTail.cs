using ActorFinance.Journal.Reading;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Streaming;

/// <summary>
/// The newest events, read once for all subscribers: straight from the table at each write, with a slow poll as the safety net. It keeps a bounded
/// number of them; whoever is further behind reads the table itself, at its own pace, and costs nobody else anything. Without subscribers it rests.
/// It is not the projections' feed: a question that takes long there must not hold up the stream.
/// </summary>
internal sealed class StreamTail : IAsyncDisposable
{
    /// <summary>Enough for a second of a busy journal, and a few megabytes.</summary>
    private const int Kept = 4_096;

    /// <summary>What one look takes along, so that no subscriber holds more than this much of what the tail has dropped.</summary>
    private const int ChunkMax = 256;

    /// <summary>Only a lost signal waits this long.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two reads: a read for every write took half a core from a stream of single writes.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(4);

    private readonly IJournalReader _reader;
    private readonly JournalSignal _written;
    private readonly WaitingSubscribers _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private readonly Task _running;
    private readonly Lock _lock = new();
    private readonly StreamItem[] _ring = new StreamItem[Kept];
    private long _first;
    private long _end;
    private Offset _floor;
    private Offset _head;
    private int _subscribers;
    private Exception? _damage;

    public StreamTail(IJournalReader reader, JournalSignal written, Offset head)
    {
        _reader = reader;
        _written = written;
        _floor = _head = head;
        _running = Task.Run(RunAsync);
    }

    public int Subscribers => Volatile.Read(ref _subscribers);

    /// <summary>How far it has read.</summary>
    public Offset Head
    {
        get
        {
            lock (_lock)
            {
                return _head;
            }
        }
    }

    /// <summary>Keeps it reading until the result is disposed.</summary>
    public async Task<IDisposable> SubscribeAsync(CancellationToken cancellation)
    {
        var subscription = new Subscription(this);
        if (Interlocked.Increment(ref _subscribers) > 1)
        {
            return subscription;
        }

        try
        {
            // What was written while nobody listened is read by whoever wants it.
            var last = new Offset(await _reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
            List<WaitingSubscribers.Waiter> passedOver = [];
            lock (_lock)
            {
                if (last > _head)
                {
                    // Who came meanwhile and waits already must ask the table for what is passed over here.
                    (_first, _floor, _head) = (_end, last, last);
                    passedOver = _waiting.TakeAll();
                }
            }

            passedOver.ForEach(waiter => waiter.Wake());
            Wake();
            return subscription;
        }
        catch
        {
            subscription.Dispose();

            // Whoever came meanwhile relied on this one to wake it.
            Wake();
            throw;
        }
    }

    /// <summary>Waits for an event that a subscriber wants. At once where there is more than it has seen.</summary>
    /// <param name="after">What it has seen.</param>
    /// <param name="filter">What it wants.</param>
    /// <param name="atMost">How long it waits.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Up to where there is nothing that it wants: right before the event, or as far as has been read.</returns>
    public async Task<Offset> WaitAsync(Offset after, StreamFilter filter, TimeSpan atMost, CancellationToken cancellation)
    {
        WaitingSubscribers.Waiter waiter = new(filter, after);
        lock (_lock)
        {
            if (_head > after || _damage is not null)
            {
                return after;
            }

            _waiting.Add(waiter);
        }

        try
        {
            await waiter.Taken.WaitAsync(atMost, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
        }
        finally
        {
            lock (_lock)
            {
                if (_waiting.Remove(waiter))
                {
                    waiter.Reach(_head);
                }
            }
        }

        return waiter.Reached;
    }

    /// <summary>The next events behind an offset; false when the tail no longer has them all, and the table must be asked.</summary>
    /// <param name="after">What the subscriber has seen.</param>
    /// <param name="into">Is emptied first.</param>
    /// <param name="upTo">What it has seen with them.</param>
    /// <exception cref="IOException">The journal is damaged behind the last event that was read.</exception>
    public bool TryRead(Offset after, List<StreamItem> into, out Offset upTo)
    {
        into.Clear();
        upTo = after;
        lock (_lock)
        {
            if (after < _floor)
            {
                return false;
            }

            var (low, high) = (_first, _end);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _ring[middle % Kept].Offset <= after ? (middle + 1, high) : (low, middle);
            }

            for (; low < _end && into.Count < ChunkMax; low++)
            {
                into.Add(_ring[low % Kept]);
            }

            upTo = low < _end ? into[^1].Offset : after > _head ? after : _head;
            return into.Count > 0 || _damage is null ? true : throw new IOException("the journal is damaged", _damage);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
        _wanted.Dispose();
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (_wanted.CurrentCount == 0)
            {
                _wanted.Release();
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                if (Subscribers == 0)
                {
                    await _wanted.WaitAsync(_stopping.Token).ConfigureAwait(false);
                }

                var more = _written.Next();
                await ReadOnAsync().ConfigureAwait(false);
                await Task.WhenAny(more, Task.Delay(Poll, _stopping.Token)).ConfigureAwait(false);
                await Task.Delay(Rest, _stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception damage)
        {
            List<WaitingSubscribers.Waiter> all;
            lock (_lock)
            {
                _damage = damage;
                all = _waiting.TakeAll();
            }

            all.ForEach(waiter => waiter.Wake());
        }
    }

    private async Task ReadOnAsync()
    {
        var taken = new List<WaitingSubscribers.Waiter>();
        await foreach (var batch in _reader.ReadAsync(Head.Value, cancellation: _stopping.Token).ConfigureAwait(false))
        {
            using (batch)
            {
                var events = EventReading.Decode(batch);
                lock (_lock)
                {
                    foreach (var recorded in events)
                    {
                        Add(new(recorded), taken);
                    }
                }
            }

            taken.ForEach(waiter => waiter.Wake());
            taken.Clear();
        }
    }

    private void Add(StreamItem item, List<WaitingSubscribers.Waiter> taken)
    {
        if (item.Offset <= _head)
        {
            // A subscriber came while this was being read, and went on from further ahead.
            return;
        }

        if (_end - _first == Kept)
        {
            _floor = _ring[_first % Kept].Offset;
            _first++;
        }

        _ring[_end % Kept] = item;
        _end++;
        _waiting.Take(item, _head, taken);
        _head = item.Offset;
    }

    private sealed class Subscription(StreamTail tail) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref tail._subscribers);
            }
        }
    }
}
