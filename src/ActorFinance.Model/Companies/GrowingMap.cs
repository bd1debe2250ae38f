using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ActorFinance.Model;

/// <summary>
/// An immutable map for what a company only ever adds to. Versions that were made one from the other share a trunk, of which each sees as many
/// entries as it has itself. So adding to the newest version costs one entry and retains one: a tree of nodes cost the same decision two
/// copied paths an event, and the collector all that it kept. Adding to a version that is not the newest copies its entries, in proportion to their
/// number; an actor never does. What is changed or removed is rare and stands beside the trunk. Versions may be used from several threads.
/// </summary>
public sealed class GrowingMap<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>
    where TKey : struct, IEquatable<TKey>
    where TValue : struct
{
    private readonly Trunk _trunk;

    /// <summary>How many entries of the trunk are this version's.</summary>
    private readonly int _grown;

    /// <summary>Goes before the trunk; null for what was removed.</summary>
    private readonly ImmutableDictionary<TKey, TValue?> _changed;

    private GrowingMap(Trunk trunk, int grown, ImmutableDictionary<TKey, TValue?> changed, int count)
    {
        _trunk = trunk;
        _grown = grown;
        _changed = changed;
        Count = count;
    }

    public static GrowingMap<TKey, TValue> Empty => new(new(), grown: 0, ImmutableDictionary<TKey, TValue?>.Empty, count: 0);

    public int Count { get; }

    public IEnumerable<TKey> Keys => this.Select(entry => entry.Key);

    public IEnumerable<TValue> Values => this.Select(entry => entry.Value);

    /// <exception cref="KeyNotFoundException">It is not there.</exception>
    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"'{key}' is not there");

    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_changed.Count > 0 && _changed.TryGetValue(key, out var changed))
        {
            value = changed.GetValueOrDefault();
            return changed.HasValue;
        }

        return _trunk.TryGet(key, _grown, out value);
    }

    /// <exception cref="ArgumentException">The key is there already.</exception>
    public GrowingMap<TKey, TValue> Add(TKey key, TValue value) =>
        TryAdd(key, value) ?? throw new ArgumentException($"'{key}' is there already", nameof(key));

    /// <summary>Null: the key is there already.</summary>
    public GrowingMap<TKey, TValue>? TryAdd(TKey key, TValue value)
    {
        if (_changed.Count > 0 && _changed.TryGetValue(key, out var changed))
        {
            return changed is null ? new(_trunk, _grown, _changed.SetItem(key, value), Count + 1) : null;
        }

        return _trunk.TryAdd(key, value, _grown) switch
        {
            Added.Here => new(_trunk, _grown + 1, _changed, Count + 1),
            Added.Duplicate => null,
            _ => new GrowingMap<TKey, TValue>(_trunk.Branch(_grown), _grown, _changed, Count).Add(key, value),
        };
    }

    public GrowingMap<TKey, TValue> SetItem(TKey key, TValue value) =>
        ContainsKey(key) ? new(_trunk, _grown, _changed.SetItem(key, value), Count) : Add(key, value);

    public GrowingMap<TKey, TValue> Remove(TKey key) =>
        ContainsKey(key) ? new(_trunk, _grown, _changed.SetItem(key, null), Count - 1) : this;

    /// <summary>In no order.</summary>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        foreach (var (key, value) in _trunk.Entries(_grown))
        {
            if (!_changed.TryGetValue(key, out var changed))
            {
                yield return new(key, value);
            }
            else if (changed is { } now)
            {
                yield return new(key, now);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private enum Added
    {
        Here,
        Duplicate,

        /// <summary>Another version has gone on from here.</summary>
        TakenByAnother,
    }

    /// <summary>The entries of all versions, in the order in which they were added. Values stand in chunks, each twice the last, so that growing copies none.</summary>
    private sealed class Trunk
    {
        private const int FirstChunk = 4;

        private readonly Dictionary<TKey, int> _places = [];
        private readonly List<TValue[]> _chunks = [];

        public bool TryGet(TKey key, int grown, [MaybeNullWhen(false)] out TValue value)
        {
            lock (_places)
            {
                var found = _places.TryGetValue(key, out var place) && place < grown;
                value = found ? At(place) : default;
                return found;
            }
        }

        public Added TryAdd(TKey key, TValue value, int grown)
        {
            lock (_places)
            {
                if (_places.Count > grown)
                {
                    return _places.TryGetValue(key, out var place) && place < grown ? Added.Duplicate : Added.TakenByAnother;
                }

                return Put(key, value) ? Added.Here : Added.Duplicate;
            }
        }

        public Trunk Branch(int grown)
        {
            var branch = new Trunk();
            foreach (var (key, value) in Entries(grown))
            {
                branch.Put(key, value);
            }

            return branch;
        }

        public (TKey Key, TValue Value)[] Entries(int grown)
        {
            lock (_places)
            {
                return [.. _places.Where(entry => entry.Value < grown).Select(entry => (entry.Key, At(entry.Value)))];
            }
        }

        private bool Put(TKey key, TValue value)
        {
            var place = _places.Count;
            if (!_places.TryAdd(key, place))
            {
                return false;
            }

            var (chunk, index) = Split(place);
            if (chunk == _chunks.Count)
            {
                _chunks.Add(new TValue[FirstChunk << chunk]);
            }

            _chunks[chunk][index] = value;
            return true;
        }

        private TValue At(int place)
        {
            var (chunk, index) = Split(place);
            return _chunks[chunk][index];
        }

        private static (int Chunk, int Index) Split(int place)
        {
            var chunk = BitOperations.Log2((uint)(place / FirstChunk) + 1);
            return (chunk, place - (FirstChunk * ((1 << chunk) - 1)));
        }
    }
}
