using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>From what is written to what can be evaluated: names are looked up and kinds checked once, before the clock runs.</summary>
internal sealed class ExpressionCompiler(Scope scope)
{
    public Scope Scope => scope;

    /// <exception cref="ExpressionFaultException">A name is unknown, or kinds do not go together.</exception>
    /// <exception cref="UnknownTypeException">A value is asked for whose type is not known yet.</exception>
    public Compiled Compile(Syntax syntax) => syntax switch
    {
        Syntax.Literal { Value: { Kind: ValueKind.Text, Words: { } words } } text => Compiled.Fixed(ExpressionValue.Text(scope.Filled(words, text.Offset))),
        Syntax.Literal literal => Compiled.Fixed(literal.Value),
        Syntax.Name name => Named(name),
        Syntax.Unary unary => Unary(unary),
        Syntax.Binary binary => Binary(binary),
        Syntax.Choice choice => Choice(choice),
        Syntax.Call call => Functions.Compile(this, call),
        _ => throw new ArgumentOutOfRangeException(nameof(syntax), syntax.GetType().Name, "no way to compile this"),
    };

    public Compiled Compile(Syntax syntax, ValueKind wanted)
    {
        var compiled = Compile(syntax);
        return compiled.Type.Kind == wanted
            ? compiled
            : throw new ExpressionFaultException(syntax.Offset, compiled.Type.ToString(), wanted == ValueKind.Money && compiled.Type.Kind == ValueKind.Ratio ? "money: a number with its currency, such as 35bn USD" : ExpressionType.NameOf(wanted));
    }

    /// <summary>Folds what depends on nothing, so that a constant that cannot be is refused when the file is read.</summary>
    public static Compiled Fold(ExpressionType type, Evaluator of, params ReadOnlySpan<Compiled> parts)
    {
        var size = 1;
        var constant = true;
        foreach (var part in parts)
        {
            size += part.Size;
            constant &= part.Constant is not null;
        }

        return constant ? Compiled.Fixed(of(null!)) : new(type, of, size);
    }

    private Compiled Named(Syntax.Name name)
    {
        var (text, offset) = (name.Text, name.Offset);
        if (text == "today")
        {
            return new(ExpressionType.Date, evaluation => ExpressionValue.Date(evaluation.Now), 1);
        }

        if (text == "n" && scope.HasOrdinal)
        {
            return new(ExpressionType.Ratio, evaluation => ExpressionValue.Ratio(evaluation.Ordinal), 1);
        }

        if (scope.HasEvent && EventFields.Find(text) is { } field)
        {
            return new(field.Type, evaluation => field.Of(evaluation.Event!) ?? throw new ExpressionFaultException(offset, text, $"asked of an event that has it; {TypeNames.Of(evaluation.Event!.Event.GetType())} has none"), 1);
        }

        if (scope.Row.TryGetValue(text, out var constant))
        {
            return Compiled.Fixed(constant);
        }

        if (scope.Parameters.TryGetValue(text, out var parameter))
        {
            return new(parameter.Type, evaluation => evaluation.Parameters[parameter.Index] ?? throw new ExpressionFaultException(offset, text, $"asked for at its first date or later; it has no value at {evaluation.Now}"), 1);
        }

        if (scope.Values.TryGetValue(text, out var value))
        {
            return new(value.Type ?? throw new UnknownTypeException(text), evaluation => evaluation.Values.Now(value.Index) ?? throw new ExpressionFaultException(offset, text, $"given a start, or asked for once it has a value; it has none at {evaluation.Now}"), 1);
        }

        throw new ExpressionFaultException(offset, text, $"the name of a parameter, a value or a function{HintFor(text)}");
    }

    private string HintFor(string text)
    {
        var parts = text.Split('-');
        return parts.Length > 1 && parts.All(part => scope.Names().Contains(part) || decimal.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _))
            ? $" (write '{string.Join(" - ", parts)}' to subtract)"
            : Spelling.Hint(text, scope.Names().Concat(Functions.Names));
    }

    private Compiled Unary(Syntax.Unary unary)
    {
        var operand = Compile(unary.Operand);
        var of = operand.Of;
        if (unary.Operator == "not")
        {
            return operand.Type.Kind == ValueKind.Truth
                ? Fold(ExpressionType.Truth, evaluation => ExpressionValue.Truth(!of(evaluation).IsTrue), operand)
                : throw Unfit("not", unary.Offset, operand.Type);
        }

        return operand.Type.Kind is ValueKind.Money or ValueKind.Shares or ValueKind.Ratio or ValueKind.Duration
            ? Fold(operand.Type, evaluation => Negated(of(evaluation)), operand)
            : throw Unfit("-", unary.Offset, operand.Type);
    }

    private static ExpressionValue Negated(ExpressionValue value) => value with { Number = -value.Number, Months = -value.Months };

    private static ExpressionFaultException Unfit(string symbol, int offset, ExpressionType type) =>
        new(offset, $"{symbol} {type}", symbol == "not" ? "true or false after 'not'" : "money, shares, a ratio or a duration after '-'");

    private Compiled Binary(Syntax.Binary binary)
    {
        var (left, right) = (Compile(binary.Left), Compile(binary.Right));
        var (symbol, offset) = (binary.Operator, binary.Offset);
        if (Operators.TypeOf(symbol, left.Type, right.Type) is not { } type)
        {
            throw new ExpressionFaultException(offset, $"{left.Type} {symbol} {right.Type}", RuleOf(symbol));
        }

        var (first, second) = (left.Of, right.Of);
        return symbol switch
        {
            // The right side is asked only when it matters, so that a guard can stand before it.
            "and" => Fold(type, evaluation => first(evaluation).IsTrue ? second(evaluation) : ExpressionValue.False, left, right),
            "or" => Fold(type, evaluation => first(evaluation).IsTrue ? ExpressionValue.True : second(evaluation), left, right),
            _ => Fold(type, evaluation => Operators.Apply(symbol, first(evaluation), second(evaluation), offset), left, right),
        };
    }

    private static string RuleOf(string symbol) => symbol switch
    {
        "+" => "two of one kind: money in one currency, shares, ratios, durations; or a date and a duration",
        "-" => "two of one kind: money in one currency, shares, ratios, durations, dates; or a date less a duration",
        "*" => "a ratio times money, shares, a ratio or a duration; or shares times a price",
        "/" => "money or shares by a ratio or by their own kind; a ratio by a ratio; or money by shares",
        "and" or "or" => "true or false on both sides",
        _ => "a comparison of one kind: money in one currency, shares, ratios or dates (texts and truths by = and <>)",
    };

    private Compiled Choice(Syntax.Choice choice)
    {
        var condition = Compile(choice.Condition, ValueKind.Truth);
        var (then, otherwise) = (Compile(choice.Then), Compile(choice.Else));
        if (then.Type.Kind != otherwise.Type.Kind || !Operators.Fits(then.Type, otherwise.Type))
        {
            throw new ExpressionFaultException(choice.Offset, $"then {then.Type} else {otherwise.Type}", "of one kind on both sides of 'else'");
        }

        var (test, yes, no) = (condition.Of, then.Of, otherwise.Of);
        return Fold(Operators.Merged(then.Type, otherwise.Type), evaluation => test(evaluation).IsTrue ? yes(evaluation) : no(evaluation), condition, then, otherwise);
    }
}

/// <summary>A value's type is asked for before it is known: whoever compiles a group of values comes back to it.</summary>
internal sealed class UnknownTypeException(string name) : Exception($"the type of '{name}' is not known yet");
