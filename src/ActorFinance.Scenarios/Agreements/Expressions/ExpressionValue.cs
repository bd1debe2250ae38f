using System.Globalization;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>
/// What an expression comes to. <see cref="Number"/> holds the amount, the shares, the ratio, a date's UTC ticks, a duration's days or 0 and 1;
/// it is a <c>decimal</c> of up to 28 digits and is rounded only where it enters a command.
/// </summary>
public readonly record struct ExpressionValue(ValueKind Kind, decimal Number, Currency Currency = default, string? Words = null, int Months = 0)
{
    public static ExpressionValue True => new(ValueKind.Truth, 1);

    public static ExpressionValue False => new(ValueKind.Truth, 0);

    public bool IsTrue => Number != 0;

    public ExpressionType Type => new(Kind, Kind == ValueKind.Money ? Currency : null);

    public static ExpressionValue Money(decimal amount, Currency currency) => new(ValueKind.Money, amount, currency);

    public static ExpressionValue Shares(decimal quantity) => new(ValueKind.Shares, quantity);

    public static ExpressionValue Ratio(decimal number) => new(ValueKind.Ratio, number);

    public static ExpressionValue Date(Instant at) => new(ValueKind.Date, at.UtcTicks);

    /// <summary>Months and days of the calendar; they do not convert into each other.</summary>
    public static ExpressionValue Duration(int months, decimal days) => new(ValueKind.Duration, days, Months: months);

    public static ExpressionValue Truth(bool holds) => holds ? True : False;

    public static ExpressionValue Text(string text) => new(ValueKind.Text, 0, Words: text);

    /// <summary>Nothing of a kind that can be nothing.</summary>
    public static ExpressionValue Zero(ExpressionType type) => new(type.Kind, 0, type.Currency ?? default, type.Kind == ValueKind.Text ? "" : null);

    public Instant AsInstant() => new((long)Number);

    /// <summary>As the language writes it.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Money => $"{Numbers.Text(Number)} {Currency}",
        ValueKind.Shares => $"{Numbers.Text(Number)} shares",
        ValueKind.Date => AsInstant() is var at && at.UtcTicks % TimeSpan.TicksPerDay == 0 ? at.ToDateText() : at.ToString(),
        ValueKind.Duration => (Months, Number) switch
        {
            (_, 0) => $"{Months.ToString(CultureInfo.InvariantCulture)} months",
            (0, _) => $"{Numbers.Text(Number)} days",
            _ => $"{Months.ToString(CultureInfo.InvariantCulture)} months {Numbers.Text(Number)} days",
        },
        ValueKind.Truth => IsTrue ? "true" : "false",
        ValueKind.Text => Words ?? "",
        _ => Numbers.Text(Number),
    };
}
