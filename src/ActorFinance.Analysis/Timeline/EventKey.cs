using System.Runtime.InteropServices;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>An event's id as two numbers, as it is kept in columns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct EventKey
{
    private readonly ulong _first;
    private readonly ulong _second;

    private EventKey(ulong first, ulong second) => (_first, _second) = (first, second);

    /// <summary>Of a version 7 id the second half is random, and the first tells ids of one generator apart.</summary>
    public int Hash => unchecked((int)(((_first ^ (_second * 0xD6E8FEB86659FD93UL)) * 0x9E3779B97F4A7C15UL) >> 32));

    public EventId Id
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            MemoryMarshal.Write(bytes, _first);
            MemoryMarshal.Write(bytes[8..], _second);
            return new(new Guid(bytes));
        }
    }

    public static EventKey Of(EventId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes);
        return new(MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[8..]));
    }

    public bool IsSameAs(in EventKey other) => _first == other._first && _second == other._second;
}
