namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>Which kinds an operator takes, and what comes of them. What is not listed here is refused before the clock runs.</summary>
internal static class Operators
{
    /// <summary>The type of a result, or null when the operator does not take these.</summary>
    public static ExpressionType? TypeOf(string symbol, ExpressionType left, ExpressionType right) => symbol switch
    {
        "+" or "-" => Sum(symbol, left, right),
        "*" => Product(left, right),
        "/" => Quotient(left, right),
        "and" or "or" => left.Kind == ValueKind.Truth && right.Kind == ValueKind.Truth ? ExpressionType.Truth : null,
        "=" or "<>" => left.Kind == right.Kind && Fits(left, right) && left.Kind != ValueKind.Duration ? ExpressionType.Truth : null,
        _ => left.Kind == right.Kind && Fits(left, right) && left.Kind is ValueKind.Money or ValueKind.Shares or ValueKind.Ratio or ValueKind.Date ? ExpressionType.Truth : null,
    };

    public static ExpressionValue Apply(string symbol, ExpressionValue left, ExpressionValue right, int offset)
    {
        try
        {
            return symbol switch
            {
                "+" or "-" => Added(symbol == "+" ? 1 : -1, left, right, offset),
                "*" => Multiplied(left, right, offset),
                "/" => Divided(left, right, offset),
                _ => ExpressionValue.Truth(Holds(symbol, left, right, offset)),
            };
        }
        catch (OverflowException)
        {
            throw new ExpressionFaultException(offset, $"{left} {symbol} {right}", "below 7.9e28, which is as much as 28 digits hold");
        }
    }

    public static void RequireOneCurrency(ExpressionValue left, ExpressionValue right, int offset)
    {
        if (left.Kind == ValueKind.Money && left.Currency != right.Currency)
        {
            throw new ExpressionFaultException(offset, $"{left} and {right}", "in one currency; nothing is converted unasked");
        }
    }

    /// <summary>Whether money on both sides may be of one currency.</summary>
    public static bool Fits(ExpressionType left, ExpressionType right) =>
        left.Currency is not { } one || right.Currency is not { } other || one == other;

    public static ExpressionType Merged(ExpressionType left, ExpressionType right) => left with { Currency = left.Currency ?? right.Currency };

    private static ExpressionType? Sum(string symbol, ExpressionType left, ExpressionType right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Money, ValueKind.Money) => Fits(left, right) ? Merged(left, right) : null,
        (ValueKind.Shares, ValueKind.Shares) or (ValueKind.Ratio, ValueKind.Ratio) or (ValueKind.Duration, ValueKind.Duration) or (ValueKind.Date, ValueKind.Duration) => left,
        (ValueKind.Date, ValueKind.Date) when symbol == "-" => ExpressionType.Duration,
        _ => null,
    };

    private static ExpressionType? Product(ExpressionType left, ExpressionType right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Ratio, ValueKind.Money or ValueKind.Shares or ValueKind.Ratio or ValueKind.Duration) => right,
        (ValueKind.Money or ValueKind.Shares or ValueKind.Duration, ValueKind.Ratio) => left,
        (ValueKind.Shares, ValueKind.Money) => right,
        (ValueKind.Money, ValueKind.Shares) => left,
        _ => null,
    };

    private static ExpressionType? Quotient(ExpressionType left, ExpressionType right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Money, ValueKind.Money) => Fits(left, right) ? ExpressionType.Ratio : null,
        (ValueKind.Shares, ValueKind.Shares) => ExpressionType.Ratio,
        (ValueKind.Money, ValueKind.Ratio or ValueKind.Shares) or (ValueKind.Shares or ValueKind.Ratio, ValueKind.Ratio) => left,
        _ => null,
    };

    private static ExpressionValue Added(int sign, ExpressionValue left, ExpressionValue right, int offset)
    {
        switch (left.Kind, right.Kind)
        {
            case (ValueKind.Date, ValueKind.Date):
                return ExpressionValue.Duration(0, (left.Number - right.Number) / TimeSpan.TicksPerDay);
            case (ValueKind.Date, _):
                return CalendarUnit.Add(left.AsInstant(), sign * right.Months, sign * right.Number) is { } moved
                    ? ExpressionValue.Date(moved)
                    : throw new ExpressionFaultException(offset, $"{left} {(sign > 0 ? "+" : "-")} {right}", "a date between the years 1 and 9999");
            case (ValueKind.Duration, _):
                return ExpressionValue.Duration(left.Months + (sign * right.Months), left.Number + (sign * right.Number));
            default:
                RequireOneCurrency(left, right, offset);
                return left with { Number = sign > 0 ? left.Number + right.Number : left.Number - right.Number };
        }
    }

    private static ExpressionValue Multiplied(ExpressionValue left, ExpressionValue right, int offset)
    {
        if (left.Kind == ValueKind.Duration || right.Kind == ValueKind.Duration)
        {
            var (duration, times) = left.Kind == ValueKind.Duration ? (left, right.Number) : (right, left.Number);
            var months = duration.Months * times;
            return decimal.IsInteger(months) && Math.Abs(months) <= CalendarUnit.Limit
                ? ExpressionValue.Duration((int)months, duration.Number * times)
                : throw new ExpressionFaultException(offset, $"{left} * {right}", $"a whole number of months, at most {CalendarUnit.Limit}");
        }

        var carrier = left.Kind == ValueKind.Money || right.Kind == ValueKind.Ratio ? left : right;
        return carrier with { Number = left.Number * right.Number };
    }

    private static ExpressionValue Divided(ExpressionValue left, ExpressionValue right, int offset)
    {
        if (right.Number == 0)
        {
            throw new ExpressionFaultException(offset, $"{left} / {right}", "divided by something other than 0");
        }

        if (left.Kind != right.Kind)
        {
            return left with { Number = left.Number / right.Number };
        }

        RequireOneCurrency(left, right, offset);
        return ExpressionValue.Ratio(left.Number / right.Number);
    }

    private static bool Holds(string symbol, ExpressionValue left, ExpressionValue right, int offset)
    {
        if (left.Kind == ValueKind.Text)
        {
            return string.Equals(left.Words, right.Words, StringComparison.Ordinal) == (symbol == "=");
        }

        RequireOneCurrency(left, right, offset);
        var order = left.Number.CompareTo(right.Number);
        return symbol switch
        {
            "=" => order == 0,
            "<>" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
