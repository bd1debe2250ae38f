using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MessagePack;

namespace ActorFinance.Journal.Tests.Contracts;

/// <summary>Payloads made by hand, from decision 0001 and not from the code under test, with a checksum that holds.</summary>
internal static class RawPayload
{
    private const int ChecksumLength = 10;
    private const int HeaderKeys = 19;

    public static byte[] Seal(string manifest, ReadOnlySpan<byte> unsealed)
    {
        var checksum = SHA256.HashData([.. Encoding.UTF8.GetBytes(manifest), .. unsealed]);
        return [.. unsealed, 0xc4, 8, .. checksum.AsSpan(0, 8)];
    }

    public static byte[] Unseal(byte[] payload) => payload[..^ChecksumLength];

    /// <summary>The same header before another body, under another manifest.</summary>
    public static byte[] WithBody(string manifest, byte[] payload, Action<ArrayBufferWriter<byte>> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(payload.AsSpan(0, BodyStart(payload)));
        body(buffer);
        return Seal(manifest, buffer.WrittenSpan);
    }

    public static int BodyStart(byte[] payload)
    {
        var reader = new MessagePackReader(payload);
        reader.ReadArrayHeader();
        for (var i = 0; i < HeaderKeys; i++)
        {
            reader.Skip();
        }

        return (int)reader.Consumed;
    }
}
