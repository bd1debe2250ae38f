using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// Items in fold order. Most arrive in order and are appended; late ones wait beside the list and are merged into it when it is next read.
/// </summary>
internal sealed class FoldSorted<T>(Func<T, FoldKey> keyOf)
{
    private List<T> _late = [];
    private List<T> _sorted = [];

    public void Add(T item)
    {
        if (_sorted.Count == 0 || keyOf(_sorted[^1]) < keyOf(item))
        {
            _sorted.Add(item);
        }
        else
        {
            _late.Add(item);
        }
    }

    public int Count => _sorted.Count + _late.Count;

    /// <summary>The item of this key. Logarithmic among the sorted, linear among the late ones that nobody asked for yet.</summary>
    public T Find(FoldKey key)
    {
        var (low, high) = (0, _sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = keyOf(_sorted[middle]) < key ? (middle + 1, high) : (low, middle);
        }

        return low < _sorted.Count && keyOf(_sorted[low]) == key ? _sorted[low] : _late.Find(item => keyOf(item) == key)!;
    }

    public bool IsEmpty => _sorted.Count == 0;

    public List<T> InOrder()
    {
        if (_late.Count == 0)
        {
            return _sorted;
        }

        // Keys are taken once an item: taking them at every comparison was most of the time on a book in random order.
        var keys = _late.Select(keyOf).ToArray();
        var late = _late.ToArray();
        Array.Sort(keys, late);
        var merged = new List<T>(_sorted.Count + late.Length);
        var next = 0;
        foreach (var item in _sorted)
        {
            var key = keyOf(item);
            while (next < late.Length && keys[next] < key)
            {
                merged.Add(late[next++]);
            }

            merged.Add(item);
        }

        merged.AddRange(late[next..]);
        // A new one: behind an event far in the future all that follow are late, and an emptied list keeps the room that they took.
        _late = [];
        return _sorted = merged;
    }
}
