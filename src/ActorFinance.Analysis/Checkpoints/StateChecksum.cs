using System.Buffers.Binary;
using System.Numerics;

namespace ActorFinance.Analysis.Checkpoints;

/// <summary>
/// 64 bits over a stream of bytes, against torn and damaged files, not against forgers: four lanes of eight bytes, so that it keeps up with memory.
/// It depends on how the stream is cut into pieces, which writer and reader do alike.
/// </summary>
internal struct StateChecksum
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private ulong _first = 1;
    private ulong _second = 2;
    private ulong _third = 3;
    private ulong _fourth = 4;

    public StateChecksum()
    {
    }

    public readonly ulong Value
    {
        get
        {
            unchecked
            {
                return Mix(Mix(Mix(Mix(Odd, _first), _second), _third), _fourth);
            }
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _first = Mix(_first, (ulong)bytes.Length);
        for (; bytes.Length >= 32; bytes = bytes[32..])
        {
            _first = Mix(_first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            _second = Mix(_second, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            _third = Mix(_third, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
            _fourth = Mix(_fourth, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        }

        foreach (var one in bytes)
        {
            _second = Mix(_second, one);
        }
    }

    private static ulong Mix(ulong lane, ulong word) => unchecked(BitOperations.RotateLeft(lane ^ word, 29) * Odd);
}
