using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>The named values of a scenario: what each is now, and what it was in the periods before, as far back as any expression looks.</summary>
internal sealed class ValueBoard
{
    private readonly IReadOnlyList<ExpressionValue?> _starts;
    private readonly ExpressionValue?[] _now;

    /// <summary>By value: its last periods, the newest where <see cref="_turns"/> says, going round.</summary>
    private readonly ExpressionValue?[][] _before;
    private readonly int[] _turns;

    public ValueBoard(IReadOnlyList<ExpressionValue?> starts, StateQuestions questions)
    {
        (_starts, _now, _turns) = (starts, [.. starts], new int[starts.Count]);
        _before = [.. starts.Select((_, value) => new ExpressionValue?[questions.PeriodsBack(value)])];
    }

    /// <summary>Its start before it was ever computed; null without one.</summary>
    public ExpressionValue? Now(int value) => _now[value];

    /// <summary>What it was so many periods ago, 1 is the last; its start where that lies before its first, null without one.</summary>
    public ExpressionValue? Before(int value, int periods) =>
        periods <= _turns[value] ? _before[value][(_turns[value] - periods) % _before[value].Length] : _starts[value];

    /// <summary>A new period begins: what is now becomes what was.</summary>
    public void Turn(int value)
    {
        if (_before[value] is { Length: > 0 } before)
        {
            before[_turns[value]++ % before.Length] = _now[value];
        }
    }

    public void Set(int value, ExpressionValue now) => _now[value] = now;
}
