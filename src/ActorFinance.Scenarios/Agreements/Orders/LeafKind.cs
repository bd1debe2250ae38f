using System.Reflection;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Orders;

/// <summary>What may stand in one field of a command: an expression of some kind, or text with expressions in braces.</summary>
/// <param name="Wanted">The kind of an expression; null for text.</param>
/// <param name="Rule">What the field's value must look like.</param>
/// <param name="Placeholder">A text that the field takes, whatever it is.</param>
/// <param name="Parse">The value of a text; null when it breaks the rule.</param>
internal sealed record LeafKind(ValueKind? Wanted, string Rule, string Placeholder, Func<string, object?> Parse)
{
    private static readonly MethodInfo s_valueOf = typeof(LeafKind).GetMethod(nameof(ValueOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Null for a type that is no single value.</summary>
    public static LeafKind? Of(Type type) =>
        type == typeof(Money) ? new(ValueKind.Money, Money.Rule, "1 USD", text => Parsed<Money>(text))
        : type == typeof(ShareQuantity) ? new(ValueKind.Shares, ShareQuantity.Rule, "1", text => Parsed<ShareQuantity>(text))
        : type == typeof(Quantity) ? new(ValueKind.Ratio, Quantity.Rule, "1", text => Parsed<Quantity>(text))
        : type == typeof(Fraction) ? new(ValueKind.Ratio, Fraction.Rule, "0", text => Parsed<Fraction>(text))
        : type == typeof(Instant) ? new(ValueKind.Date, Instant.Rule, "2000-01-01", text => Parsed<Instant>(text))
        : type == typeof(string) ? new(null, "text", "x", text => text)
        : type == typeof(EventId) ? new(null, EventId.Rule, Guid.Empty.ToString(), text => Parsed<EventId>(text))
        : type == typeof(Currency) ? new(null, Currency.Rule, "USD", text => Parsed<Currency>(text))
        : type.IsValueType && !type.IsEnum && !type.IsPrimitive && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IValue<>))
            ? (LeafKind)s_valueOf.MakeGenericMethod(type).Invoke(null, null)!
        : null;

    public bool IsLiteral(string text) => Parse(text) is not null;

    /// <summary>The field's value, rounded once, half to even, to as many decimals as it has.</summary>
    public object Value(Term term, ExpressionValue value)
    {
        switch (Wanted)
        {
            case ValueKind.Money:
                return Money.TryOf(decimal.Round(value.Number, Money.Decimals, MidpointRounding.ToEven), value.Currency, out var money) ? money : throw term.Fault(new(0, value.ToString(), Rule));
            case ValueKind.Date:
                return value.AsInstant();
            default:
                return Parse(Numbers.Text(decimal.Round(value.Number, Money.Decimals, MidpointRounding.ToEven))) ?? throw term.Fault(new(0, value.ToString(), Rule));
        }
    }

    private static object? Parsed<T>(string text)
        where T : struct, IValue<T> => T.TryParse(text, out var value) ? value : null;

    private static LeafKind ValueOf<T>()
        where T : struct, IValue<T> => new(null, T.Rule, "x", Parsed<T>);
}
