using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorFinance.Actors.Companies;

/// <summary>
/// UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, the version, 74 random bits. As <see cref="Guid.CreateVersion7(DateTimeOffset)"/>, but the random bits
/// of many ids come in one call of the system.
/// </summary>
internal static class TimedIds
{
    private const int Length = 16;
    private const int TimeLength = 6;
    private const int RandomLength = Length - TimeLength;
    private const int IdsAtOnce = 256;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _left;

    public static Guid Next(DateTimeOffset time)
    {
        var random = _random ??= new byte[IdsAtOnce * RandomLength];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(random);
            _left = IdsAtOnce;
        }

        _left--;
        Span<byte> id = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(_left * RandomLength, RandomLength).CopyTo(id[TimeLength..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id, bigEndian: true);
    }
}
