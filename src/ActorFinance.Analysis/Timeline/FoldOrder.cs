using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// Numbers in the fold order of what they stand for, in blocks of some thousands. Most arrive in order and are appended; late ones wait beside and are
/// merged when it is next published, which writes only the blocks that they fall into anew. One writer; what was published never changes.
/// </summary>
internal sealed class FoldOrder(Func<int, FoldKey> keyOf)
{
    public const int BlockLength = 4_096;

    private List<int> _late = [];
    private int[][] _blocks = [];
    private int[] _starts = [];
    private int _blockCount;
    private int _count;

    private int LengthOfLast => _count - _starts[_blockCount - 1];

    public void Add(int number)
    {
        if (_count > 0 && keyOf(_blocks[_blockCount - 1][LengthOfLast - 1]) > keyOf(number))
        {
            _late.Add(number);
            return;
        }

        if (_blockCount == 0 || LengthOfLast == _blocks[_blockCount - 1].Length)
        {
            Open(new int[BlockLength]);
        }

        _blocks[_blockCount - 1][LengthOfLast] = number;
        _count++;
    }

    /// <summary>All by now, for any thread. O(the late ones, and the blocks that they belong to).</summary>
    public FoldOrderView Publish()
    {
        if (_late.Count > 0)
        {
            Merge();
        }

        return new(_blocks, _starts, _blockCount, _count);
    }

    /// <summary>In pieces of one length, however the blocks lie, because the checksum of a state depends on where it is cut.</summary>
    public void Save(StateWriter writer)
    {
        var view = Publish();
        var piece = new int[BlockLength];
        writer.Write((long)view.Count);
        for (var rank = 0; rank < view.Count; rank += BlockLength)
        {
            var length = Math.Min(BlockLength, view.Count - rank);
            view.CopyTo(piece, rank, length);
            writer.Items<int>(piece.AsSpan(0, length));
        }
    }

    /// <summary>Into an empty order.</summary>
    public void Load(StateReader reader)
    {
        for (var left = reader.CountOf<int>(); left > 0; left -= BlockLength)
        {
            var block = new int[BlockLength];
            reader.Items(block.AsSpan(0, Math.Min(left, BlockLength)));
            Open(block);
            _count += Math.Min(left, BlockLength);
        }
    }

    private void Open(int[] block)
    {
        if (_blockCount == _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(4, _blockCount * 2));
            Array.Resize(ref _starts, _blocks.Length);
        }

        _blocks[_blockCount] = block;
        _starts[_blockCount++] = _count;
    }

    private void Merge()
    {
        // Keys are taken once a number: taking them at every comparison was most of the time on a book in random order.
        var keys = _late.Select(keyOf).ToArray();
        var late = _late.ToArray();
        Array.Sort(keys, late);
        var (old, starts, count) = (_blocks, _starts, _blockCount);
        var view = new FoldOrderView(old, starts, count, _count);
        (_blocks, _starts, _blockCount, _count) = (new int[Math.Max(4, count)][], new int[Math.Max(4, count)], 0, 0);
        var next = 0;
        for (var block = 0; block < count; block++)
        {
            var items = view.Block(block);
            var first = next;
            if (block == count - 1)
            {
                next = late.Length;
            }
            else
            {
                var after = keyOf(old[block + 1][0]);
                while (next < late.Length && keys[next] < after)
                {
                    next++;
                }
            }

            if (first == next)
            {
                Open(old[block]);
                _count += items.Length;
            }
            else
            {
                Rewrite(items, keys.AsSpan(first..next), late.AsSpan(first..next), isLast: block == count - 1);
            }
        }

        // A new one: behind an event far in the future all that follow are late, and an emptied list keeps the room that they took.
        _late = [];
    }

    private void Rewrite(ReadOnlySpan<int> items, ReadOnlySpan<FoldKey> keys, ReadOnlySpan<int> late, bool isLast)
    {
        var merged = new int[items.Length + late.Length];
        var (place, next) = (0, 0);
        foreach (var item in items)
        {
            if (next < late.Length)
            {
                var key = keyOf(item);
                while (next < late.Length && keys[next] < key)
                {
                    merged[place++] = late[next++];
                }
            }

            merged[place++] = item;
        }

        late[next..].CopyTo(merged.AsSpan(place));
        var blocks = (merged.Length + BlockLength - 1) / BlockLength;
        for (var block = 0; block < blocks; block++)
        {
            // Evenly, so that what comes late next finds room; the last one of all has room behind it.
            var (start, end) = ((int)((long)merged.Length * block / blocks), (int)((long)merged.Length * (block + 1) / blocks));
            var written = new int[isLast && block == blocks - 1 ? BlockLength : end - start];
            merged.AsSpan(start..end).CopyTo(written);
            Open(written);
            _count += end - start;
        }
    }
}

/// <summary>Numbers in fold order as they were at a moment: for any number of threads, and never changing.</summary>
internal sealed class FoldOrderView(int[][] blocks, int[] starts, int blockCount, int count)
{
    public int Count => count;

    /// <summary>The number of this rank: logarithmic.</summary>
    public int this[int rank]
    {
        get
        {
            var block = BlockOf(rank);
            return blocks[block][rank - starts[block]];
        }
    }

    /// <summary>These numbers, already in order.</summary>
    public static FoldOrderView Of(int[] numbers, int count) => new([numbers], [0], 1, count);

    /// <summary>Those from this rank on that lie together, at least one.</summary>
    public ArraySegment<int> Piece(int rank, int end)
    {
        var block = BlockOf(rank);
        return new(blocks[block], rank - starts[block], Math.Min(end, EndOf(block)) - rank);
    }

    public ReadOnlySpan<int> Block(int block) => blocks[block].AsSpan(0, EndOf(block) - starts[block]);

    /// <summary>So many from this rank on, to the beginning of the numbers.</summary>
    public void CopyTo(int[] numbers, int rank, int length)
    {
        for (var copied = 0; copied < length;)
        {
            var piece = Piece(rank + copied, rank + length);
            piece.CopyTo(numbers, copied);
            copied += piece.Count;
        }
    }

    private int EndOf(int block) => block + 1 < blockCount ? starts[block + 1] : count;

    private int BlockOf(int rank)
    {
        var (low, high) = (0, blockCount);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = starts[middle] <= rank ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>The numbers from one rank on up to, and without, another. For <c>foreach</c> alone: through an interface a million of them take as long as what is done with them.</summary>
    public readonly struct Numbers(FoldOrderView order, int start, int end)
    {
        public NumberWalk GetEnumerator() => new(order, start, end);
    }

    public struct NumberWalk(FoldOrderView order, int start, int end)
    {
        private int[] _block = [];
        private int _place = -1;
        private int _last = -1;
        private int _next = start;

        public readonly int Current => _block[_place];

        public bool MoveNext() => ++_place <= _last || MoveToNextBlock();

        private bool MoveToNextBlock()
        {
            if (_next >= end)
            {
                return false;
            }

            var piece = order.Piece(_next, end);
            (_block, _place, _last, _next) = (piece.Array!, piece.Offset, piece.Offset + piece.Count - 1, _next + piece.Count);
            return true;
        }
    }
}
