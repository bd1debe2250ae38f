namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>An expression as it is written; <see cref="Offset"/> is the place that a fault of it names.</summary>
internal abstract record Syntax(int Offset)
{
    public sealed record Literal(int Offset, ExpressionValue Value) : Syntax(Offset);

    public sealed record Name(int Offset, string Text) : Syntax(Offset);

    public sealed record Call(int Offset, string Function, IReadOnlyList<Argument> Arguments) : Syntax(Offset);

    /// <summary><c>-</c> or <c>not</c>.</summary>
    public sealed record Unary(int Offset, string Operator, Syntax Operand) : Syntax(Offset);

    public sealed record Binary(int Offset, string Operator, Syntax Left, Syntax Right) : Syntax(Offset);

    public sealed record Choice(int Offset, Syntax Condition, Syntax Then, Syntax Else) : Syntax(Offset);
}

/// <summary>An argument of a call, with the word before it if there is one: <c>last 3 months</c>, <c>from nvidia</c>.</summary>
internal sealed record Argument(string? Word, Syntax Value);
