using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>
/// From how many entries on an account has a tree, how many entries a leaf has, how many nodes one above them, and after how many changes of what is
/// known a new version is written.
/// </summary>
internal sealed record BalanceTreeShape(int EntriesMinimum, int Leaf, int Fan, int Stride)
{
    public static BalanceTreeShape Default { get; } = new(512, 128, 16, 32);
}

/// <summary>
/// The balance, lowest point and first shortfall of one account at any (T, K), in time that hardly depends on how many entries it has.
///
/// The entries in fold order are the leaves' runs, and a tree of nodes stands over them. What is known of them changes along one axis of knowledge
/// (offsets, or known times), one entry at a time: it appears, or a void ends it. Every so many changes are a version, and each node on the way up from
/// an entry that changed has its folded run written down for it (<see cref="BalanceRun"/>), and no other node has. At a cut, a node's run is the last
/// one written up to the version before K; the few leaves that changed since that version, and the one in which T falls, are folded entry by entry.
/// </summary>
internal sealed class BalanceTree
{
    private readonly BalanceTreeShape _shape;
    private readonly EntryPieces _entries;
    private readonly int _count;

    // When each change happens on the axis, ascending, and in which leaf.
    private readonly long[] _changesAt;
    private readonly int[] _changedLeaves;
    private readonly Level[] _levels;

    private BalanceTree(BalanceTreeShape shape, EntryPieces entries, long[] changesAt, int[] changed)
    {
        (_shape, _entries, _count, _changesAt, _changedLeaves) = (shape, entries, entries.Count, changesAt, changed);
        var levels = new List<Level>();
        for (var nodes = (_count + shape.Leaf - 1) / shape.Leaf; ; nodes = (nodes + shape.Fan - 1) / shape.Fan)
        {
            levels.Add(new(nodes));
            if (nodes <= 1)
            {
                break;
            }
        }

        _levels = [.. levels];
        Write(changed);
    }

    /// <param name="shape">See there.</param>
    /// <param name="entries">In fold order.</param>
    /// <param name="places">Where their events count.</param>
    /// <param name="known">On which axis, and on how many events.</param>
    public static BalanceTree Of(BalanceTreeShape shape, EntryPieces entries, EventPlaces places, in KnownIndexes known)
    {
        // As many as there are entries, and one more for each that ends.
        var count = entries.Count;
        var (at, changed) = (new long[count], new int[count]);
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            var counts = places.VisibilityOf(entries[i].Index, known.Count);
            var (from, until) = known.ByOffset ? (counts.FromOffset, counts.UntilOffset) : (counts.FromKnown, counts.UntilKnown);
            if (from == Visibility.Never || until <= from)
            {
                continue;
            }

            Append(from, i);
            if (until != Visibility.Never)
            {
                Append(until, ~i);
            }
        }

        Array.Resize(ref at, next);
        Array.Resize(ref changed, next);
        Array.Sort(at, changed);
        return new(shape, entries, at, changed);

        void Append(long when, int entry)
        {
            if (next == at.Length)
            {
                Array.Resize(ref at, (next * 2) + 4);
                Array.Resize(ref changed, (next * 2) + 4);
            }

            (at[next], changed[next]) = (when, entry);
            next++;
        }
    }

    /// <summary>Goes on from a fold that has nothing yet.</summary>
    public BalanceFold At(BalanceFold fold, Instant asOf, EventPlaces places, in KnownIndexes known, long point)
    {
        var version = CountUpTo(point);
        Span<int> dirty = stackalloc int[_shape.Stride + 1];
        var dirtyCount = 0;
        for (; version % _shape.Stride != 0; version--)
        {
            dirty[dirtyCount++] = _changedLeaves[version - 1];
        }

        dirty = dirty[..dirtyCount];
        dirty.Sort();
        var (end, nextDirty) = (EntriesUpTo(asOf.UtcTicks), 0);
        for (var place = 0; place < end;)
        {
            var leaf = place / _shape.Leaf;
            while (nextDirty < dirty.Length && dirty[nextDirty] < leaf)
            {
                nextDirty++;
            }

            var limit = nextDirty < dirty.Length ? Math.Min(end, dirty[nextDirty] * _shape.Leaf) : end;
            if (!TryWholeNode(ref fold, ref place, limit, version))
            {
                var leafEnd = Math.Min(end, (leaf + 1) * _shape.Leaf);
                for (; place < leafEnd; place++)
                {
                    ref readonly var entry = ref _entries[place];
                    if (known.Sees(places, entry.Index))
                    {
                        fold.Apply(entry);
                    }
                }
            }
        }

        return fold;
    }

    /// <summary>Takes the largest node that begins at the place, ends by the limit and does not hide the first shortfall.</summary>
    private bool TryWholeNode(ref BalanceFold fold, ref int place, int limit, int version)
    {
        var (level, length) = (0, _shape.Leaf);
        while (level + 1 < _levels.Length && place % (length * (long)_shape.Fan) == 0 && place + (length * (long)_shape.Fan) <= limit)
        {
            length *= _shape.Fan;
            level++;
        }

        for (; level >= 0; level--, length /= _shape.Fan)
        {
            // The account's end closes the last node of each level.
            var end = Math.Min(place + length, _count);
            if (place % length == 0 && end <= limit && fold.TryApply(_levels[level].At(place / length, version)))
            {
                place = end;
                return true;
            }
        }

        return false;
    }

    private int CountUpTo(long point)
    {
        var (low, high) = (0, _changesAt.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _changesAt[middle] <= point ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int EntriesUpTo(long ticks)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].EffectiveTicks <= ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Write(int[] changed)
    {
        var counts = new bool[_count];
        var touched = new List<int>();
        for (var change = 0; change < changed.Length; change++)
        {
            var isEnd = changed[change] < 0;
            var entry = isEnd ? ~changed[change] : changed[change];
            counts[entry] = !isEnd;
            _changedLeaves[change] = entry / _shape.Leaf;
            touched.Add(_changedLeaves[change]);
            if ((change + 1) % _shape.Stride == 0)
            {
                WriteVersion(change + 1, touched, counts);
                touched.Clear();
            }
        }

        foreach (var level in _levels)
        {
            level.Finish();
        }
    }

    private void WriteVersion(int version, List<int> touched, bool[] counts)
    {
        touched.Sort();
        var last = -1;
        foreach (var leaf in touched)
        {
            if (leaf != last)
            {
                _levels[0].Write(leaf, version, RunOf(leaf, counts));
                last = leaf;
            }
        }

        for (var level = 1; level < _levels.Length; level++)
        {
            last = -1;
            for (var i = 0; i < touched.Count; i++)
            {
                touched[i] /= _shape.Fan;
                if (touched[i] != last)
                {
                    last = touched[i];
                    _levels[level].Write(last, version, _levels[level - 1].Fold(last * _shape.Fan, _shape.Fan));
                }
            }
        }
    }

    private BalanceRun RunOf(int leaf, bool[] counts)
    {
        var run = BalanceRun.Nothing;
        var end = Math.Min(_count, (leaf + 1) * _shape.Leaf);
        for (var i = leaf * _shape.Leaf; i < end; i++)
        {
            if (counts[i])
            {
                run = run.Then(new(_entries[i].Net, _entries[i].Net, _entries[i].Index, _entries[i].IsOpening));
            }
        }

        return run;
    }

    /// <summary>The nodes of one height: each one's runs by version. While it is written, each node's last run is at hand.</summary>
    private sealed class Level(int nodes)
    {
        private readonly int[] _firsts = new int[nodes + 1];
        private BalanceRun[]? _current = NothingFor(nodes);
        private int[] _nodes = new int[16];
        private int[] _versions = new int[16];
        private BalanceRun[] _runs = new BalanceRun[16];
        private int _count;

        public void Write(int node, int version, in BalanceRun run)
        {
            if (_count == _nodes.Length)
            {
                Array.Resize(ref _nodes, _count * 2);
                Array.Resize(ref _versions, _count * 2);
                Array.Resize(ref _runs, _count * 2);
            }

            (_nodes[_count], _versions[_count], _runs[_count]) = (node, version, run);
            _count++;
            _firsts[node + 1]++;
            _current![node] = run;
        }

        /// <summary>The last runs of so many nodes, one after the other.</summary>
        public BalanceRun Fold(int first, int count)
        {
            var run = BalanceRun.Nothing;
            for (var node = first; node < first + count && node < nodes; node++)
            {
                run = run.Then(_current![node]);
            }

            return run;
        }

        /// <summary>Puts each node's runs together; nothing is written any more.</summary>
        public void Finish()
        {
            for (var node = 0; node < nodes; node++)
            {
                _firsts[node + 1] += _firsts[node];
            }

            var (versions, runs) = (new int[_count], new BalanceRun[_count]);
            var next = _firsts.AsSpan(0, nodes).ToArray();
            for (var i = 0; i < _count; i++)
            {
                var place = next[_nodes[i]]++;
                (versions[place], runs[place]) = (_versions[i], _runs[i]);
            }

            (_versions, _runs, _nodes, _current) = (versions, runs, [], null);
        }

        /// <summary>The last run that was written up to the version.</summary>
        public BalanceRun At(int node, int version)
        {
            var (low, high) = (_firsts[node], _firsts[node + 1]);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _versions[middle] <= version ? (middle + 1, high) : (low, middle);
            }

            return low == _firsts[node] ? BalanceRun.Nothing : _runs[low - 1];
        }

        private static BalanceRun[] NothingFor(int nodes)
        {
            var runs = new BalanceRun[nodes];
            Array.Fill(runs, BalanceRun.Nothing);
            return runs;
        }
    }
}
