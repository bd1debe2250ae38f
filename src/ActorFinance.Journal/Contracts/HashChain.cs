using System.Buffers.Binary;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// What ties each stored event to the one before it in its company's journal, so that a changed, lost or reordered row shows:
/// SHA-256 of int32 length and UTF-8 of the persistence id, int64 sequence number, length and UTF-8 of the manifest, length and payload,
/// all numbers big-endian (decision 0001).
/// </summary>
public static class HashChain
{
    private const int LengthOnStackMaximum = 1_024;

    /// <summary>What the first event of a journal names as its predecessor: 32 zero bytes.</summary>
    public static Digest Zero => default;

    public static Digest HashOf(string persistenceId, long sequenceNumber, string manifest, ReadOnlySpan<byte> payload)
    {
        var idLength = StrictText.Utf8.GetByteCount(persistenceId);
        var manifestLength = StrictText.Utf8.GetByteCount(manifest);
        var length = sizeof(int) + idLength + sizeof(long) + sizeof(int) + manifestLength + sizeof(int) + payload.Length;

        // In one piece: each piece is a call of the system's library of its own, which takes longer than copying.
        var hashed = length <= LengthOnStackMaximum ? stackalloc byte[length] : new byte[length];
        var rest = AppendText(hashed, persistenceId, idLength);
        BinaryPrimitives.WriteInt64BigEndian(rest, sequenceNumber);
        rest = AppendText(rest[sizeof(long)..], manifest, manifestLength);
        BinaryPrimitives.WriteInt32BigEndian(rest, payload.Length);
        payload.CopyTo(rest[sizeof(int)..]);

        Span<byte> digest = stackalloc byte[Digest.Length];
        Sha256.HashOf(hashed, [], digest);
        return new(digest);
    }

    private static Span<byte> AppendText(Span<byte> destination, string text, int utf8Length)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, utf8Length);
        StrictText.Utf8.GetBytes(text, destination[sizeof(int)..]);
        return destination[(sizeof(int) + utf8Length)..];
    }
}
