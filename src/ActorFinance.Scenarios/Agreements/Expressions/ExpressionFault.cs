namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>What is wrong with an expression, and where: <paramref name="Offset"/> counts characters of its text from 0. The rule follows "must be".</summary>
public sealed record ExpressionFault(int Offset, string Found, string Rule);

/// <summary>Leaves the evaluation of an expression at the place of a fault; caught by whoever asked for the value, never seen outside.</summary>
internal sealed class ExpressionFaultException(ExpressionFault fault) : Exception($"'{fault.Found}' must be {fault.Rule}")
{
    public ExpressionFaultException(int offset, string found, string rule)
        : this(new(offset, found, rule))
    {
    }

    public ExpressionFault Fault => fault;
}
