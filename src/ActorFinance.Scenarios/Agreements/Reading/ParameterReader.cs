using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Reading;

/// <summary>
/// Reads <c>parameters</c>: a name and its value, or <c>{value, source}</c>, or <c>{path, between, source}</c> with values that hold from their dates on
/// (<c>between: steps</c>) or that the parameter moves between evenly (<c>between: linear</c>).
/// </summary>
internal sealed class ParameterReader(ShapeCheck check, List<InputProblem> problems, SourceText source)
{
    private const string Steps = "steps";
    private const string Linear = "linear";

    public static readonly IReadOnlyList<string> Fields = ["value", "path", "between", "source"];

    /// <summary>How a path gets from one value to the next.</summary>
    public static readonly IReadOnlyList<string> Ways = [Steps, Linear];

    public IReadOnlyList<ModelParameter> Read(Node root)
    {
        var parameters = new List<ModelParameter>();
        if (root.Find("parameters")?.Value is not { Kind: not NodeKind.Null } all || !check.IsMapping(all, "parameters"))
        {
            return parameters;
        }

        foreach (var member in all.Members)
        {
            var path = $"parameters.{member.Name}";
            if (NameRule.Check(check, member, path) && Parameter(member, path) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        return parameters;
    }

    private ModelParameter? Parameter(NodeMember member, string path)
    {
        if (member.Value.Kind != NodeKind.Mapping)
        {
            return Constant(member.Value, path) is { } only ? new(member.Name, only.Type, [(Instant.Minimum, only)], IsLinear: false, Source: null) : null;
        }

        check.OnlyFields(member.Value, path, "a parameter", Fields);
        var from = member.Value.Find("source")?.Value.Text;
        var between = member.Value.Find("between");
        if (between is not null && (member.Value.Find("path") is null || between.Value.Text is not (Steps or Linear)))
        {
            check.Refuse(between.Value.Place, $"{path}.between", between.Value.Text, $"{Steps} (which it is unless stated) or {Linear}, beside a path");
        }

        if (member.Value.Find("value") is { } value && member.Value.Find("path") is null)
        {
            return Constant(value.Value, $"{path}.value") is { } only ? new(member.Name, only.Type, [(Instant.Minimum, only)], IsLinear: false, from) : null;
        }

        if (member.Value.Find("path") is not { Value: { Kind: NodeKind.Mapping, Members.Count: > 0 } steps } || member.Value.Find("value") is not null)
        {
            check.Refuse(member.Place, path, member.Name, "given a value, or a path such as {2026-01-01: 100 USD, 2027-01-01: 120 USD}, and not both");
            return null;
        }

        if (Points(member, steps, $"{path}.path") is not { Count: > 0 } points)
        {
            return null;
        }

        var (type, isLinear) = (points[0].Value.Type, between?.Value.Text == Linear);
        if (isLinear && type.Kind is not (ValueKind.Money or ValueKind.Shares or ValueKind.Ratio))
        {
            check.Refuse(between!.Value.Place, $"{path}.between", Linear, $"{Steps}: only money, shares and ratios have something between two values, and '{member.Name}' is {type}");
        }

        return new(member.Name, type, points, isLinear, from);
    }

    private List<(Instant From, ExpressionValue Value)> Points(NodeMember member, Node steps, string path)
    {
        var points = new List<(Instant From, ExpressionValue Value)>();
        foreach (var step in steps.Members)
        {
            if (!Instant.TryParse(step.Name, out var at))
            {
                check.Refuse(step.Place, path, step.Name, Instant.Rule);
            }
            else if (Constant(step.Value, $"{path}.{step.Name}") is { } value)
            {
                if (points.Count > 0 && points[0].Value.Type != value.Type)
                {
                    check.Refuse(step.Value.Place, $"{path}.{step.Name}", step.Value.Text, $"{points[0].Value.Type}, as the first value of '{member.Name}' is");
                }

                points.Add((at, value));
            }
        }

        return [.. points.OrderBy(point => point.From)];
    }

    private ExpressionValue? Constant(Node node, string path)
    {
        var before = problems.Count;
        if (new TermReader(source, problems).Read(node, path, Constants.Scope) is { } term)
        {
            if (term.Constant is { } value)
            {
                return value;
            }

            check.Refuse(node.Place, path, node.Text, "the same all the time; a date or a path says when it changes");
        }

        System.Diagnostics.Debug.Assert(problems.Count > before, "whatever is not read is a problem");
        return null;
    }
}

/// <summary>Names that expressions can say: letters, digits, hyphens and underscores, and no word of the language. A function is told from a name by its parentheses.</summary>
internal static class NameRule
{
    private static readonly string[] s_words = ["and", "or", "not", "if", "then", "else", "true", "false", "today", "n", "event", "last", "from", "to", "deal", "class", "shares", "share"];

    public static bool Check(ShapeCheck check, NodeMember member, string path)
    {
        if (IsName(member.Name))
        {
            return true;
        }

        check.Refuse(member.Place, path, member.Name, "a name: a letter a-z, then letters, digits, and - or _ between them, at most 64; and no word of the language");
        return false;
    }

    private static bool IsName(string name)
    {
        try
        {
            return name.Length <= 64
                && !name.Contains('.', StringComparison.Ordinal)
                && Tokens.Of(name) is [{ Kind: TokenKind.Name } only, _]
                && only.Text.Length == name.Length
                && !s_words.Contains(name);
        }
        catch (ExpressionFaultException)
        {
            return false;
        }
    }
}
