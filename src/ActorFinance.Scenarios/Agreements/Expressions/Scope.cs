using ActorFinance.Scenarios.Agreements.Clock;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>The names that an expression may use, and what it asks of the state; filled while a scenario is read.</summary>
internal sealed record Scope
{
    public required Dictionary<string, (int Index, ExpressionType Type)> Parameters { get; init; }

    /// <summary>Values of the scenario; the type is null until it is known.</summary>
    public required Dictionary<string, (int Index, ExpressionType? Type)> Values { get; init; }

    /// <summary>The companies of the book and of the file, with the currency that their figures have unless another is named.</summary>
    public required IReadOnlyDictionary<string, Currency> Companies { get; init; }

    public required StateQuestions Questions { get; init; }

    /// <summary>The row of <c>each</c> that an agreement was made for.</summary>
    public IReadOnlyDictionary<string, ExpressionValue> Row { get; init; } = new Dictionary<string, ExpressionValue>();

    /// <summary>Whether <c>n</c> means something.</summary>
    public bool HasOrdinal { get; init; }

    /// <summary>Whether <c>event.amount</c> and its like mean something.</summary>
    public bool HasEvent { get; init; }

    /// <summary>A text with the row's constants in the place of their names: <c>SUPPLY/{k}</c>.</summary>
    public string Filled(string text, int offset)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        foreach (var (name, constant) in Row)
        {
            text = text.Replace($"{{{name}}}", constant.ToString(), StringComparison.Ordinal);
        }

        return text.Contains('{', StringComparison.Ordinal) ? throw new ExpressionFaultException(offset, text, "text in which braces hold a name of the agreement's 'each'") : text;
    }

    public IEnumerable<string> Names()
    {
        IEnumerable<string> locals = HasOrdinal ? ["today", "n"] : ["today"];
        return locals.Concat(HasEvent ? EventFields.Names : []).Concat(Row.Keys).Concat(Parameters.Keys).Concat(Values.Keys);
    }
}
