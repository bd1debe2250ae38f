using System.Runtime.InteropServices;
using ActorFinance.Answers;

namespace ActorFinance.Service.Streaming;

/// <summary>
/// Subscribers that have seen all there is and wait for the next event that they want. They are found by what an event says, not asked one by one, so
/// that those who wait for something else cost nothing. Not thread-safe.
/// </summary>
internal sealed class WaitingSubscribers
{
    private readonly Dictionary<(Key Key, string Value), HashSet<Waiter>> _waiters = [];
    private readonly int[] _kinds = new int[Enum.GetValues<Key>().Length];

    /// <summary>By which part of its filter a subscriber is found: that which the fewest events share.</summary>
    private enum Key
    {
        Deal,
        Company,
        Party,
        Type,
        Everything,
    }

    public void Add(Waiter waiter)
    {
        var key = KeyOf(waiter.Filter);
        (CollectionsMarshal.GetValueRefOrAddDefault(_waiters, key, out _) ??= []).Add(waiter);
        _kinds[(int)key.Key]++;
    }

    /// <summary>False for one that has been taken.</summary>
    public bool Remove(Waiter waiter)
    {
        var key = KeyOf(waiter.Filter);
        if (!_waiters.TryGetValue(key, out var found) || !found.Remove(waiter))
        {
            return false;
        }

        Forget(key, found, 1);
        return true;
    }

    /// <summary>Takes those who want the event.</summary>
    /// <param name="item">The event.</param>
    /// <param name="before">The last offset before it: up to there, none of them wanted anything.</param>
    /// <param name="taken">They are added to.</param>
    public void Take(StreamItem item, Offset before, List<Waiter> taken)
    {
        var header = item.Recorded.Header;
        if (_kinds[(int)Key.Deal] > 0 && header.Deal is { } deal)
        {
            Take((Key.Deal, deal.Value), item, before, taken);
        }

        if (_kinds[(int)Key.Company] > 0)
        {
            Take((Key.Company, header.Emitter.Value), item, before, taken);
        }

        if (_kinds[(int)Key.Party] > 0)
        {
            foreach (var name in item.Names)
            {
                Take((Key.Party, name), item, before, taken);
            }
        }

        if (_kinds[(int)Key.Type] > 0)
        {
            Take((Key.Type, EventText.TypeOf(item.Recorded.Event)), item, before, taken);
        }

        if (_kinds[(int)Key.Everything] > 0)
        {
            Take((Key.Everything, ""), item, before, taken);
        }
    }

    /// <summary>Takes them all.</summary>
    public List<Waiter> TakeAll()
    {
        List<Waiter> all = [.. _waiters.Values.SelectMany(waiters => waiters)];
        _waiters.Clear();
        Array.Clear(_kinds);
        return all;
    }

    private void Take((Key Key, string Value) key, StreamItem item, Offset before, List<Waiter> taken)
    {
        if (!_waiters.TryGetValue(key, out var waiters))
        {
            return;
        }

        var count = taken.Count;
        foreach (var waiter in waiters)
        {
            if (item.Offset > waiter.Reached && waiter.Filter.Matches(item))
            {
                waiter.Reach(before);
                taken.Add(waiter);
            }
        }

        for (var i = count; i < taken.Count; i++)
        {
            waiters.Remove(taken[i]);
        }

        Forget(key, waiters, taken.Count - count);
    }

    private void Forget((Key Key, string Value) key, HashSet<Waiter> waiters, int gone)
    {
        _kinds[(int)key.Key] -= gone;
        if (waiters.Count == 0)
        {
            _waiters.Remove(key);
        }
    }

    private static (Key Key, string Value) KeyOf(StreamFilter filter) => filter switch
    {
        { Deal: { } deal } => (Key.Deal, deal.Value),
        { Company: { } company } => (Key.Company, company.Value),
        { Party: { } party } => (Key.Party, party.Value),
        { Type: { } type } => (Key.Type, type),
        _ => (Key.Everything, ""),
    };

    /// <summary>One of them.</summary>
    /// <param name="filter">What it wants.</param>
    /// <param name="reached">What it has seen, or did not want.</param>
    internal sealed class Waiter(StreamFilter filter, Offset reached)
    {
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public StreamFilter Filter => filter;

        public Offset Reached { get; private set; } = reached;

        /// <summary>Ends when there is something for it.</summary>
        public Task Taken => _taken.Task;

        /// <summary>Up to there is nothing that it wants.</summary>
        public void Reach(Offset offset) => Reached = offset > Reached ? offset : Reached;

        public void Wake() => _taken.TrySetResult();
    }
}
