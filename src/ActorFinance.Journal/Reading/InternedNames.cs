using System.Buffers.Binary;
using System.Text;

namespace ActorFinance.Journal.Reading;

/// <summary>
/// One string for each distinct name in a column, found by its UTF-8 bytes: a scan of a million rows makes as many
/// strings as there are companies, not as there are rows. Safe for concurrent use: readers take no lock, a table is
/// never changed but by adding to free slots, and replaced by a larger one.
/// </summary>
internal sealed class InternedNames
{
    private const int LengthMinimum = 256;

    private readonly Lock _adding = new();
    private Entry?[] _table = new Entry?[LengthMinimum];
    private int _count;

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";

        var hash = Hash(utf8);
        return Find(Volatile.Read(ref _table), hash, utf8)?.Name ?? Add(hash, utf8);
    }

    private static Entry? Find(Entry?[] table, int hash, ReadOnlySpan<byte> utf8)
    {
        for (var slot = hash & (table.Length - 1); ; slot = (slot + 1) & (table.Length - 1))
        {
            var entry = Volatile.Read(ref table[slot]);
            if (entry is null || (entry.Hash == hash && utf8.SequenceEqual(entry.Utf8)))
                return entry;
        }
    }

    private string Add(int hash, ReadOnlySpan<byte> utf8)
    {
        lock (_adding)
        {
            if (Find(_table, hash, utf8) is { } known)
                return known.Name;

            // At most half full, so that a search always meets a free slot.
            if (++_count * 2 > _table.Length)
            {
                var larger = new Entry?[_table.Length * 2];
                foreach (var entry in _table)
                {
                    if (entry is not null)
                        Put(larger, entry);
                }

                Volatile.Write(ref _table, larger);
            }

            var added = new Entry(hash, utf8.ToArray(), Encoding.UTF8.GetString(utf8));
            Put(_table, added);
            return added.Name;
        }
    }

    private static void Put(Entry?[] table, Entry entry)
    {
        var slot = entry.Hash & (table.Length - 1);
        while (table[slot] is not null)
            slot = (slot + 1) & (table.Length - 1);

        Volatile.Write(ref table[slot], entry);
    }

    /// <summary>Eight bytes a step: names are short and share their beginning (<c>company-</c>), so every byte takes part.</summary>
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        unchecked
        {
            const ulong Odd = 0x9E3779B97F4A7C15;
            var hash = (ulong)utf8.Length * Odd;
            var whole = utf8;
            for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * Odd;
                hash ^= hash >> 32;
            }

            // The last eight once more, in part, rather than byte by byte. Folded first: a product carries nothing down from the last letters, the highest bits.
            if (whole.Length >= sizeof(ulong))
            {
                hash ^= BinaryPrimitives.ReadUInt64LittleEndian(whole[^sizeof(ulong)..]);
                return Mixed((hash ^ (hash >> 32)) * Odd);
            }

            foreach (var b in utf8)
                hash = (hash ^ b) * Odd;

            return Mixed(hash);
        }
    }

    private static int Mixed(ulong hash) => unchecked((int)(hash ^ (hash >> 32)));

    private sealed class Entry(int hash, byte[] utf8, string name)
    {
        public int Hash { get; } = hash;

        public byte[] Utf8 { get; } = utf8;

        public string Name { get; } = name;
    }
}
