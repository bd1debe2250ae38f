using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>A parameter's values as bare numbers and back: amounts in its currency, shares, ratios, days, or whole months where all its bounds are in months.</summary>
public sealed record ParameterScale(ModelParameter Parameter, bool InMonths)
{
    /// <summary>Null where the value is of another type, or a duration is in the other unit.</summary>
    internal decimal? Number(ExpressionValue value) => value.Type != Parameter.Type ? null : value.Kind switch
    {
        ValueKind.Date => value.Number / TimeSpan.TicksPerDay,
        ValueKind.Duration when InMonths => value.Number == 0 ? value.Months : null,
        ValueKind.Duration => value.Months == 0 ? value.Number : null,
        _ => value.Number,
    };

    /// <summary>What is whole in the world is made whole: shares, days and months.</summary>
    public ExpressionValue Value(decimal number) => Parameter.Type.Kind switch
    {
        ValueKind.Date => ExpressionValue.Date(new((long)Math.Round(number) * TimeSpan.TicksPerDay)),
        ValueKind.Duration when InMonths => ExpressionValue.Duration((int)Math.Round(number), 0),
        ValueKind.Duration => ExpressionValue.Duration(0, Math.Round(number)),
        ValueKind.Shares => ExpressionValue.Shares(Math.Round(number)),
        _ => Parameter.Path[^1].Value with { Number = number },
    };

    /// <summary>The parameter's own value, where it has one and it is of this scale.</summary>
    public decimal? Own => Number(Parameter.Path[^1].Value);
}
