using System.Collections.Concurrent;
using ActorFinance.Journal.Subscriptions;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Streaming.Durable;

/// <summary>All durable subscriptions of a journal.</summary>
internal sealed class DurableSubscriptions : IAsyncDisposable
{
    /// <summary>Each costs a few hundred bytes; the limit keeps a caller from making them without end.</summary>
    private const int Max = 10_000;

    private readonly SubscriptionStore _store;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _lease;
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly ConcurrentDictionary<string, DurableSubscription> _all = new(StringComparer.Ordinal);

    private DurableSubscriptions(SubscriptionStore store, TimeProvider clock, TimeSpan lease) => (_store, _clock, _lease) = (store, clock, lease);

    /// <summary>By name.</summary>
    public IReadOnlyList<DurableSubscription> All => [.. _all.Values.OrderBy(one => one.Stored.Name, StringComparer.Ordinal)];

    public static async Task<DurableSubscriptions> OpenAsync(SubscriptionStore store, TimeProvider clock, TimeSpan lease, CancellationToken cancellation)
    {
        var subscriptions = new DurableSubscriptions(store, clock, lease);
        var (kept, parked) = await store.LoadAsync(cancellation).ConfigureAwait(false);
        var parkedOf = parked.ToLookup(one => one.Subscription, StringComparer.Ordinal);
        foreach (var one in kept)
        {
            subscriptions._all[one.Name] = subscriptions.LiveOf(one, parkedOf[one.Name]);
        }

        return subscriptions;
    }

    /// <summary>The caller's own, or any for an admin.</summary>
    /// <exception cref="ProblemException">There is none, or it is another's.</exception>
    public DurableSubscription Find(string name, Caller caller)
    {
        if (!_all.TryGetValue(name, out var found))
        {
            throw new ProblemException(Problem.Of("not-found", $"there is no durable subscription '{name}'"));
        }

        return MayUse(found, caller) ? found : throw new ProblemException(Problem.Of("forbidden", $"the durable subscription '{name}' is not {caller.Name}'s"));
    }

    public static bool MayUse(DurableSubscription subscription, Caller caller) => subscription.Stored.Owner == caller.Name || caller.Role == Role.Admin;

    /// <summary>Makes one; the same again changes nothing.</summary>
    /// <param name="wanted">Its name, owner and filter.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="start">Behind which offset it begins; only asked when it is made.</param>
    /// <exception cref="ProblemException">One of this name is another's or has another filter, or there are too many.</exception>
    public async Task<DurableSubscription> MakeAsync(StoredSubscription wanted, Caller caller, Func<Task<Offset>> start)
    {
        await _making.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_all.ContainsKey(wanted.Name))
            {
                var found = Find(wanted.Name, caller);
                return found.Stored with { Owner = wanted.Owner, Acknowledged = 0, Epoch = 0 } == wanted
                    ? found
                    : throw new ProblemException(Problem.Of("subscription-differs", $"the durable subscription '{wanted.Name}' has another filter"));
            }

            if (_all.Count >= Max)
            {
                throw new ProblemException(Problem.Of("too-many-subscriptions", $"there are {Max} durable subscriptions, as many as are allowed"));
            }

            var made = wanted with { Acknowledged = (await start().ConfigureAwait(false)).Value };
            await _store.ApplyAsync(new SubscriptionChange.Save(made)).ConfigureAwait(false);
            return _all[made.Name] = LiveOf(made, []);
        }
        finally
        {
            _making.Release();
        }
    }

    public async Task DeleteAsync(DurableSubscription subscription)
    {
        await subscription.DeleteAsync().ConfigureAwait(false);
        _all.TryRemove(KeyValuePair.Create(subscription.Stored.Name, subscription));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync().ConfigureAwait(false);
        foreach (var one in _all.Values)
        {
            one.Dispose();
        }

        _making.Dispose();
    }

    private DurableSubscription LiveOf(StoredSubscription stored, IEnumerable<ParkedEvent> parked) => new(stored, parked, _store, _clock, _lease);
}
