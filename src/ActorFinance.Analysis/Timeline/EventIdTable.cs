using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>
/// The place of every event by its id: a table of places with open addressing, at most half full. It keeps no id of its own, so it takes 8 to
/// 16 bytes an event where a dictionary takes 44.
/// </summary>
internal sealed class EventIdTable(Column<EventId> ids)
{
    private const int LengthMinimum = 64;

    // One more than the place, so that 0 is a free slot.
    private int[] _slots = new int[LengthMinimum];

    public int? Find(EventId id)
    {
        var found = _slots[SlotOf(id)];
        return found == 0 ? null : found - 1;
    }

    /// <summary>False if the id is there already.</summary>
    public bool TryAdd(EventId id, int index)
    {
        if ((index + 1) * 2L > _slots.Length)
        {
            Grow(index);
        }

        ref var slot = ref _slots[SlotOf(id)];
        if (slot != 0)
        {
            return false;
        }

        slot = index + 1;
        return true;
    }

    private void Grow(int count)
    {
        _slots = new int[_slots.Length * 2];
        for (var index = 0; index < count; index++)
        {
            _slots[SlotOf(ids[index])] = index + 1;
        }
    }

    /// <summary>The slot that holds the id, or the free one where it belongs.</summary>
    private int SlotOf(EventId id)
    {
        var mask = _slots.Length - 1;
        var slot = unchecked((int)(((uint)id.Value.GetHashCode() * 0x9E3779B97F4A7C15UL) >> 32)) & mask;
        while (_slots[slot] is var held and not 0 && ids[held - 1] != id)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
