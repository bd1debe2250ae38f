using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>An event's id: a UUIDv7.</summary>
[JsonConverter(typeof(ValueJsonConverter<EventId>))]
public readonly record struct EventId(Guid Value) : IValue<EventId>, IComparable<EventId>
{
    public static string Rule => "a UUID";

    public static bool TryParse(string? text, out EventId value)
    {
        var valid = Guid.TryParseExact(text, "D", out var guid);
        value = new(guid);
        return valid;
    }

    public int CompareTo(EventId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>One exchange under a deal that two companies must both make, or neither: a UUIDv7.</summary>
[JsonConverter(typeof(ValueJsonConverter<StepId>))]
public readonly record struct StepId(Guid Value) : IValue<StepId>
{
    public static string Rule => "a UUID";

    public static bool TryParse(string? text, out StepId value)
    {
        var valid = Guid.TryParseExact(text, "D", out var guid);
        value = new(guid);
        return valid;
    }

    public override string ToString() => Value.ToString("D");
}

/// <summary>Names one order; sent again, it has no second effect.</summary>
[JsonConverter(typeof(ValueJsonConverter<CommandId>))]
public readonly record struct CommandId : IValue<CommandId>
{
    private CommandId(string value) => Value = value;

    public static string Rule => "1 to 200 visible characters";

    public string Value { get; }

    public static bool TryParse(string? text, out CommandId value)
    {
        var valid = text is { Length: > 0 and <= 200 } && IsVisible(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsVisible(string text)
    {
        foreach (var c in text)
        {
            if (c <= ' ' || char.IsControl(c) || char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>SHA-256 of a command's canonical form; equality is by content.</summary>
public readonly struct Digest : IEquatable<Digest>
{
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    public Digest(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _high = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    public void CopyTo(Span<byte> destination)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Digest other) => _high == other._high && _low == other._low;

    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_high, _low);

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
