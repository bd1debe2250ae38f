namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>
/// The type of an expression in which some values have none yet: what is added, or chosen between, is of one type, so that one known part tells the rest.
/// Values that need each other get theirs so: of <c>Y: C + G</c> and <c>C: alpha * Y</c>, G tells the type of Y, and Y that of C.
/// </summary>
internal static class TypeGuess
{
    /// <summary>Null when no part tells.</summary>
    /// <exception cref="ExpressionFaultException">A part cannot be.</exception>
    public static ExpressionType? Of(Syntax syntax, ExpressionCompiler compiler)
    {
        try
        {
            return compiler.Compile(syntax).Type;
        }
        catch (UnknownTypeException)
        {
            return syntax switch
            {
                Syntax.Unary { Operator: "-" } unary => Of(unary.Operand, compiler),
                Syntax.Binary { Operator: "+" or "-" } sum => Summed(Of(sum.Left, compiler) ?? Of(sum.Right, compiler)),
                Syntax.Choice choice => Of(choice.Then, compiler) ?? Of(choice.Else, compiler),
                Syntax.Call { Function: "min" or "max" } call => call.Arguments.Select(argument => Of(argument.Value, compiler)).FirstOrDefault(type => type is not null),
                Syntax.Call { Function: "abs" or "floor" or "round", Arguments: [var only, ..] } => Of(only.Value, compiler),
                _ => null,
            };
        }
    }

    /// <summary>A date or a duration does not tell what it is added to.</summary>
    private static ExpressionType? Summed(ExpressionType? type) => type is { Kind: ValueKind.Money or ValueKind.Shares or ValueKind.Ratio } ? type : null;
}
