using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

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

    // When each change happens on the axis, and of which entry: from then on it counts, or no longer (its complement).
    private readonly AscendingNumbers _changesAt;
    private readonly int[] _changed;

    // The effective time of each leaf's first entry.
    private readonly AscendingNumbers _leafStarts;
    private readonly BalanceLevel[] _levels;

    // How many entries lie below a node of each level.
    private readonly long[] _lengths;

    private BalanceTree(BalanceTreeShape shape, EntryPieces entries, long[] changesAt, int[] changed)
    {
        (_shape, _entries, _count, _changesAt, _changed) = (shape, entries, entries.Count, new(changesAt), changed);
        var starts = new long[(_count + shape.Leaf - 1) / shape.Leaf];
        for (var leaf = 0; leaf < starts.Length; leaf++)
        {
            starts[leaf] = entries[leaf * shape.Leaf].EffectiveTicks;
        }

        _leafStarts = new(starts);
        var levels = new List<BalanceLevel>();
        for (var nodes = (_count + shape.Leaf - 1) / shape.Leaf; ; nodes = (nodes + shape.Fan - 1) / shape.Fan)
        {
            levels.Add(new(nodes));
            if (nodes <= 1)
            {
                break;
            }
        }

        _levels = [.. levels];
        _lengths = new long[_levels.Length];
        for (var level = 0; level < _lengths.Length; level++)
        {
            _lengths[level] = level == 0 ? shape.Leaf : _lengths[level - 1] * shape.Fan;
        }

        Write();
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

    /// <summary>
    /// The amount alone, for which order is nothing: what all whole leaves before T came to at the version before K, and what changed in them since, one by one. Only the leaf
    /// in which T falls is folded.
    /// </summary>
    public Units AmountAt(Instant asOf, EventPlaces places, in KnownIndexes known, long point)
    {
        var (changes, end) = (_changesAt.CountUpTo(point), EntriesUpTo(asOf.UtcTicks));
        var version = changes - (changes % _shape.Stride);
        var whole = end == _count ? end : end - (end % _shape.Leaf);
        var sum = SumOfNodes(whole, version);
        foreach (var change in _changed.AsSpan(version, changes - version))
        {
            var entry = change < 0 ? ~change : change;
            if (entry < whole)
            {
                sum += change < 0 ? -_entries[entry].Net : _entries[entry].Net;
            }
        }

        for (var place = whole; place < end; place++)
        {
            ref readonly var entry = ref _entries[place];
            if (known.Sees(places, entry.Index))
            {
                sum += entry.Net;
            }
        }

        return sum;
    }

    /// <summary>With the lowest point and the first shortfall.</summary>
    public BalanceFold At(Instant asOf, EventPlaces places, in KnownIndexes known, long point)
    {
        var fold = new BalanceFold();
        var version = _changesAt.CountUpTo(point);
        Span<int> dirty = stackalloc int[_shape.Stride + 1];
        var dirtyCount = 0;
        for (; version % _shape.Stride != 0; version--)
        {
            dirty[dirtyCount++] = LeafOf(_changed[version - 1]);
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

    private int LeafOf(int change) => (change < 0 ? ~change : change) / _shape.Leaf;

    /// <summary>What all entries before the place, which is the end of a leaf, came to at the version.</summary>
    private Units SumOfNodes(int end, int version)
    {
        var (sum, place) = (default(Units), 0);
        for (var level = _levels.Length - 1; level >= 0; level--)
        {
            var length = _lengths[level];
            for (var node = (int)(place / length); place < end && Math.Min(place + length, _count) <= end; node++)
            {
                sum += _levels[level].SumAt(node, version);
                place = (int)Math.Min(place + length, _count);
            }
        }

        return sum;
    }

    private int EntriesUpTo(long ticks)
    {
        // Of the last leaf that begins by then all entries may count.
        var leaf = _leafStarts.CountUpTo(ticks) - 1;
        if (leaf < 0)
        {
            return 0;
        }

        var (low, high) = (leaf * _shape.Leaf, Math.Min(_count, (leaf + 1) * _shape.Leaf));
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].EffectiveTicks <= ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Write()
    {
        var counts = new bool[_count];
        var touched = new List<int>();
        for (var change = 0; change < _changed.Length; change++)
        {
            var changed = _changed[change];
            counts[changed < 0 ? ~changed : changed] = changed >= 0;
            touched.Add(LeafOf(changed));
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
}
