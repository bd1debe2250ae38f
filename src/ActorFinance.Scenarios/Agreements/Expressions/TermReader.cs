using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>Reads the expressions of a file; what is wrong with one is a problem with its line and column.</summary>
internal sealed class TermReader(SourceText source, List<InputProblem> problems)
{
    /// <summary>For what the file does not write out, such as a start that the clock gives.</summary>
    public TermPlace PlaceOf(Node node, string field) => new(source, node, field);

    /// <summary>Null, with the problem said, when it is none.</summary>
    public Term? Read(Node node, string field, Scope scope, ValueKind? wanted = null) =>
        Read(node, node.Text, new(source, node, field), scope, wanted);

    private Term? Read(Node node, string text, TermPlace place, Scope scope, ValueKind? wanted)
    {
        var field = place.Field;
        if (node.Kind is not (NodeKind.Text or NodeKind.Plain))
        {
            problems.Add(new(source.File, node.Place.Line, node.Place.Column, field, node.Kind == NodeKind.Null ? "" : node.Text, "an expression"));
            return null;
        }

        try
        {
            var syntax = ExpressionParser.Parse(text);
            var compiler = new ExpressionCompiler(scope);
            return new(wanted is { } kind ? compiler.Compile(syntax, kind) : compiler.Compile(syntax), text, place);
        }
        catch (ExpressionFaultException fault)
        {
            problems.Add(place.Problem(fault.Fault));
            return null;
        }
        catch (UnknownTypeException unknown)
        {
            // Follows from a fault of that value, which is said where it stands; else this is where it would be missed.
            if (problems.Count == 0)
            {
                problems.Add(place.Problem(new(0, text, $"made of values whose type is known: {unknown.Message}")));
            }

            return null;
        }
        catch (OverflowException)
        {
            problems.Add(place.Problem(new(0, text, "within what 28 digits hold")));
            return null;
        }
    }

    /// <summary>Text with expressions in braces: <c>SUPPLY/{n}</c>. Its parts are texts and terms; null, with the problem said, when it is none.</summary>
    public IReadOnlyList<(string Text, Term? Term)>? ReadTemplate(Node node, string field, Scope scope)
    {
        var parts = new List<(string, Term?)>();
        var at = 0;
        while (node.Text.IndexOf('{', at) is var open and >= 0)
        {
            var close = node.Text.IndexOf('}', open);
            if (close < 0)
            {
                problems.Add(new(source.File, node.Place.Line, node.Place.Column, field, node.Text, "text in which every { has its }"));
                return null;
            }

            parts.Add((node.Text[at..open], null));
            if (Read(node, node.Text[(open + 1)..close], new(source, node, field, open + 1), scope, wanted: null) is not { } term)
            {
                return null;
            }

            parts.Add(("", term));
            at = close + 1;
        }

        parts.Add((node.Text[at..], null));
        return parts;
    }
}
