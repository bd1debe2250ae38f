using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>
/// Computes the values of a group, in the order in which they need each other. A circle that is declared <c>simultaneous</c> is solved by Gauss and
/// Seidel's iteration from the last values on, at first from the starts, else from nothing: each value in turn from the newest of the others, until none
/// changes by more than the tolerance.
/// </summary>
internal sealed class ValueComputation(IReadOnlyList<ValueGroup> groups)
{
    /// <summary>A circle that a thousand rounds do not settle has no stable solution.</summary>
    public const int RoundLimit = 1_000;

    public void Compute(int index, Evaluation evaluation)
    {
        foreach (var step in groups[index].Steps)
        {
            foreach (var (number, _, _) in step.Values)
            {
                evaluation.Values.Turn(number);
            }
        }

        foreach (var step in groups[index].Steps)
        {
            if (step.Tolerance is { } tolerance)
            {
                Solve(step, tolerance, evaluation);
            }
            else
            {
                var (number, _, definition) = step.Values[0];
                evaluation.Values.Set(number, definition.Of(evaluation));
            }
        }
    }

    private static void Solve(ValueStep circle, decimal tolerance, Evaluation evaluation)
    {
        foreach (var (number, _, definition) in circle.Values)
        {
            if (evaluation.Values.Now(number) is null && definition.Type.Kind is ValueKind.Money or ValueKind.Shares or ValueKind.Ratio)
            {
                evaluation.Values.Set(number, ExpressionValue.Zero(definition.Type));
            }
        }

        var widest = ("", 0m);
        for (var round = 0; round < RoundLimit; round++)
        {
            widest = ("", 0m);
            foreach (var (number, name, definition) in circle.Values)
            {
                var value = definition.Of(evaluation);
                var change = evaluation.Values.Now(number) is { } before && before.Type == value.Type ? Math.Abs(value.Number - before.Number) : decimal.MaxValue;
                evaluation.Values.Set(number, value);
                if (change > widest.Item2)
                {
                    widest = (name, change);
                }
            }

            if (widest.Item2 <= tolerance)
            {
                return;
            }
        }

        var names = string.Join(", ", circle.Values.Select(value => value.Name));
        throw circle.Values[0].Definition.Fault(new(0, names, $"a circle that settles to {Numbers.Text(tolerance)} within {RoundLimit:#,0} rounds; after the last one {widest.Item1} still changed by {Numbers.Text(widest.Item2)} (at {evaluation.Now})"));
    }
}
