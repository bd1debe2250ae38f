using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>An expression of a file: what it means, and where it stands, so that a fault of a run names file, line and column.</summary>
internal sealed class Term(Compiled compiled, string text, TermPlace place)
{
    public ExpressionType Type => compiled.Type;

    public string Text => text;

    /// <summary>Its value when it is the same all the time.</summary>
    public ExpressionValue? Constant => compiled.Constant;

    /// <exception cref="RunFaultException">It has no value.</exception>
    public ExpressionValue Of(Evaluation evaluation)
    {
        if (!evaluation.Spend(compiled.Size))
        {
            throw Fault(new(0, text, $"evaluated within {Evaluation.StepLimit:#,0} steps in a run; it was stopped at {evaluation.Now}"));
        }

        try
        {
            return compiled.Of(evaluation);
        }
        catch (ExpressionFaultException fault)
        {
            throw Fault(fault.Fault);
        }
        catch (OverflowException beyond)
        {
            throw Fault(new(0, text, $"within what 28 digits hold ({beyond.Message})"));
        }
    }

    public RunFaultException Fault(ExpressionFault fault) => new(place.Problem(fault));
}

/// <summary>Where an expression stands: its scalar in the file's text, and at which character of that it begins.</summary>
internal sealed record TermPlace(SourceText Source, Node Node, string Field, int Start = 0)
{
    public InputProblem Problem(ExpressionFault fault)
    {
        var (line, column) = PlaceOf(Start + fault.Offset);
        return new(Source.File, line, column, Field, fault.Found, fault.Rule);
    }

    /// <summary>
    /// YAML folds and indents: white space may change between the file and the text, nothing else does. So the n-th visible character of the one is the
    /// n-th of the other.
    /// </summary>
    private Place PlaceOf(int offset)
    {
        var visible = Node.Text[..Math.Min(offset, Node.Text.Length)].Count(c => !char.IsWhiteSpace(c));
        var lines = Source.Lines().Skip(Node.Place.Line - 1).ToList();
        var (line, column) = (0, (Node.Place.Column ?? 1) - 1);
        var quote = '\0';
        if (lines.Count > 0 && column < lines[0].Text.Length)
        {
            switch (lines[0].Text[column])
            {
                case '\'' or '"':
                    quote = lines[0].Text[column++];
                    break;
                case '|' or '>':
                    (line, column) = (1, 0);
                    break;
                default:
                    break;
            }
        }

        for (; line < lines.Count; line++, column = 0)
        {
            var text = lines[line].Text;
            for (; column < text.Length; column++)
            {
                if (char.IsWhiteSpace(text[column]))
                {
                    continue;
                }

                if (visible-- == 0)
                {
                    return new(lines[line].Number, column + 1);
                }

                if ((quote == '\'' && text[column] == '\'') || (quote == '"' && text[column] == '\\'))
                {
                    column++;
                }
            }
        }

        return Node.Place;
    }
}

/// <summary>Ends a run at a fault of its scenario; caught where the run was started, never seen outside.</summary>
internal sealed class RunFaultException(InputProblem problem) : Exception(problem.ToString())
{
    public InputProblem Problem => problem;
}
