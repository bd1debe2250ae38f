using System.Buffers;
using System.Buffers.Binary;
using ActorFinance.Model;
using MessagePack;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// Writes the few kinds of value that contracts consist of, in the forms of decision 0001. What could not be read back is refused here,
/// before it is in somebody's journal for ever.
/// </summary>
internal ref struct ContractWriter(IBufferWriter<byte> output)
{
    private const int DecimalLength = 16;
    private const int UuidLength = 16;

    private MessagePackWriter _writer = new(output);

    public delegate void WriteItem<in T>(ref ContractWriter writer, T item);

    public void Flush() => _writer.Flush();

    public void Array(int count) => _writer.WriteArrayHeader(count);

    public void Nil() => _writer.WriteNil();

    public void List<T>(ValueList<T> items, WriteItem<T> write)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count > ContractReader.ItemsMaximum)
        {
            throw Unreadable($"a list has at most {ContractReader.ItemsMaximum} items, this one {items.Count}");
        }

        Array(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            write(ref this, items[i]);
        }
    }

    public void Boolean(bool value) => _writer.Write(value);

    public void Integer(int value) => _writer.Write(value);

    public void Long(long value) => _writer.Write(value);

    public void Instant(Instant value) => _writer.Write(value.UtcTicks);

    public void Instant(Instant? value)
    {
        if (value is { } instant)
        {
            Instant(instant);
        }
        else
        {
            Nil();
        }
    }

    public void Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = StrictText.Utf8.GetByteCount(text);
        _writer.WriteStringHeader(length);
        _writer.Advance(StrictText.Utf8.GetBytes(text, _writer.GetSpan(length)));
    }

    public void OptionalText(string? text)
    {
        if (text is null)
        {
            Nil();
        }
        else
        {
            Text(text);
        }
    }

    /// <summary>An id, a code: whatever is stored as the text that its own rule reads.</summary>
    public void Id<T>(T id)
        where T : struct, IValue<T>
    {
        var text = id.ToString();
        if (text is null)
        {
            throw Unreadable($"a {typeof(T).Name} that was never set");
        }

        Text(text!);
    }

    public void Id<T>(T? id)
        where T : struct, IValue<T>
    {
        if (id is { } value)
        {
            Id(value);
        }
        else
        {
            Nil();
        }
    }

    public void Uuid(EventId id) => Uuid(id.Value);

    public void Uuid(EventId? id) => OptionalUuid(id?.Value);

    public void OptionalUuid(Guid? id)
    {
        if (id is { } value)
        {
            Uuid(value);
        }
        else
        {
            Nil();
        }
    }

    public void Digest(Digest digest)
    {
        _writer.WriteBinHeader(Model.Digest.Length);
        digest.CopyTo(_writer.GetSpan(Model.Digest.Length));
        _writer.Advance(Model.Digest.Length);
    }

    public void Enumeration<T>(T value)
        where T : struct, Enum
    {
        var code = EnumCodes<T>.ToCode(value);
        if (!EnumCodes<T>.IsDefined(code))
        {
            throw Unreadable($"{code} is no {typeof(T).Name}");
        }

        _writer.Write(code);
    }

    public void Enumeration<T>(T? value)
        where T : struct, Enum
    {
        if (value is { } known)
        {
            Enumeration(known);
        }
        else
        {
            Nil();
        }
    }

    public void Money(Money money)
    {
        if (!Model.Money.TryOf(money.Amount, money.Currency, out _))
        {
            throw Unreadable($"{money} must be {Model.Money.Rule}");
        }

        Array(2);
        Decimal(money.Amount);
        Id(money.Currency);
    }

    public void Money(Money? money)
    {
        if (money is { } value)
        {
            Money(value);
        }
        else
        {
            Nil();
        }
    }

    public void Quantity(Quantity quantity) => Decimal(quantity.Value);

    public void Quantity(Quantity? quantity) => OptionalDecimal(quantity?.Value);

    public void Quantity(ShareQuantity quantity) => Decimal(quantity.Value);

    public void Quantity(ShareQuantity? quantity) => OptionalDecimal(quantity?.Value);

    public void Fraction(Fraction? fraction) => OptionalDecimal(fraction?.Value);

    private static ArgumentException Unreadable(string rule) => new($"an event that could not be read back: {rule}");

    private void OptionalDecimal(decimal? value)
    {
        if (value is { } known)
        {
            Decimal(known);
        }
        else
        {
            Nil();
        }
    }

    /// <summary>Flags, high, middle, low; without trailing zeros, and zero without a sign.</summary>
    private void Decimal(decimal value)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(value == 0 ? 0m : Numbers.Normalise(value), words);
        _writer.WriteBinHeader(DecimalLength);
        var span = _writer.GetSpan(DecimalLength);
        BinaryPrimitives.WriteInt32BigEndian(span, words[3]);
        BinaryPrimitives.WriteInt32BigEndian(span[4..], words[2]);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], words[1]);
        BinaryPrimitives.WriteInt32BigEndian(span[12..], words[0]);
        _writer.Advance(DecimalLength);
    }

    private void Uuid(Guid id)
    {
        _writer.WriteBinHeader(UuidLength);
        id.TryWriteBytes(_writer.GetSpan(UuidLength), bigEndian: true, out _);
        _writer.Advance(UuidLength);
    }
}
