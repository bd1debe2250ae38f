using System.Security.Cryptography;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// The first 8 bytes of SHA-256 over a manifest and all bytes before the checksum, which is the last 8 bytes and the 2 of its
/// MessagePack header (decision 0001).
/// </summary>
internal static class Checksum
{
    public const int Length = 8;

    /// <summary>As written: a MessagePack bin 8 header of two bytes, then the checksum.</summary>
    public const int EncodedLength = 2 + Length;

    public static void Append(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256.HashOf(manifest, bytes, digest);
        destination[0] = MessagePack.MessagePackCode.Bin8;
        destination[1] = Length;
        digest[..Length].CopyTo(destination[2..]);
    }

    /// <summary>Whether the last bytes are the checksum of those before them.</summary>
    public static bool Holds(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < EncodedLength)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[EncodedLength];
        Append(manifest, sealedBytes[..^EncodedLength], expected);
        return expected.SequenceEqual(sealedBytes[^EncodedLength..]);
    }
}
