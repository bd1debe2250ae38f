namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// Items that wait until there are thousands and are then taken in by their owners, one owner after the other. Taken in as they come, each waits for the
/// memory of its owner, which by then has left the processor's cache; so only the first of each owner's does (decision 0200). Items are structs of this
/// assembly (decision 0031). The writer's own.
/// </summary>
internal sealed class Gathered<T>
    where T : unmanaged
{
    private const int Minimum = 256;
    private const int Maximum = 16_384;

    private int[] _owners = new int[Minimum];
    private T[] _items = new T[Minimum];
    private int[] _order = [];
    private int[] _next = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <param name="owner">A small number.</param>
    /// <param name="item">Behind what the owner has.</param>
    /// <returns>True when it is time to take in what there is.</returns>
    public bool Add(int owner, in T item)
    {
        if (_count == _owners.Length)
        {
            Array.Resize(ref _owners, _count * 2);
            Array.Resize(ref _items, _count * 2);
        }

        (_owners[_count], _items[_count]) = (owner, item);
        Volatile.Write(ref _count, _count + 1);
        return _count >= Maximum;
    }

    /// <summary>The places of all that wait: owner by owner where they are many, each owner's in the order in which they came.</summary>
    /// <param name="owners">Every owner is below it.</param>
    public ReadOnlySpan<int> Order(int owners)
    {
        if (_order.Length < _count)
        {
            _order = new int[_owners.Length];
        }

        if (_count <= Minimum)
        {
            for (var i = 0; i < _count; i++)
            {
                _order[i] = i;
            }

            return _order.AsSpan(0, _count);
        }

        if (_next.Length <= owners)
        {
            _next = new int[owners * 2];
        }

        Array.Clear(_next, 0, owners + 1);
        for (var i = 0; i < _count; i++)
        {
            _next[_owners[i] + 1]++;
        }

        for (var owner = 1; owner <= owners; owner++)
        {
            _next[owner] += _next[owner - 1];
        }

        for (var i = 0; i < _count; i++)
        {
            _order[_next[_owners[i]]++] = i;
        }

        return _order.AsSpan(0, _count);
    }

    public int Owner(int place) => _owners[place];

    public ref readonly T Item(int place) => ref _items[place];

    /// <summary>All were taken in. Where they were few, few come at a time: the memory for thousands is let go.</summary>
    public void Clear()
    {
        if (_count <= Minimum && _owners.Length > Minimum)
        {
            (_owners, _items, _order, _next) = (new int[Minimum], new T[Minimum], [], []);
        }

        Volatile.Write(ref _count, 0);
    }
}
