using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>
/// Reads what <see cref="ContractWriter"/> wrote, as bytes that anybody may have changed: every length is compared with the bytes that
/// are left before anything is allocated, and every value passes the rule that input passes.
/// </summary>
internal ref struct ContractReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>More than any event needs: the longest list so far is a dividend's holders.</summary>
    public const int ItemsMaximum = 65_536;

    private const int DecimalLength = 16;
    private const int UuidLength = 16;
    private const int DecimalScaleMaximum = 28;

    /// <summary>No id or code is longer than 200 characters of at most 3 bytes: a longer text is not even made.</summary>
    private const int IdBytesMaximum = 600;

    private PackedReader _reader = new(bytes);

    public delegate T ReadItem<out T>(ref ContractReader reader);

    /// <summary>Where the value read last begins; in a fault, the value that broke the rule.</summary>
    public long Position { get; private set; }

    public readonly long Consumed => _reader.Position;

    /// <summary>An array of exactly so many values.</summary>
    public void Array(int count)
    {
        var found = AnyArray();
        if (found != count)
        {
            throw NoArrayOf(count, found);
        }
    }

    public ValueList<T> List<T>(ReadItem<T> read)
    {
        var count = AnyArray();
        if (count > ItemsMaximum)
        {
            throw new BrokenRuleException($"must be a list of at most {ItemsMaximum} items, not {count}");
        }

        if (count == 0)
        {
            return Empty<T>.List;
        }

        var rented = ArrayPool<T>.Shared.Rent(count);
        try
        {
            for (var i = 0; i < count; i++)
            {
                rented[i] = read(ref this);
            }

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
        Position = _reader.Position;
        return _reader.TryNil();
    }

    public bool Boolean()
    {
        Position = _reader.Position;
        return _reader.Boolean();
    }

    public int Integer()
    {
        Position = _reader.Position;
        return _reader.Integer();
    }

    public long Long()
    {
        Position = _reader.Position;
        return _reader.Long();
    }

    public Instant Instant()
    {
        var ticks = Long();
        return ticks >= 0 && ticks <= Model.Instant.Maximum.UtcTicks
            ? new(ticks)
            : throw NoInstant(ticks);
    }

    public Instant? OptionalInstant() => Nil() ? null : Instant();

    /// <summary>A text that most likely came before.</summary>
    public string Text()
    {
        var utf8 = Utf8();
        if (utf8.Length > TextCache.LengthMaximum)
        {
            return Decode(utf8);
        }

        if (TextCaches.Texts.Find(utf8) is string known)
        {
            return known;
        }

        var text = Decode(utf8);
        TextCaches.Texts.Add(utf8, text);
        return text;
    }

    public string? OptionalText() => Nil() ? null : Text();

    public T Id<T>()
        where T : struct, IValue<T>
    {
        var utf8 = Utf8();
        var ids = TextCaches.Of<T>.Ids;
        if (ids.Find(utf8) is { } known)
        {
            return (T)known;
        }

        var id = Parse<T>(utf8);
        ids.Add(utf8, id);
        return id;
    }

    /// <summary>The same as <see cref="Id{T}"/>, compiled ahead: every event names companies.</summary>
    public CompanyId Company()
    {
        var utf8 = Utf8();
        if (TextCaches.Companies.Find(utf8) is { } known)
        {
            return (CompanyId)known;
        }

        if (utf8.Length > IdBytesMaximum || !CompanyId.TryParse(Decode(utf8), out var id))
        {
            throw NoId(utf8, nameof(CompanyId), CompanyId.Rule);
        }

        TextCaches.Companies.Add(utf8, id);
        return id;
    }

    /// <summary>The same as <see cref="Id{T}"/>, compiled ahead: nearly every event has an amount.</summary>
    public Currency Currency()
    {
        var utf8 = Utf8();
        if (TextCaches.Currencies.Find(utf8) is { } known)
        {
            return (Currency)known;
        }

        if (utf8.Length > IdBytesMaximum || !Model.Currency.TryParse(Decode(utf8), out var code))
        {
            throw NoId(utf8, nameof(Currency), Model.Currency.Rule);
        }

        TextCaches.Currencies.Add(utf8, code);
        return code;
    }

    /// <summary>The same as <see cref="Enumeration{T}"/>, compiled ahead: every header has one.</summary>
    public StepRole Role()
    {
        var code = Integer();
        return code is >= (int)StepRole.None and <= (int)StepRole.Closing ? (StepRole)code : throw NoCode(code, nameof(StepRole));
    }

    public T? OptionalId<T>()
        where T : struct, IValue<T> => Nil() ? null : Id<T>();

    /// <summary>An id that is new in almost every event, so that it would only drive others out of the cache.</summary>
    public T UniqueId<T>()
        where T : struct, IValue<T> => Parse<T>(Utf8());

    public EventId EventId() => new(Uuid());

    public EventId? OptionalEventId() => Nil() ? null : EventId();

    public StepId? OptionalStepId() => Nil() ? null : new StepId(Uuid());

    public Digest Digest() => new(Binary(Model.Digest.Length));

    public T Enumeration<T>()
        where T : struct, Enum
    {
        var code = Integer();
        return EnumCodes<T>.IsDefined(code)
            ? EnumCodes<T>.FromCode(code)
            : throw NoCode(code, typeof(T).Name);
    }

    public T? OptionalEnumeration<T>()
        where T : struct, Enum => Nil() ? null : Enumeration<T>();

    public Money Money()
    {
        Array(2);
        var start = Position;
        var amount = Decimal();
        var currency = Currency();
        if (Model.Money.TryOf(amount, currency, out var money))
        {
            return money;
        }

        Position = start;
        throw NoMoney(amount, currency);
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
    public ReadOnlySpan<byte> Binary()
    {
        Position = _reader.Position;
        return _reader.Binary();
    }

    /// <summary>An array of any length.</summary>
    public int AnyArray()
    {
        Position = _reader.Position;
        return _reader.ArrayHeader();
    }

    /// <summary>Past a text or nil that is not needed; what it says is not looked at.</summary>
    public void SkipOptionalText()
    {
        if (!Nil())
        {
            Utf8();
        }
    }

    /// <summary>Past a number or nil that is not needed.</summary>
    public void SkipOptionalInteger()
    {
        if (!Nil())
        {
            Integer();
        }
    }

    /// <summary>Past a digest that is not needed.</summary>
    public void SkipDigest() => Binary(Model.Digest.Length);

    /// <summary>Past an event id or nil that is not needed.</summary>
    public void SkipOptionalUuid()
    {
        if (!Nil())
        {
            Binary(UuidLength);
        }
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
        where T : struct, IValue<T> =>
        utf8.Length <= IdBytesMaximum && T.TryParse(Decode(utf8), out var id) ? id : throw NoId(utf8, typeof(T).Name, T.Rule);

    private static BrokenRuleException NoId(ReadOnlySpan<byte> utf8, string type, string rule) =>
        new($"'{Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 80)])}' is no {type}, which must be {rule}");

    // Apart from where they are thrown, which is in what is read of every event (see PackedReader).
    private static BrokenRuleException NoArrayOf(int count, int found) => new($"must be an array of {count} values, not {found}");

    private static BrokenRuleException NoInstant(long ticks) => new($"{ticks} must be a number of ticks from year 1 to 9999");

    private static BrokenRuleException NoCode(int code, string type) => new($"{code} is no {type}");

    private static BrokenRuleException NoMoney(decimal amount, Currency currency) => new($"{amount} {currency} must be {Model.Money.Rule}");

    private static BrokenRuleException NoFlags(int flags) => new($"{flags:x8} must be a decimal's flags: a sign and a scale of 0 to {DecimalScaleMaximum}");

    private static BrokenRuleException NotNormal(decimal value) => new($"{value} must be written without trailing zeros, and zero without a sign");

    private ReadOnlySpan<byte> Utf8()
    {
        Position = _reader.Position;
        return _reader.Text();
    }

    private ReadOnlySpan<byte> Binary(int length)
    {
        Position = _reader.Position;
        return _reader.Binary(length);
    }

    private Guid Uuid() => new(Binary(UuidLength), bigEndian: true);

    private decimal Decimal()
    {
        var words = Binary(DecimalLength);
        var flags = BinaryPrimitives.ReadInt32BigEndian(words);
        var high = BinaryPrimitives.ReadInt32BigEndian(words[4..]);
        var middle = BinaryPrimitives.ReadInt32BigEndian(words[8..]);
        var low = BinaryPrimitives.ReadInt32BigEndian(words[12..]);
        var scale = (flags >> 16) & 0xFF;
        if ((flags & 0x7F00FFFF) != 0 || scale > DecimalScaleMaximum)
        {
            throw NoFlags(flags);
        }

        var value = new decimal(low, middle, high, flags < 0, (byte)scale);
        if (value == 0 ? flags != 0 : !Numbers.IsNormal(value))
        {
            throw NotNormal(value);
        }

        return value;
    }

    private static class Empty<T>
    {
        public static readonly ValueList<T> List = [];
    }
}
