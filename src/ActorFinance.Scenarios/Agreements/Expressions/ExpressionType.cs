namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>What a value is. Two kinds are never added, compared or swapped for each other.</summary>
public enum ValueKind
{
    /// <summary>An amount in one currency; a price per share is one too.</summary>
    Money = 1,
    Shares = 2,

    /// <summary>A pure number: a rate, a part of a whole, gigawatts.</summary>
    Ratio = 3,
    Date = 4,
    Duration = 5,

    /// <summary>True or false.</summary>
    Truth = 6,
    Text = 7,
}

/// <summary>The kind of an expression, and of money its currency where it is known before the clock runs.</summary>
public readonly record struct ExpressionType(ValueKind Kind, Currency? Currency = null)
{
    public static ExpressionType Shares => new(ValueKind.Shares);

    public static ExpressionType Ratio => new(ValueKind.Ratio);

    public static ExpressionType Date => new(ValueKind.Date);

    public static ExpressionType Duration => new(ValueKind.Duration);

    public static ExpressionType Truth => new(ValueKind.Truth);

    public static ExpressionType Text => new(ValueKind.Text);

    public static ExpressionType Money(Currency? currency) => new(ValueKind.Money, currency);

    public static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Money => "money",
        ValueKind.Shares => "shares",
        ValueKind.Ratio => "ratio",
        ValueKind.Date => "date",
        ValueKind.Duration => "duration",
        ValueKind.Truth => "true or false",
        _ => "text",
    };

    public override string ToString() => Currency is { } currency ? $"{NameOf(Kind)} in {currency}" : NameOf(Kind);
}
