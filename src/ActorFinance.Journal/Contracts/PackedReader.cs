using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MessagePack;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// The few forms of MessagePack that contracts use, read straight from bytes that anybody may have changed: every length is compared with
/// the bytes that are left, nothing recurses, nothing is allocated. The library's reader walks a sequence of segments and took twice as
/// long for a header of 19 small values, and its assembly had to be loaded and compiled by every cold start. What is read of every event is inlined, and its faults are
/// put into words apart from it: a text with a value in it is a structure that the method would clear at every call.
/// </summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private const string Ended = "must not end before its last byte";

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The place of the next value.</summary>
    public int Position { get; private set; }

    /// <summary>True and past it, if the next value is nil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Wide(value, "32 bits");
    }

    public long Long()
    {
        var code = Code();
        return code <= MessagePackCode.MaxFixInt ? code : WideLong(code);
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
        return count <= _bytes.Length - Position ? (int)count : throw Short();
    }

    public ReadOnlySpan<byte> Text()
    {
        var code = Code();
        return Take(code is >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr ? (uint)(code - MessagePackCode.MinFixStr) : LongTextLength(code));
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
            throw NoBytes(length);
        }

        Position += 2 + length;
        return rest.Slice(2, length);
    }

    private long WideLong(byte code)
    {
        if (code >= MessagePackCode.MinNegativeFixInt)
        {
            return unchecked((sbyte)code);
        }

        if (code is < MessagePackCode.UInt8 or > MessagePackCode.Int64)
        {
            throw new BrokenRuleException("must be a whole number");
        }

        // Four codes for 1, 2, 4 and 8 bytes without a sign, then four with one.
        var bytes = Take(1u << ((code - MessagePackCode.UInt8) & 3));
        return code switch
        {
            MessagePackCode.UInt8 => bytes[0],
            MessagePackCode.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            MessagePackCode.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            MessagePackCode.UInt64 => Within(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
            MessagePackCode.Int8 => unchecked((sbyte)bytes[0]),
            MessagePackCode.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            MessagePackCode.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
    }

    private uint LongTextLength(byte code) => code switch
    {
        MessagePackCode.Str8 => Take(1)[0],
        MessagePackCode.Str16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        MessagePackCode.Str32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        MessagePackCode.Nil => throw new BrokenRuleException("must be a text, not nil"),
        _ => throw new BrokenRuleException("must be a text"),
    };

    private static long Within(ulong value) =>
        value <= long.MaxValue ? (long)value : throw Wide(value, "63 bits and a sign");

    private static BrokenRuleException Wide<T>(T value, string bits) => new($"{value} must be a number of {bits}");

    private static BrokenRuleException NoBytes(int length) => new($"must be {length} bytes");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Peek() => Position < _bytes.Length ? _bytes[Position] : throw Early();

    private static BrokenRuleException Early() => new(Ended);

    private static BrokenRuleException Short() => new("must not be longer than the bytes that are left");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Code()
    {
        var code = Peek();
        Position++;
        return code;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > _bytes.Length - Position)
        {
            throw Short();
        }

        var taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
