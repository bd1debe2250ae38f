namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// What figures are about. Those up to <see cref="Circular"/> cost what a branch touches, <see cref="Network"/> the pairs that there are, <see cref="Traced"/> what comes after the first
/// flow that differs, <see cref="Burn"/> what the touched accounts moved in its window; receivables are of the whole book. Burn and receivables, which are of a time, are compared only when they are asked for.
/// </summary>
public enum FigureFamily
{
    Cash = 1,
    Ownership = 2,
    Commitments = 3,

    /// <summary>What of the circle needs no more than what companies paid each other, pair by pair.</summary>
    Circular = 4,

    /// <summary>What of it needs the network solved as a whole.</summary>
    Network = 5,

    /// <summary>What of it follows each dollar through the pools that it is mixed with.</summary>
    Traced = 6,
    Burn = 7,
    Receivables = 8,
}

/// <summary>What a figure is, and of whom: <c>cash</c> of <c>openai</c> in <c>USD</c>, <c>stake</c> of <c>nvidia in openai</c>.</summary>
public sealed record FigureKey(string Measure, string Of, string? Unit);

/// <summary>One of an amount, a ratio or a length of time (null where it is undefined), or a time (null where there is none).</summary>
public abstract record FigureValue
{
    private FigureValue()
    {
    }

    public sealed record Amount(decimal Value) : FigureValue;

    public sealed record Ratio(double? Value) : FigureValue;

    public sealed record Time(Instant? Value) : FigureValue;

    public sealed record Months(decimal? Value) : FigureValue;
}

/// <summary>What a figure is on two sides; null where a side does not have it.</summary>
public sealed record FigureDifference(FigureKey Key, FigureValue? Base, FigureValue? Branch)
{
    /// <summary>Branch less base; null where one of them has no number.</summary>
    public decimal? Amount => (Base, Branch) switch
    {
        (FigureValue.Amount before, FigureValue.Amount after) => after.Value - before.Value,
        (null, FigureValue.Amount after) => after.Value,
        (FigureValue.Amount before, null) => -before.Value,
        (FigureValue.Months { Value: { } before }, FigureValue.Months { Value: { } after }) => after - before,
        _ => null,
    };

    /// <summary>Branch less base; null where one of them is undefined.</summary>
    public double? Ratio => (Base, Branch) switch
    {
        (FigureValue.Ratio { Value: { } before }, FigureValue.Ratio { Value: { } after }) => after - before,
        _ => null,
    };

    /// <summary>The difference as a part of the base; null where the base is nothing, or no number.</summary>
    public double? Relative => (Base, Branch) switch
    {
        (FigureValue.Amount { Value: not 0 } before, _) when Amount is { } amount => (double)(amount / Math.Abs(before.Value)),
        (FigureValue.Months { Value: { } before and not 0 }, _) when Amount is { } months => (double)(months / before),
        (FigureValue.Ratio { Value: { } before and not 0 }, _) when Ratio is { } ratio => ratio / Math.Abs(before),
        _ => null,
    };
}
