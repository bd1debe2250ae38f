using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>The named values of a scenario: what each is now, and what it was when it was computed the time before.</summary>
internal sealed class ValueBoard(IReadOnlyList<ExpressionValue?> starts)
{
    private readonly ExpressionValue?[] _now = [.. starts];
    private readonly ExpressionValue?[] _before = [.. starts];

    /// <summary>Its start before it was ever computed; null without one.</summary>
    public ExpressionValue? Now(int value) => _now[value];

    public ExpressionValue? Before(int value) => _before[value];

    /// <summary>A new period begins: what is now becomes what was.</summary>
    public void Turn(int value) => _before[value] = _now[value];

    public void Set(int value, ExpressionValue now) => _now[value] = now;
}
