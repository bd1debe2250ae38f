using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>A number of shares of one class: exact, never negative, at most 10 decimals, below 1e16.</summary>
[JsonConverter(typeof(ValueJsonConverter<ShareQuantity>))]
public readonly record struct ShareQuantity : IValue<ShareQuantity>, IComparable<ShareQuantity>
{
    public const int MaximumDecimals = 10;
    public const decimal Limit = 1e16m;

    private ShareQuantity(decimal value) => Value = value;

    public static ShareQuantity Zero => default;

    public static string Rule => $"a number of shares of 0 or more, at most {MaximumDecimals} decimals, below 1e16";

    public decimal Value { get; }

    public int Scale => Value.Scale;

    public static ShareQuantity Of(decimal value) =>
        TryOf(value, out var quantity) ? quantity : throw new ArgumentOutOfRangeException(nameof(value), value, $"must be {Rule}");

    public static bool TryOf(decimal value, out ShareQuantity quantity)
    {
        var normal = Numbers.Normalise(value);
        var valid = normal is >= 0 and < Limit && normal.Scale <= MaximumDecimals;
        quantity = valid ? new(normal) : default;
        return valid;
    }

    public static bool TryParse(string? text, out ShareQuantity value)
    {
        value = default;
        return Numbers.TryParse(text, out var number) && TryOf(number, out value);
    }

    public static bool operator >(ShareQuantity left, ShareQuantity right) => left.Value > right.Value;

    public static bool operator <(ShareQuantity left, ShareQuantity right) => left.Value < right.Value;

    public static bool operator >=(ShareQuantity left, ShareQuantity right) => left.Value >= right.Value;

    public static bool operator <=(ShareQuantity left, ShareQuantity right) => left.Value <= right.Value;

    public int CompareTo(ShareQuantity other) => Value.CompareTo(other.Value);

    public override string ToString() => Numbers.Text(Value);
}

/// <summary>A pure number: votes a share, a conversion ratio, a rate, a quantity of goods. At most 10 decimals, below 1e16.</summary>
[JsonConverter(typeof(ValueJsonConverter<Quantity>))]
public readonly record struct Quantity : IValue<Quantity>
{
    private Quantity(decimal value) => Value = value;

    public static string Rule => "a number of 0 or more, at most 10 decimals, below 1e16";

    public decimal Value { get; }

    public static Quantity Of(decimal value) => new(ShareQuantity.Of(value).Value);

    public static bool TryParse(string? text, out Quantity value)
    {
        var valid = ShareQuantity.TryParse(text, out var shares);
        value = new(shares.Value);
        return valid;
    }

    public override string ToString() => Numbers.Text(Value);
}

/// <summary>A part of a whole: 0 to 1, at most 12 decimals.</summary>
[JsonConverter(typeof(ValueJsonConverter<Fraction>))]
public readonly record struct Fraction : IValue<Fraction>
{
    public const int Decimals = 12;

    private Fraction(decimal value) => Value = value;

    public static string Rule => $"a fraction from 0 to 1 of at most {Decimals} decimals";

    public decimal Value { get; }

    public static Fraction Of(decimal value) =>
        TryOf(value, out var fraction) ? fraction : throw new ArgumentOutOfRangeException(nameof(value), value, $"must be {Rule}");

    public static bool TryParse(string? text, out Fraction value)
    {
        value = default;
        return Numbers.TryParse(text, out var number) && TryOf(number, out value);
    }

    public override string ToString() => Numbers.Text(Value);

    private static bool TryOf(decimal value, out Fraction fraction)
    {
        var normal = Numbers.Normalise(value);
        var valid = normal is >= 0 and <= 1 && normal.Scale <= Decimals;
        fraction = valid ? new(normal) : default;
        return valid;
    }
}
