using System.Buffers.Binary;
using System.Numerics;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// The ids and short texts last read, by their bytes: a journal names the same few companies, currencies and units over and over.
/// A fixed number of slots, each overwritten by the next comer, so that no journal, however hostile, makes it grow. Not generic in what it
/// keeps: code over another assembly's structs is never compiled ahead, and this is called for every row (decision 0031).
/// </summary>
internal sealed class TextCache(int slots)
{
    public const int LengthMaximum = 128;

    private const int BothEnds = 2 * sizeof(ulong);

    private readonly Entry?[] _entries = new Entry?[BitOperations.RoundUpToPowerOf2((uint)slots)];

    /// <summary>What was kept for these bytes; null if that is not there.</summary>
    public object? Find(ReadOnlySpan<byte> utf8)
    {
        // Entries are immutable and replaced whole: a reader in another thread sees the old one or the new one.
        var entry = _entries[Slot(utf8, out var first, out var last)];
        return entry is not null && entry.First == first && entry.Last == last && entry.Length == utf8.Length
            && (utf8.Length <= BothEnds || utf8.SequenceEqual(entry.Utf8)) ? entry.Value : null;
    }

    public void Add(ReadOnlySpan<byte> utf8, object value)
    {
        if (utf8.Length <= LengthMaximum)
        {
            _entries[Slot(utf8, out var first, out var last)] = new(first, last, utf8.ToArray(), value);
        }
    }

    /// <summary>
    /// Where the text belongs, and its first and last eight bytes, which overlap in short ones: with the length they tell texts of up to sixteen bytes,
    /// which nearly all names are, from each other without a look at the kept bytes.
    /// </summary>
    private int Slot(ReadOnlySpan<byte> utf8, out ulong first, out ulong last)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        (first, last) = (0, 0);
        if (utf8.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(utf8);
            last = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]);
        }
        else
        {
            foreach (var b in utf8)
            {
                first = (first << 8) | b;
            }
        }

        unchecked
        {
            var hash = BitOperations.RotateLeft((first ^ (ulong)utf8.Length) * Odd, 29) ^ last;
            for (var start = sizeof(ulong); start < utf8.Length - sizeof(ulong) - sizeof(ulong); start += sizeof(ulong))
            {
                hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8[start..])) * Odd, 29);
            }

            // Names differ in their last letters, which are the highest bits here: a product alone carries nothing down from them.
            hash = (hash ^ (hash >> 32)) * Odd;
            return (int)(hash >> 40) & (_entries.Length - 1);
        }
    }

    private sealed class Entry(ulong first, ulong last, byte[] utf8, object value)
    {
        public ulong First { get; } = first;

        public ulong Last { get; } = last;

        // Beside the bytes and not of them: they lie elsewhere in memory.
        public int Length { get; } = utf8.Length;

        public byte[] Utf8 { get; } = utf8;

        public object Value { get; } = value;
    }
}

internal static class TextCaches
{
    /// <summary>Free texts such as units, legs and sources.</summary>
    public static readonly TextCache Texts = new(4096);

    // Two companies in one slot drive each other out at every event, so theirs is roomy: 1,000 of them share few of 16,384 slots.
    public static readonly TextCache Companies = new(16_384);

    public static readonly TextCache Currencies = new(1_024);

    public static class Of<T>
        where T : struct, IValue<T>
    {
        public static readonly TextCache Ids = typeof(T) == typeof(CompanyId) ? Companies : typeof(T) == typeof(Currency) ? Currencies : new(1_024);
    }
}
