using ActorFinance.Scenarios.Agreements.Clock;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>What an expression may look at while the clock runs: the state as it is now, and what the firing agreement knows.</summary>
internal sealed class Evaluation(ModelState state, ExpressionValue?[] parameters, ValueBoard values)
{
    /// <summary>Parts of expressions that a run may evaluate: some hundred times what a scenario of a century needs.</summary>
    public const long StepLimit = 20_000_000;

    private long _steps;

    public ModelState State { get; } = state;

    /// <summary>By number; null before the first date of a path.</summary>
    public ExpressionValue?[] Parameters { get; } = parameters;

    public ValueBoard Values { get; } = values;

    public Instant Now { get; set; }

    /// <summary>Which firing of the agreement it is, from 1.</summary>
    public int Ordinal { get; set; }

    /// <summary>The event that an agreement was triggered by.</summary>
    public EventEnvelope? Event { get; set; }

    /// <summary>Counts the work of one evaluation; false when there has been too much.</summary>
    public bool Spend(int steps) => (_steps += steps) <= StepLimit;
}

/// <summary>Gives the value of a part of an expression.</summary>
/// <exception cref="ExpressionFaultException">It has none, at the place of the fault.</exception>
internal delegate ExpressionValue Evaluator(Evaluation evaluation);
