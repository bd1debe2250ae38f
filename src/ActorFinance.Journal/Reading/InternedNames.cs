using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorFinance.Journal.Reading;

/// <summary>
/// One string for each distinct name in a column, found by its UTF-8 bytes: a scan of a million rows makes as many
/// strings as there are companies, not as there are rows. Safe for concurrent use.
/// </summary>
internal sealed class InternedNames
{
    private readonly ConcurrentDictionary<byte[], string> _names = new(Utf8Comparer.Instance);
    private readonly ConcurrentDictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public InternedNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<byte>>();

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";

        if (_lookup.TryGetValue(utf8, out var known))
            return known;

        return _names.GetOrAdd(utf8.ToArray(), Encoding.UTF8.GetString);
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        /// <summary>Eight bytes a step: names are short and share their beginning (<c>company-</c>), so every byte takes part.</summary>
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            unchecked
            {
                const ulong Odd = 0x9E3779B97F4A7C15;
                var hash = (ulong)alternate.Length * Odd;
                while (alternate.Length >= 8)
                {
                    hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(alternate)) * Odd;
                    hash ^= hash >> 32;
                    alternate = alternate[8..];
                }

                foreach (var b in alternate)
                    hash = (hash ^ b) * Odd;

                return (int)(hash ^ (hash >> 32));
            }
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
