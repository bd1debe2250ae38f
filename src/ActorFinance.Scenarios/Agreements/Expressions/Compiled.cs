namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>A part of an expression that is known to make sense, ready to be evaluated any number of times, from any thread.</summary>
/// <param name="Type">What it gives.</param>
/// <param name="Of">Gives it.</param>
/// <param name="Size">How many parts it has: what one evaluation costs at most.</param>
/// <param name="Constant">Its value, when it depends on nothing.</param>
internal sealed record Compiled(ExpressionType Type, Evaluator Of, int Size, ExpressionValue? Constant = null)
{
    public static Compiled Fixed(ExpressionValue value) => new(value.Type, _ => value, 1, value);
}
