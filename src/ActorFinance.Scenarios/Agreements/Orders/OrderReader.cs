using System.Reflection;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Orders;

/// <summary>
/// Reads the commands of an agreement. They have the form that a scenario's commands have, which is checked by the same check: first every expression
/// is taken out and a placeholder put in its place, then the entry is read as any other.
/// </summary>
internal sealed class OrderReader(string file, ShapeCheck check, TermReader terms, List<InputProblem> problems)
{
    /// <summary>A model's expressions ask what happened so far; a void would change what they were already answered.</summary>
    public const string NoVoid = "left out where a clock runs: terms bring about facts, and only a journal says that one was wrong; what is paid back is a refund-purchase or a repay-loan";

    private const string Guard = "if";
    private const string Delay = "after";

    /// <summary>What an order has beside its command.</summary>
    public static readonly IReadOnlyList<string> Fields = ["company", "deal", "leg", "tranche", "source", "confidence", Guard, Delay];

    private static readonly string[] s_ofTheClock = ["effective", "id", "known", "rank"];
    private static readonly string[] s_amounts = ["amount", "quantity", "principal", "total"];

    private readonly CommandEntry _entries = new(file, check, problems);

    public OrderTemplate? Read(Node entry, string path, Scope scope)
    {
        var before = problems.Count;
        if (!check.IsMapping(entry, path))
        {
            return null;
        }

        foreach (var member in entry.Members.Where(member => s_ofTheClock.Contains(member.Name)))
        {
            check.Refuse(member.Place, ShapeCheck.Join(path, member.Name), member.Name, "left out: the clock says when an order of an agreement is given, and names it");
        }

        var guard = entry.Find(Guard) is { } test ? terms.Read(test.Value, ShapeCheck.Join(path, Guard), scope, ValueKind.Truth) : null;
        var delay = entry.Find(Delay) is { } wait ? terms.Read(wait.Value, ShapeCheck.Join(path, Delay), scope, ValueKind.Duration) : null;
        var amounts = new List<Term>();
        var members = new List<NodeMember> { new("effective", entry.Place, Node.Scalar(NodeKind.Text, entry.Place, "2000-01-01")) };
        var fields = new List<(PropertyInfo, Patch)>();
        foreach (var member in entry.Members.Where(member => member.Name is not (Guard or Delay) && !s_ofTheClock.Contains(member.Name)))
        {
            var at = ShapeCheck.Join(path, member.Name);
            if (CommandShapes.Types.TryGetValue(member.Name, out var command))
            {
                if (command == typeof(VoidEvent))
                {
                    check.Refuse(member.Place, at, member.Name, NoVoid);
                }

                var (value, patch) = Opened(member.Value, command, at, scope, amounts);
                members.Add(member with { Value = value });
                AddField(fields, typeof(CommandEnvelope).GetProperty(nameof(CommandEnvelope.Command))!, patch);
            }
            else if (CommandShapes.PropertyOf(typeof(CommandEnvelope), member.Name) is { } property)
            {
                var (value, patch) = Opened(member.Value, property.PropertyType, at, scope, amounts);
                members.Add(member with { Value = value });
                AddField(fields, property, patch);
            }
            else
            {
                members.Add(member);
            }
        }

        var prototype = problems.Count == before ? _entries.Read(Node.Mapping(entry.Place, members), path) : null;
        return prototype is null ? null : new(entry.Place, prototype, fields.Count == 0 ? null : new Patch.Record(typeof(CommandEnvelope), fields), amounts, guard, delay);
    }

    /// <summary>The node with a placeholder for every expression, and what puts their values in.</summary>
    private (Node Node, Patch? Patch) Opened(Node node, Type type, string path, Scope scope, List<Term> amounts)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        switch (node.Kind)
        {
            case NodeKind.Mapping when LeafKind.Of(type) is null && !type.IsGenericType:
                return OpenedRecord(node, type, path, scope, amounts);
            case NodeKind.List when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>):
                return OpenedList(node, type.GetGenericArguments()[0], path, scope, amounts);
            case NodeKind.Text or NodeKind.Plain when LeafKind.Of(type) is { } leaf:
                return OpenedLeaf(node, leaf, path, scope, amounts);
            default:
                return (node, null);
        }
    }

    private (Node Node, Patch? Patch) OpenedRecord(Node node, Type type, string path, Scope scope, List<Term> amounts)
    {
        var members = new List<NodeMember>();
        var fields = new List<(PropertyInfo, Patch)>();
        foreach (var member in node.Members)
        {
            if (CommandShapes.PropertyOf(type, member.Name) is not { } property)
            {
                members.Add(member);
                continue;
            }

            var (value, patch) = Opened(member.Value, property.PropertyType, ShapeCheck.Join(path, member.Name), scope, amounts);
            members.Add(member with { Value = value });
            AddField(fields, property, patch);
        }

        return (node with { Members = members }, fields.Count == 0 ? null : new Patch.Record(type, fields));
    }

    private (Node Node, Patch? Patch) OpenedList(Node node, Type item, string path, Scope scope, List<Term> amounts)
    {
        var items = new List<Node>();
        var patches = new List<(int, Patch)>();
        for (var i = 0; i < node.Items.Count; i++)
        {
            var (value, patch) = Opened(node.Items[i], item, $"{path}[{i}]", scope, amounts);
            items.Add(value);
            if (patch is not null)
            {
                patches.Add((i, patch));
            }
        }

        return (node with { Items = items }, patches.Count == 0 ? null : (Patch)Activator.CreateInstance(typeof(Patch.List<>).MakeGenericType(item), patches)!);
    }

    private (Node Node, Patch? Patch) OpenedLeaf(Node node, LeafKind leaf, string path, Scope scope, List<Term> amounts)
    {
        if (leaf.Wanted is { } kind)
        {
            if (leaf.IsLiteral(node.Text) || terms.Read(node, path, scope, kind) is not { } term)
            {
                return (node, null);
            }

            if (s_amounts.Contains(path[(path.LastIndexOf('.') + 1)..]))
            {
                amounts.Add(term);
            }

            return (node with { Text = leaf.Placeholder }, new Patch.Leaf(evaluation => leaf.Value(term, term.Of(evaluation))));
        }

        if (!node.Text.Contains('{', StringComparison.Ordinal) || terms.ReadTemplate(node, path, scope) is not { } parts)
        {
            return (node, null);
        }

        if (parts.All(part => part.Term is null or { Constant: not null }))
        {
            return (node with { Kind = NodeKind.Text, Text = string.Concat(parts.Select(part => part.Term?.Constant?.ToString() ?? part.Text)) }, null);
        }

        return (node with { Kind = NodeKind.Text, Text = leaf.Placeholder }, new Patch.Leaf(evaluation =>
        {
            var text = string.Concat(parts.Select(part => part.Term?.Of(evaluation).ToString() ?? part.Text));
            return leaf.Parse(text) ?? throw parts.First(part => part.Term is not null).Term!.Fault(new(0, text, leaf.Rule));
        }));
    }

    private static void AddField(List<(PropertyInfo Property, Patch Patch)> fields, PropertyInfo property, Patch? patch)
    {
        if (patch is not null)
        {
            fields.Add((property, patch));
        }
    }
}
