using ActorFinance.Journal.Subscriptions;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Streaming.Durable;

/// <summary>
/// A named subscription whose acknowledged offset the service keeps. One consumer at a time, told apart by an epoch that grows whenever one connects:
/// the word of an older one no longer counts. An acknowledgement covers everything up to its offset, and never more than was delivered to the
/// consumer that sends it. What was not acknowledged is delivered again, in order. Nothing is answered before it is on the disk (decision 0126).
/// </summary>
internal sealed class DurableSubscription(StoredSubscription stored, IEnumerable<ParkedEvent> parked, SubscriptionStore store, TimeProvider clock, TimeSpan lease) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SortedDictionary<long, ParkedEvent> _parked = new(parked.ToDictionary(one => one.Offset));
    private volatile StoredSubscription _stored = stored;
    private ConsumerSession? _session;
    private bool _isDeleted;

    public StoredSubscription Stored => _stored;

    public StreamFilter Filter { get; } = FilterOf(stored);

    /// <summary>Who consumes, if someone does.</summary>
    public ConsumerSession? Consumer => Volatile.Read(ref _session) is { IsOpen: true } session ? session : null;

    public Task<IReadOnlyList<ParkedEvent>> ParkedAsync() => InTurnAsync(() => Task.FromResult<IReadOnlyList<ParkedEvent>>([.. _parked.Values]));

    /// <summary>Lets a consumer in, and ends the one before.</summary>
    /// <exception cref="ProblemException">Another holds it, and is not to be put out.</exception>
    public Task<ConsumerSession> ConnectAsync(string consumer, bool takeOver) => InTurnAsync(async () =>
    {
        if (!takeOver && _session is { IsOpen: true } holder && holder.Consumer != consumer && clock.GetElapsedTime(holder.HeardAt) < lease)
        {
            throw new ProblemException(Problem.Of("subscription-held", $"'{_stored.Name}' is held by consumer '{holder.Consumer}', epoch {holder.Epoch}"));
        }

        var next = _stored with { Epoch = _stored.Epoch + 1 };
        await store.ApplyAsync(new SubscriptionChange.Save(next)).ConfigureAwait(false);
        _session?.End(TakenOver(_session.Epoch, next.Epoch));
        _stored = next;
        return _session = new(consumer, next.Epoch, new(next.Acknowledged)) { HeardAt = clock.GetTimestamp() };
    });

    /// <summary>Its stream has ended; until another connects it may still acknowledge.</summary>
    public Task CloseAsync(ConsumerSession session) => InTurnAsync(() =>
    {
        session.IsOpen = false;
        return Task.FromResult(true);
    });

    /// <summary>Is about to be sent: from now on it can be acknowledged.</summary>
    public static void Delivering(ConsumerSession session, Offset upTo)
    {
        lock (session)
        {
            session.Delivered = Later(session.Delivered, upTo);
        }
    }

    /// <summary>Everything up to the offset is handled; of an event that was parked and delivered again, only that one.</summary>
    /// <returns>Up to where everything is.</returns>
    /// <exception cref="ProblemException">It does not consume any more, or was not sent so much.</exception>
    public Task<Offset> AcknowledgeAsync(long epoch, Offset offset) => InTurnAsync(async () =>
    {
        var session = Require(epoch, offset);
        if (session.Replayed.Contains(offset.Value))
        {
            await store.ApplyAsync(new SubscriptionChange.Unpark(_stored.Name, offset.Value)).ConfigureAwait(false);
            _parked.Remove(offset.Value);
            session.Replayed.Remove(offset.Value);
        }
        else if (offset.Value > _stored.Acknowledged)
        {
            await SaveAsync(_stored with { Acknowledged = offset.Value }).ConfigureAwait(false);
        }

        return new Offset(_stored.Acknowledged);
    });

    /// <summary>Lays one event aside and acknowledges everything up to it.</summary>
    /// <exception cref="ProblemException">As <see cref="AcknowledgeAsync"/>, or it is acknowledged already.</exception>
    public Task<Offset> ParkAsync(long epoch, Offset offset, string reason) => InTurnAsync(async () =>
    {
        var session = Require(epoch, offset);
        var isReplayed = session.Replayed.Contains(offset.Value);
        if (!isReplayed && _parked.ContainsKey(offset.Value))
        {
            // Sent again after its answer was lost.
            return new Offset(_stored.Acknowledged);
        }

        if (!isReplayed && offset.Value <= _stored.Acknowledged)
        {
            throw new ProblemException(Problem.Of("not-delivered", $"offset {offset} is acknowledged already, up to {_stored.Acknowledged}"));
        }

        var attempts = _parked.TryGetValue(offset.Value, out var before) ? before.Attempts + 1 : 1;
        var laid = new ParkedEvent(_stored.Name, offset.Value, reason, clock.GetUtcNow().UtcTicks, attempts, IsWanted: false);
        var next = _stored with { Acknowledged = Math.Max(_stored.Acknowledged, offset.Value) };
        await store.ApplyAsync(new SubscriptionChange.Park(laid), new SubscriptionChange.Save(next)).ConfigureAwait(false);
        (_stored, _parked[offset.Value]) = (next, laid);
        session.Replayed.Remove(offset.Value);
        return new Offset(next.Acknowledged);
    });

    /// <summary>Has a parked event delivered again to whoever consumes.</summary>
    /// <exception cref="ProblemException">It is not parked.</exception>
    public Task<ParkedEvent> WantAgainAsync(Offset offset) => InTurnAsync(async () =>
    {
        var wanted = Find(offset) with { IsWanted = true };
        await store.ApplyAsync(new SubscriptionChange.Park(wanted)).ConfigureAwait(false);
        _parked[offset.Value] = wanted;
        _session?.Replayed.Remove(offset.Value);
        _session?.Wanted.Raise();
        return wanted;
    });

    /// <summary>Gives a parked event up.</summary>
    /// <exception cref="ProblemException">It is not parked.</exception>
    public Task<ParkedEvent> DiscardAsync(Offset offset) => InTurnAsync(async () =>
    {
        var given = Find(offset);
        await store.ApplyAsync(new SubscriptionChange.Unpark(_stored.Name, offset.Value)).ConfigureAwait(false);
        _parked.Remove(offset.Value);
        return given;
    });

    /// <summary>What was parked and is to be sent to this consumer now; each once.</summary>
    public Task<IReadOnlyList<Offset>> TakeWantedAsync(ConsumerSession session) => InTurnAsync(() => Task.FromResult<IReadOnlyList<Offset>>(
        [.. _parked.Values.Where(one => one.IsWanted && session.Replayed.Add(one.Offset)).Select(one => new Offset(one.Offset))]));

    /// <summary>Ends it for good.</summary>
    public Task DeleteAsync() => InTurnAsync(async () =>
    {
        await store.ApplyAsync(new SubscriptionChange.Delete(_stored.Name)).ConfigureAwait(false);
        _isDeleted = true;
        _session?.End(Gone());
        return true;
    });

    public void Dispose()
    {
        _session?.Dispose();
        _turn.Dispose();
    }

    private static Offset Later(Offset one, Offset other) => one > other ? one : other;

    private static StreamFilter FilterOf(StoredSubscription stored) => new(
        stored.Company is { } company ? Value.Parse<CompanyId>(company) : null,
        stored.Type,
        stored.Deal is { } deal ? Value.Parse<DealId>(deal) : null,
        stored.Party is { } party ? Value.Parse<CompanyId>(party) : null);

    private static Problem TakenOver(long epoch, long now) =>
        Problem.Of("taken-over", $"epoch {epoch} is over, the subscription is at epoch {now}: what was not acknowledged goes to whoever consumes now");

    private Problem Gone() => Problem.Of("not-found", $"the durable subscription '{_stored.Name}' was deleted");

    private ConsumerSession Require(long epoch, Offset offset)
    {
        if (_session is not { } session || session.Epoch != epoch)
        {
            throw new ProblemException(TakenOver(epoch, _stored.Epoch));
        }

        session.HeardAt = clock.GetTimestamp();
        lock (session)
        {
            return offset <= session.Delivered
                ? session
                : throw new ProblemException(Problem.Of("not-delivered", $"offset {offset} was not delivered: epoch {epoch} was sent up to {session.Delivered}"));
        }
    }

    private ParkedEvent Find(Offset offset) =>
        _parked.TryGetValue(offset.Value, out var found) ? found : throw new ProblemException(Problem.Of("not-found", $"'{_stored.Name}' has no parked event at offset {offset}"));

    private async Task SaveAsync(StoredSubscription next)
    {
        await store.ApplyAsync(new SubscriptionChange.Save(next)).ConfigureAwait(false);
        _stored = next;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return _isDeleted ? throw new ProblemException(Gone()) : await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
