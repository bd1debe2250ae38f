using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>Which events come from a company or name it, in offset order. One writer; others may read what is below a place they know of.</summary>
internal sealed class CompanyMentions(CompanyId company)
{
    private int[] _places = new int[2];
    private int _count;
    private long _earliestKnown = long.MaxValue;

    public CompanyId Company => company;

    public int Count => _count;

    public ReadOnlySpan<int> Places
    {
        get
        {
            // The count first: whatever array is seen then holds as many.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _places).AsSpan(0, count);
        }
    }

    public void Add(int place, long knownTicks)
    {
        if (_count > 0 && _places[_count - 1] == place)
        {
            return;
        }

        if (_count == _places.Length)
        {
            var larger = new int[Math.Max(2, _count * 2)];
            _places.CopyTo(larger, 0);
            Volatile.Write(ref _places, larger);
        }

        _places[_count] = place;
        _earliestKnown = Math.Min(_earliestKnown, knownTicks);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Whether one of them counts at the point.</summary>
    public bool CountAt(EventPlaces places, in KnownIndexes known)
    {
        // No event that names the company is known before; one that came after the point can only make it earlier.
        if (!known.ByOffset && known.Ticks < Volatile.Read(ref _earliestKnown))
        {
            return false;
        }

        foreach (var place in Places)
        {
            if (place > known.LastIndex)
            {
                return false;
            }

            if (known.Sees(places, place))
            {
                return true;
            }
        }

        return false;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_earliestKnown);
        writer.Write(Places);
    }

    /// <summary>Into one that has none.</summary>
    public void Load(StateReader reader)
    {
        _earliestKnown = reader.Long();
        _places = reader.Array<int>();
        _count = _places.Length;
    }
}
