using System.Buffers.Binary;
using System.Numerics;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// The ids and short texts last read, by their bytes: a journal names the same few companies, currencies and units over and over.
/// A fixed number of slots, each overwritten by the next comer, so that no journal, however hostile, makes it grow.
/// </summary>
internal sealed class TextCache<T>(int slots)
{
    public const int LengthMaximum = 128;

    private readonly Entry?[] _entries = new Entry?[BitOperations.RoundUpToPowerOf2((uint)slots)];

    public bool TryGet(ReadOnlySpan<byte> utf8, out T value)
    {
        // Entries are immutable and replaced whole: a reader in another thread sees the old one or the new one.
        var entry = _entries[Slot(utf8)];
        var found = entry is not null && utf8.SequenceEqual(entry.Utf8);
        value = found ? entry!.Value : default!;
        return found;
    }

    public void Add(ReadOnlySpan<byte> utf8, T value)
    {
        if (utf8.Length <= LengthMaximum)
        {
            _entries[Slot(utf8)] = new(utf8.ToArray(), value);
        }
    }

    private int Slot(ReadOnlySpan<byte> utf8)
    {
        unchecked
        {
            var hash = (ulong)utf8.Length;
            for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
            {
                hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * 0x9E3779B97F4A7C15, 29);
            }

            foreach (var b in utf8)
            {
                hash = (hash ^ b) * 0x100000001B3;
            }

            return (int)((hash * 0x9E3779B97F4A7C15) >> 40) & (_entries.Length - 1);
        }
    }

    private sealed record Entry(byte[] Utf8, T Value);
}

internal static class TextCaches
{
    /// <summary>Free texts such as units, legs and sources.</summary>
    public static readonly TextCache<string> Texts = new(4096);

    public static class Of<T>
        where T : struct, IValue<T>
    {
        // Two companies in one slot drive each other out at every event, so theirs is roomy: 1,000 of them share few of 16,384 slots.
        public static readonly TextCache<T> Ids = new(typeof(T) == typeof(CompanyId) ? 16_384 : 1_024);
    }
}
