namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// The place of every event by its id: a table of places with open addressing, at most half full. It keeps no id of its own, so it takes 10 to
/// 20 bytes an event where a dictionary takes 44. It takes ids in by hundreds, or when it is asked: one by one, each waited for the memory of its
/// slot, a fifth of what indexing an event cost. A book that was loaded whole and is only asked never makes it. The writer's own.
/// </summary>
internal sealed class EventIdTable(Column<EventKey> ids)
{
    private const int LengthMinimum = 64;

    // Pieces of a megabyte: arrays of many make the collector collect, whatever else there is.
    private const int PieceBits = 18;
    private const int Within = (1 << PieceBits) - 1;
    private const int WaitingMaximum = 512;

    // One more than the place, so that 0 is a free slot.
    private int[][] _slots = [];

    // A few bits of the hash beside each slot, 0 where it is free: small enough to stay near, and most other ids show by them alone.
    private byte[][] _tags = [];
    private int _length;
    private int _count;

    /// <summary>Ids at the end of the column that wait; not those that were loaded.</summary>
    private int _waiting;

    public int? Find(in EventKey id)
    {
        TakeIn();
        var slot = SlotOf(id);
        var found = _slots[slot >> PieceBits][slot & Within];
        return found == 0 ? null : found - 1;
    }

    /// <summary>One more id is in the column. Where it, or one that waited, is there twice, the place of the second; else below 0.</summary>
    public int AddLast() => ++_waiting < WaitingMaximum ? -1 : TakeIn();

    /// <summary>So many will come: the table is made for them at once.</summary>
    public void Expect(int more)
    {
        if ((ids.Count + more + 1) * 2L > _length)
        {
            Grow(ids.Count + more);
        }
    }

    /// <summary>Takes in those that wait. Where one is there twice, the place of the second; else below 0.</summary>
    public int TakeInWaiting() => _waiting == 0 ? -1 : TakeIn();

    private int TakeIn()
    {
        _waiting = 0;
        if ((ids.Count + 1) * 2L > _length)
        {
            Grow(ids.Count);
        }

        while (_count < ids.Count)
        {
            ref readonly var id = ref ids[_count];
            var slot = SlotOf(id);
            ref var place = ref _slots[slot >> PieceBits][slot & Within];
            if (place != 0)
            {
                return _count;
            }

            place = ++_count;
            _tags[slot >> PieceBits][slot & Within] = TagOf(id.Hash);
        }

        return -1;
    }

    private void Grow(int count)
    {
        var length = Math.Max(LengthMinimum, _length);
        while ((count + 1) * 2L > length)
        {
            length *= 2;
        }

        var pieces = Math.Max(1, length >> PieceBits);
        (_slots, _tags, _length, _count) = (new int[pieces][], new byte[pieces][], length, 0);
        for (var piece = 0; piece < pieces; piece++)
        {
            (_slots[piece], _tags[piece]) = (new int[length / pieces], new byte[length / pieces]);
        }
    }

    /// <summary>The slot that holds the id, or the free one where it belongs.</summary>
    private int SlotOf(in EventKey id)
    {
        var (hash, mask) = (id.Hash, _length - 1);
        var (tag, slot) = (TagOf(hash), hash & mask);
        while (_tags[slot >> PieceBits][slot & Within] is var held and not 0 && !(held == tag && ids[_slots[slot >> PieceBits][slot & Within] - 1].IsSameAs(id)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>Of the bits that choose a slot last.</summary>
    private static byte TagOf(int hash) => (byte)((hash >>> 24) | 1);
}
