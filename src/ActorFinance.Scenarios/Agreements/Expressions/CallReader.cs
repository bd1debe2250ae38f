using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>Takes the arguments of a call one by one and says how the function is written when they are not those it wants.</summary>
internal sealed class CallReader(ExpressionCompiler compiler, Syntax.Call call, string form)
{
    private readonly List<Argument> _plain = [.. call.Arguments.Where(argument => argument.Word is null)];
    private readonly List<Argument> _worded = [.. call.Arguments.Where(argument => argument.Word is not null)];
    private int _next;

    public int Offset => call.Offset;

    /// <summary>How the function is written.</summary>
    public string Form => form;

    public int Count => call.Arguments.Count;

    public Scope Scope => compiler.Scope;

    public bool HasMore => _next < _plain.Count;

    public Compiled Any() => compiler.Compile(Take());

    public Compiled Of(ValueKind kind) => compiler.Compile(Take(), kind);

    /// <summary>A word that stands for itself: a kind of flow, a currency.</summary>
    public (int Offset, string Text) Word() => Take() switch
    {
        Syntax.Name name => (name.Offset, name.Text),
        Syntax.Literal { Value: { Kind: ValueKind.Text } text } literal => (literal.Offset, Scope.Filled(text.Words!, literal.Offset)),
        var other => throw Misused(other.Offset),
    };

    public CompanyId Company() => CompanyOf(Take());

    /// <summary>A holder of shares: a company, or anyone else by a quoted name.</summary>
    public HolderId Holder()
    {
        var (offset, text) = Word();
        return HolderId.TryParse(text, out var holder) ? holder : throw new ExpressionFaultException(offset, text, HolderId.Rule);
    }

    public T Id<T>()
        where T : struct, IValue<T>
    {
        var (offset, text) = Word();
        return T.TryParse(text, out var value) ? value : throw new ExpressionFaultException(offset, text, T.Rule);
    }

    /// <summary>An id that may be made of a row's constant or of text.</summary>
    public string Text()
    {
        var argument = Take();
        return compiler.Compile(argument, ValueKind.Text).Constant?.Words ?? throw new ExpressionFaultException(argument.Offset, "a text that changes", "a text that is the same all the time");
    }

    /// <summary>The argument behind a word such as <c>last</c>, if it is there.</summary>
    public Syntax? After(string word)
    {
        var found = _worded.FindIndex(argument => argument.Word == word);
        if (found < 0)
        {
            return null;
        }

        var argument = _worded[found];
        _worded.RemoveAt(found);
        return argument.Value;
    }

    public Compiled? After(string word, ValueKind kind) => After(word) is { } argument ? compiler.Compile(argument, kind) : null;

    public CompanyId? CompanyAfter(string word) => After(word) is { } argument ? CompanyOf(argument) : null;

    /// <summary>Nothing may be left.</summary>
    public void End()
    {
        if (HasMore || _worded.Count > 0)
        {
            throw Misused(HasMore ? _plain[_next].Value.Offset : _worded[0].Value.Offset);
        }
    }

    public ExpressionFaultException Misused(int offset) => new(offset, $"{call.Function}(...)", $"written {form}");

    private CompanyId CompanyOf(Syntax syntax)
    {
        var text = syntax switch
        {
            Syntax.Name name => Scope.Row.TryGetValue(name.Text, out var constant) && constant.Kind == ValueKind.Text ? constant.Words! : name.Text,
            Syntax.Literal { Value: { Kind: ValueKind.Text } literal } => literal.Words!,
            _ => throw new ExpressionFaultException(syntax.Offset, $"{call.Function}(...)", $"given the id of a company here: {form}"),
        };
        return Scope.Companies.ContainsKey(text)
            ? Value.Parse<CompanyId>(text)
            : throw new ExpressionFaultException(syntax.Offset, text, $"a company of the book or of the file{Spelling.Hint(text, Scope.Companies.Keys)}");
    }

    private Syntax Take() => HasMore ? _plain[_next++].Value : throw Misused(call.Offset);
}
