using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using ActorFinance.Model;
using MessagePack;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// Reads what <see cref="ContractWriter"/> wrote, as bytes that anybody may have changed: every length is compared with the bytes that
/// are left before anything is allocated, and every value passes the rule that input passes.
/// </summary>
internal ref struct ContractReader(ReadOnlyMemory<byte> bytes)
{
    /// <summary>More than any event needs: the longest list so far is a dividend's holders.</summary>
    public const int ItemsMaximum = 65_536;

    private const int DecimalLength = 16;
    private const int UuidLength = 16;
    private const int DecimalScaleMaximum = 28;

    // Payload, body, terms, list, item, conditions, list, condition, money: nine levels are the deepest contract.
    private static readonly MessagePackSecurity Security = MessagePackSecurity.UntrustedData.WithMaximumObjectGraphDepth(16);

    private readonly ReadOnlySpan<byte> _bytes = bytes.Span;
    private MessagePackReader _reader = new(bytes);

    public delegate T ReadItem<out T>(ref ContractReader reader);

    /// <summary>Where the value read last begins; in a fault, the value that broke the rule.</summary>
    public long Position { get; private set; }

    public readonly long Consumed => _reader.Consumed;

    /// <summary>An array of exactly so many values; <see cref="EndArray"/> follows the last.</summary>
    public void Array(int count)
    {
        var found = AnyArray();
        if (found != count)
        {
            throw new BrokenRuleException($"must be an array of {count} values, not {found}");
        }
    }

    public void EndArray() => _reader.Depth--;

    public ValueList<T> List<T>(ReadItem<T> read)
    {
        var count = AnyArray();
        if (count > ItemsMaximum)
        {
            throw new BrokenRuleException($"must be a list of at most {ItemsMaximum} items, not {count}");
        }

        if (count == 0)
        {
            EndArray();
            return Empty<T>.List;
        }

        var rented = ArrayPool<T>.Shared.Rent(count);
        try
        {
            for (var i = 0; i < count; i++)
            {
                rented[i] = read(ref this);
            }

            EndArray();
            return ValueList.Create<T>(rented.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }

    /// <summary>True and past it, if the next value is nil.</summary>
    public bool Nil()
    {
        Position = _reader.Consumed;
        return _reader.TryReadNil();
    }

    public bool Boolean()
    {
        Position = _reader.Consumed;
        return _reader.ReadBoolean();
    }

    public int Integer()
    {
        Position = _reader.Consumed;
        return _reader.ReadInt32();
    }

    public long Long()
    {
        Position = _reader.Consumed;
        return _reader.ReadInt64();
    }

    public Instant Instant()
    {
        var ticks = Long();
        return ticks >= 0 && ticks <= Model.Instant.Maximum.UtcTicks
            ? new(ticks)
            : throw new BrokenRuleException($"{ticks} must be a number of ticks from year 1 to 9999");
    }

    public Instant? OptionalInstant() => Nil() ? null : Instant();

    /// <summary>A text that most likely came before.</summary>
    public string Text()
    {
        var utf8 = Utf8();
        if (utf8.Length > TextCache<string>.LengthMaximum)
        {
            return Decode(utf8);
        }

        if (!TextCaches.Texts.TryGet(utf8, out var text))
        {
            text = Decode(utf8);
            TextCaches.Texts.Add(utf8, text);
        }

        return text;
    }

    public string? OptionalText() => Nil() ? null : Text();

    public T Id<T>()
        where T : struct, IValue<T>
    {
        var utf8 = Utf8();
        var ids = TextCaches.Of<T>.Ids;
        if (!ids.TryGet(utf8, out var id))
        {
            id = Parse<T>(utf8);
            ids.Add(utf8, id);
        }

        return id;
    }

    public T? OptionalId<T>()
        where T : struct, IValue<T> => Nil() ? null : Id<T>();

    /// <summary>An id that is new in almost every event, so that it would only drive others out of the cache.</summary>
    public T UniqueId<T>()
        where T : struct, IValue<T> => Parse<T>(Utf8());

    public EventId EventId() => new(Uuid());

    public EventId? OptionalEventId() => Nil() ? null : EventId();

    public StepId? OptionalStepId() => Nil() ? null : new StepId(Uuid());

    public Digest Digest()
    {
        Span<byte> scratch = stackalloc byte[Model.Digest.Length];
        Binary(scratch);
        return new(scratch);
    }

    public T Enumeration<T>()
        where T : struct, Enum
    {
        var code = Integer();
        return EnumCodes<T>.IsDefined(code)
            ? EnumCodes<T>.FromCode(code)
            : throw new BrokenRuleException($"{code} is no {typeof(T).Name}");
    }

    public T? OptionalEnumeration<T>()
        where T : struct, Enum => Nil() ? null : Enumeration<T>();

    public Money Money()
    {
        Array(2);
        var start = Position;
        var amount = Decimal();
        var currency = Id<Currency>();
        EndArray();
        if (Model.Money.TryOf(amount, currency, out var money))
        {
            return money;
        }

        Position = start;
        throw new BrokenRuleException($"{amount} {currency} must be {Model.Money.Rule}");
    }

    public Money? OptionalMoney() => Nil() ? null : Money();

    public ShareQuantity ShareQuantity()
    {
        var number = Decimal();
        return Model.ShareQuantity.TryOf(number, out var quantity)
            ? quantity
            : throw new BrokenRuleException($"{number} must be {Model.ShareQuantity.Rule}");
    }

    public ShareQuantity? OptionalShareQuantity() => Nil() ? null : ShareQuantity();

    public Quantity Quantity()
    {
        var number = Decimal();
        return Model.ShareQuantity.TryOf(number, out _)
            ? Model.Quantity.Of(number)
            : throw new BrokenRuleException($"{number} must be {Model.Quantity.Rule}");
    }

    public Quantity? OptionalQuantity() => Nil() ? null : Quantity();

    public Fraction? OptionalFraction()
    {
        if (Nil())
        {
            return null;
        }

        var number = Decimal();
        try
        {
            return Model.Fraction.Of(number);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new BrokenRuleException($"{number} must be {Model.Fraction.Rule}");
        }
    }

    /// <summary>The bytes of a value of type bin, as they lie in the payload.</summary>
    public ReadOnlySequence<byte> Binary()
    {
        Position = _reader.Consumed;
        // MessagePackReader also takes a text for bytes, as an old version of the format had it.
        if (_reader.NextMessagePackType != MessagePackType.Binary)
        {
            throw new BrokenRuleException("must be bytes");
        }

        RefuseLengthBeyondBytes(MessagePackCode.Bin32);
        return _reader.ReadBytes().GetValueOrDefault();
    }

    /// <summary>An array of any length; <see cref="EndArray"/> follows the last value.</summary>
    public int AnyArray()
    {
        Position = _reader.Consumed;
        // Refuses a count above the number of bytes that are left.
        var count = _reader.ReadArrayHeader();
        Security.DepthStep(ref _reader);
        return count;
    }

    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictText.Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new BrokenRuleException("must be a text in UTF-8");
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> utf8)
        where T : struct, IValue<T>
    {
        // No id or code is longer than 200 characters of at most 3 bytes: a longer text is not even made.
        if (utf8.Length <= 600 && T.TryParse(Decode(utf8), out var id))
        {
            return id;
        }

        throw new BrokenRuleException($"'{Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 80)])}' is no {typeof(T).Name}, which must be {T.Rule}");
    }

    private ReadOnlySpan<byte> Utf8()
    {
        Position = _reader.Consumed;
        RefuseLengthBeyondBytes(MessagePackCode.Str32);
        return _reader.TryReadStringSpan(out var utf8)
            ? utf8
            : throw new BrokenRuleException("must be a text, not nil");
    }

    /// <summary>MessagePackReader takes a length above <see cref="int.MaxValue"/> for one below 0, and throws what no caller expects.</summary>
    private readonly void RefuseLengthBeyondBytes(byte code)
    {
        var rest = _bytes[(int)_reader.Consumed..];
        if (rest.Length > sizeof(uint) && rest[0] == code && BinaryPrimitives.ReadUInt32BigEndian(rest[1..]) > rest.Length)
        {
            throw new BrokenRuleException("must not be longer than the bytes that are left");
        }
    }

    /// <summary>Bytes of a fixed number, straight from the payload: cutting a sequence out for each took a tenth of all reading.</summary>
    private void Binary(scoped Span<byte> destination)
    {
        Position = _reader.Consumed;
        var rest = _bytes[(int)Position..];
        if (rest.Length < 2 + destination.Length || rest[0] != MessagePackCode.Bin8 || rest[1] != destination.Length)
        {
            throw new BrokenRuleException($"must be {destination.Length} bytes");
        }

        rest.Slice(2, destination.Length).CopyTo(destination);
        _reader.Skip();
    }

    private Guid Uuid()
    {
        Span<byte> scratch = stackalloc byte[UuidLength];
        Binary(scratch);
        return new(scratch, bigEndian: true);
    }

    private decimal Decimal()
    {
        Span<byte> words = stackalloc byte[DecimalLength];
        Binary(words);
        var flags = BinaryPrimitives.ReadInt32BigEndian(words);
        var high = BinaryPrimitives.ReadInt32BigEndian(words[4..]);
        var middle = BinaryPrimitives.ReadInt32BigEndian(words[8..]);
        var low = BinaryPrimitives.ReadInt32BigEndian(words[12..]);
        var scale = (flags >> 16) & 0xFF;
        if ((flags & 0x7F00FFFF) != 0 || scale > DecimalScaleMaximum)
        {
            throw new BrokenRuleException($"{flags:x8} must be a decimal's flags: a sign and a scale of 0 to {DecimalScaleMaximum}");
        }

        var value = new decimal(low, middle, high, flags < 0, (byte)scale);
        if (value == 0 ? flags != 0 : Numbers.Normalise(value).Scale != scale)
        {
            throw new BrokenRuleException($"{value} must be written without trailing zeros, and zero without a sign");
        }

        return value;
    }

    private static class Empty<T>
    {
        public static readonly ValueList<T> List = [];
    }
}
