using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Analysis.Circularity;

/// <summary>
/// The number of every slot: a table of numbers with open addressing, at most half full, over the slots themselves. A book in which nearly every flow
/// has a slot of its own pays 8 to 16 bytes for it, where a dictionary took 50. The writer's own.
/// </summary>
internal sealed class SlotNumbers(Column<FlowColumns.Slot> slots)
{
    private const int LengthMinimum = 64;

    // One more than the number, so that 0 is a free place.
    private int[] _numbers = new int[LengthMinimum];

    /// <summary>The slot's number; a new one is added to the slots.</summary>
    public int Of(in FlowColumns.Slot slot)
    {
        ref var found = ref _numbers[PlaceOf(slot)];
        if (found != 0)
        {
            return found - 1;
        }

        slots.Add(slot);
        found = slots.Count;
        if (slots.Count * 2L > _numbers.Length)
        {
            Rebuild();
        }

        return slots.Count - 1;
    }

    /// <summary>Takes in all slots that there are.</summary>
    public void Rebuild()
    {
        var length = _numbers.Length;
        while (slots.Count * 2L > length)
        {
            length *= 2;
        }

        _numbers = new int[length];
        for (var number = 0; number < slots.Count; number++)
        {
            _numbers[PlaceOf(slots[number])] = number + 1;
        }
    }

    /// <summary>Where the slot's number is, or belongs.</summary>
    private int PlaceOf(in FlowColumns.Slot slot)
    {
        var mask = _numbers.Length - 1;
        var place = slot.Hash & mask;
        while (_numbers[place] is var held and not 0 && slots[held - 1] != slot)
        {
            place = (place + 1) & mask;
        }

        return place;
    }
}
