using System.Globalization;
using ActorFinance.Analysis.Networks;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Reading;

/// <summary>
/// Reads <c>values</c>: groups of named values that are computed together. They are put into the order in which they need each other; a circle is solved
/// when the group says <c>simultaneous</c>, and refused by name when it does not.
/// </summary>
internal sealed class ValueReader(ShapeCheck check, TermReader terms, ScheduleReader schedules, List<InputProblem> problems, SourceText source)
{
    public static readonly IReadOnlyList<string> Fields = [.. ScheduleReader.Fields, "simultaneous", "define"];
    public static readonly IReadOnlyList<string> DefinitionFields = ["is", "start"];

    /// <summary>Finding out what needs what takes the square of it.</summary>
    private const int ValueLimit = 1_000;

    /// <summary>A value as the file writes it.</summary>
    private sealed record Definition(int Number, string Name, Node Node, string Path);

    public (IReadOnlyList<ExpressionValue?> Starts, IReadOnlyList<ValueGroup> Groups) Read(Node root, Scope scope)
    {
        var starts = new List<ExpressionValue?>();
        if (root.Find("values")?.Value is not { Kind: not NodeKind.Null } all)
        {
            return (starts, []);
        }

        if (all.Kind != NodeKind.List)
        {
            check.Refuse(all.Place, "values", all.Text, "a list of groups");
        }

        var groups = new List<(Node Node, string Path, List<Definition> Definitions)>();
        foreach (var node in all.Items.Where((node, i) => check.IsMapping(node, $"values[{i}]")))
        {
            var path = $"values[{groups.Count}]";
            check.OnlyFields(node, path, "a group of values", Fields);
            groups.Add((node, path, Definitions(node, path, scope, starts)));
        }

        FindTypes([.. groups.SelectMany(group => group.Definitions)], scope);
        return (starts, [.. groups.Select(group => Group(group.Node, group.Path, group.Definitions, scope, starts)).OfType<ValueGroup>()]);
    }

    private List<Definition> Definitions(Node node, string path, Scope scope, List<ExpressionValue?> starts)
    {
        var definitions = new List<Definition>();
        if (node.Find("define")?.Value is not { Kind: NodeKind.Mapping, Members.Count: > 0 } define)
        {
            check.Refuse(node.Place, $"{path}.define", node.Find("define")?.Value.Text, "a mapping of names to expressions");
            return definitions;
        }

        if (starts.Count + define.Members.Count > ValueLimit)
        {
            check.Refuse(define.Place, $"{path}.define", $"{starts.Count + define.Members.Count} values", $"at most {ValueLimit:#,0} values in all");
            return definitions;
        }

        foreach (var member in define.Members)
        {
            var at = $"{path}.define.{member.Name}";
            if (!NameRule.Check(check, member, at))
            {
                continue;
            }

            if (scope.Parameters.ContainsKey(member.Name) || scope.Values.ContainsKey(member.Name))
            {
                check.Refuse(member.Place, at, member.Name, "a name that no parameter and no other value has");
                continue;
            }

            var (written, start) = Written(member, at);
            var value = start is null ? null : terms.Read(start, $"{at}.start", Constants.Scope)?.Constant;
            scope.Values.Add(member.Name, (starts.Count, value?.Type));
            if (written is not null)
            {
                definitions.Add(new(starts.Count, member.Name, written, at));
            }

            starts.Add(value);
        }

        return definitions;
    }

    private (Node? Definition, Node? Start) Written(NodeMember member, string path)
    {
        if (member.Value.Kind != NodeKind.Mapping)
        {
            return (member.Value, null);
        }

        check.OnlyFields(member.Value, path, "a value", DefinitionFields);
        if (member.Value.Find("is") is not { } definition)
        {
            check.Refuse(member.Place, $"{path}.is", value: null, "an expression");
            return (null, null);
        }

        return (definition.Value, member.Value.Find("start")?.Value);
    }

    /// <summary>A value's type follows from those that it is made of, or from its start.</summary>
    private void FindTypes(List<Definition> open, Scope scope)
    {
        open = [.. open.Where(definition => scope.Values[definition.Name].Type is null)];
        for (var found = true; found;)
        {
            found = false;
            foreach (var definition in open.ToList())
            {
                try
                {
                    // Without one, it comes with the round that knows it.
                    if (TypeGuess.Of(ExpressionParser.Parse(definition.Node.Text), new(scope)) is { } type)
                    {
                        scope.Values[definition.Name] = (definition.Number, type);
                        open.Remove(definition);
                        found = true;
                    }
                }
                catch (Exception fault) when (fault is ExpressionFaultException or OverflowException)
                {
                    // Is said where the definition is read in earnest.
                    open.Remove(definition);
                }
            }
        }

        if (problems.Count == 0)
        {
            foreach (var definition in open)
            {
                check.Refuse(definition.Node.Place, definition.Path, definition.Node.Text, "given a start, or made of values whose type is known: in this circle nothing says what they are, so one of the values says its start");
            }
        }
    }

    private ValueGroup? Group(Node node, string path, List<Definition> definitions, Scope scope, List<ExpressionValue?> starts)
    {
        if (node.Find("every") is null)
        {
            check.Refuse(node.Place, $"{path}.every", value: null, "a unit such as year");
            return null;
        }

        var schedule = schedules.Read(node, path, scope, number: 0);
        var tolerance = Tolerance(node, path);
        var read = new List<(Definition Definition, Term Term)>();
        foreach (var definition in definitions.Where(_ => problems.Count == 0 || scope.Values.Values.All(value => value.Type is not null)))
        {
            if (terms.Read(definition.Node, definition.Path, scope) is { } term)
            {
                read.Add((definition, term));
                if (starts[definition.Number] is { } start && (start.Type.Kind != term.Type.Kind || !Operators.Fits(start.Type, term.Type)))
                {
                    check.Refuse(definition.Node.Place, definition.Path, $"start: {start}", $"{term.Type}, as '{term.Text}' is");
                }
            }
        }

        // Faults of a definition whose types could not be found are said here, once each.
        foreach (var definition in definitions.Where(definition => scope.Values[definition.Name].Type is null))
        {
            try
            {
                _ = new ExpressionCompiler(scope).Compile(ExpressionParser.Parse(definition.Node.Text));
            }
            catch (ExpressionFaultException fault)
            {
                problems.Add(new TermPlace(source, definition.Node, definition.Path).Problem(fault.Fault));
            }
            catch (UnknownTypeException)
            {
                // Follows from another's fault.
            }
        }

        return schedule is not null && read.Count == definitions.Count ? new(schedule, Ordered(read, tolerance, starts)) : null;
    }

    private decimal? Tolerance(Node node, string path)
    {
        if (node.Find("simultaneous")?.Value is not { Kind: not NodeKind.Null } simultaneous)
        {
            return null;
        }

        var stated = simultaneous.Find("tolerance")?.Value;
        if (stated is not null && decimal.TryParse(stated.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var tolerance) && tolerance > 0)
        {
            return tolerance;
        }

        check.Refuse((stated ?? simultaneous).Place, $"{path}.simultaneous", (stated ?? simultaneous).Text, "a mapping of tolerance: a number above 0, such as 1e-12");
        return 1;
    }

    /// <summary>Components of what needs what: those that others need come first.</summary>
    private List<ValueStep> Ordered(List<(Definition Definition, Term Term)> read, decimal? tolerance, List<ExpressionValue?> starts)
    {
        var indexes = read.Select((one, index) => (one.Definition.Name, index)).ToDictionary(one => one.Name, one => one.index, StringComparer.Ordinal);
        var arcs = new List<Arc<int>>();
        for (var i = 0; i < read.Count; i++)
        {
            foreach (var name in NamesOf(ExpressionParser.Parse(read[i].Definition.Node.Text)).Distinct())
            {
                if (indexes.TryGetValue(name, out var needed))
                {
                    arcs.Add(new(i, needed, 1));
                }
            }
        }

        var components = StronglyConnectedComponents.Of(SparseGraph.FromArcs<int>(read.Count, arcs.ToArray()));
        var steps = new List<ValueStep>();
        for (var component = 0; component < components.Count; component++)
        {
            var members = components.Members(component).ToArray();
            var isCircle = members.Length > 1 || arcs.Any(arc => arc.From == members[0] && arc.To == members[0]);
            if (isCircle && tolerance is null)
            {
                check.Refuse(read[members[0]].Definition.Node.Place, "values", CircleOf(members, arcs, read), "no circle within one instant: take one of them with previous(...), or say simultaneous: {tolerance: ...} for the group");
            }

            if (isCircle && tolerance is not null)
            {
                members = FromTheStarts(members, arcs, read.ConvertAll(one => starts[one.Definition.Number] is not null));
            }

            steps.Add(new([.. members.Select(member => (read[member].Definition.Number, read[member].Definition.Name, read[member].Term))], isCircle ? tolerance : null));
        }

        return steps;
    }

    /// <summary>A circle in an order in which each value needs only those before it and those that have a start, as far as there is one.</summary>
    private static int[] FromTheStarts(int[] members, List<Arc<int>> arcs, List<bool> hasStart)
    {
        var circle = members.ToHashSet();
        var needs = arcs.Where(arc => circle.Contains(arc.To) && !hasStart[arc.To]).ToLookup(arc => arc.From, arc => arc.To);
        var (order, placed, left) = (new List<int>(), new HashSet<int>(), members.ToList());
        while (left.Count > 0)
        {
            var next = Math.Max(0, left.FindIndex(member => needs[member].All(placed.Contains)));
            order.Add(left[next]);
            placed.Add(left[next]);
            left.RemoveAt(next);
        }

        return [.. order];
    }

    private static string CircleOf(int[] members, List<Arc<int>> arcs, List<(Definition Definition, Term Term)> read)
    {
        // Within a component every value needs another of it: following the first such arc comes back to where it has been.
        var path = new List<int> { members[0] };
        while (true)
        {
            var next = arcs.First(arc => arc.From == path[^1] && members.Contains(arc.To)).To;
            if (path.IndexOf(next) is var first and >= 0)
            {
                return string.Join(" -> ", path.Skip(first).Append(next).Select(member => read[member].Definition.Name));
            }

            path.Add(next);
        }
    }

    /// <summary>The names that are needed as they are now; what is asked for by <c>previous</c> is not.</summary>
    private static IEnumerable<string> NamesOf(Syntax syntax) => syntax switch
    {
        Syntax.Name name => [name.Text],
        Syntax.Unary unary => NamesOf(unary.Operand),
        Syntax.Binary binary => NamesOf(binary.Left).Concat(NamesOf(binary.Right)),
        Syntax.Choice choice => NamesOf(choice.Condition).Concat(NamesOf(choice.Then)).Concat(NamesOf(choice.Else)),
        Syntax.Call { Function: not "previous" } call => call.Arguments.SelectMany(argument => NamesOf(argument.Value)),
        _ => [],
    };
}
