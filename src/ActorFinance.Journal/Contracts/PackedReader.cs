using System.Buffers.Binary;
using MessagePack;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// The few forms of MessagePack that contracts use, read straight from bytes that anybody may have changed: every length is compared with
/// the bytes that are left, nothing recurses, nothing is allocated. The library's reader walks a sequence of segments and took twice as
/// long for a header of 19 small values, and its assembly had to be loaded and compiled by every cold start.
/// </summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private const string Ended = "must not end before its last byte";

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The place of the next value.</summary>
    public int Position { get; private set; }

    /// <summary>True and past it, if the next value is nil.</summary>
    public bool TryNil()
    {
        if (Peek() != MessagePackCode.Nil)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool Boolean() => Code() switch
    {
        MessagePackCode.True => true,
        MessagePackCode.False => false,
        _ => throw new BrokenRuleException("must be true or false"),
    };

    public int Integer()
    {
        var value = Long();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new BrokenRuleException($"{value} must be a number of 32 bits");
    }

    public long Long()
    {
        var code = Code();
        return code switch
        {
            <= MessagePackCode.MaxFixInt => code,
            >= MessagePackCode.MinNegativeFixInt => unchecked((sbyte)code),
            MessagePackCode.UInt8 => Take(1)[0],
            MessagePackCode.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            MessagePackCode.UInt64 => Within(BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
            MessagePackCode.Int8 => unchecked((sbyte)Take(1)[0]),
            MessagePackCode.Int16 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            MessagePackCode.Int32 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            MessagePackCode.Int64 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw new BrokenRuleException("must be a whole number"),
        };
    }

    /// <summary>The number of values in the array that begins here; each takes a byte at least.</summary>
    public int ArrayHeader()
    {
        var code = Code();
        var count = code switch
        {
            >= MessagePackCode.MinFixArray and <= MessagePackCode.MaxFixArray => (uint)(code - MessagePackCode.MinFixArray),
            MessagePackCode.Array16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Array32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw new BrokenRuleException("must be an array"),
        };
        return count <= _bytes.Length - Position ? (int)count : throw new BrokenRuleException("must not be longer than the bytes that are left");
    }

    public ReadOnlySpan<byte> Text()
    {
        var code = Code();
        return Take(code switch
        {
            >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr => (uint)(code - MessagePackCode.MinFixStr),
            MessagePackCode.Str8 => Take(1)[0],
            MessagePackCode.Str16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Str32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            MessagePackCode.Nil => throw new BrokenRuleException("must be a text, not nil"),
            _ => throw new BrokenRuleException("must be a text"),
        });
    }

    public ReadOnlySpan<byte> Binary() => Take(Code() switch
    {
        MessagePackCode.Bin8 => Take(1)[0],
        MessagePackCode.Bin16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        MessagePackCode.Bin32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        _ => throw new BrokenRuleException("must be bytes"),
    });

    /// <summary>Bytes of a fixed number, below 256.</summary>
    public ReadOnlySpan<byte> Binary(int length)
    {
        var rest = _bytes[Position..];
        if (rest.Length < 2 + length || rest[0] != MessagePackCode.Bin8 || rest[1] != length)
        {
            throw new BrokenRuleException($"must be {length} bytes");
        }

        Position += 2 + length;
        return rest.Slice(2, length);
    }

    private static long Within(ulong value) =>
        value <= long.MaxValue ? (long)value : throw new BrokenRuleException($"{value} must be a number of 63 bits and a sign");

    private readonly byte Peek() => Position < _bytes.Length ? _bytes[Position] : throw new BrokenRuleException(Ended);

    private byte Code()
    {
        var code = Peek();
        Position++;
        return code;
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > _bytes.Length - Position)
        {
            throw new BrokenRuleException("must not be longer than the bytes that are left");
        }

        var taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
