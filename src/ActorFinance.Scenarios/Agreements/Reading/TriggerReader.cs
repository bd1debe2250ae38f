using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Triggers;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Reading;

/// <summary>Reads <c>when</c>: one trigger, or several under <c>all-of</c> or <c>any-of</c>.</summary>
internal sealed class TriggerReader(ShapeCheck check, TermReader terms, ScheduleReader schedules)
{
    public const string Rule = "one of date, every, milestone, event, holds, all-of, any-of";

    public static readonly IReadOnlyList<string> Kinds = ["date", "every", "milestone", "event", "holds", "all-of", "any-of"];

    /// <summary>The trigger, and how many numbers its parts have.</summary>
    public (Trigger? Trigger, int Numbers) Read(Node node, string path, Scope scope)
    {
        var next = 0;
        return (Part(node, path, scope, ref next), next);
    }

    private Trigger? Part(Node node, string path, Scope scope, ref int next)
    {
        if (!check.IsMapping(node, path))
        {
            return null;
        }

        if (node.Members.Where(member => Kinds.Contains(member.Name)).ToList() is not [var kind])
        {
            var odd = node.Members.Select(member => member.Name).FirstOrDefault(name => !Kinds.Contains(name)) ?? node.Members.Skip(1).FirstOrDefault()?.Name;
            check.Refuse(node.Place, path, odd, Rule + Spelling.Hint(odd ?? "", Kinds));
            return null;
        }

        IReadOnlyList<string> names = kind.Name == "every" ? ScheduleReader.Fields : [kind.Name];
        check.OnlyFields(node, path, $"'{kind.Name}'", names);
        var (at, number) = (ShapeCheck.Join(path, kind.Name), next++);
        switch (kind.Name)
        {
            case "date":
                return terms.Read(kind.Value, at, scope, ValueKind.Date) is { } date ? new Trigger.At(number, date) : null;
            case "every":
                return schedules.Read(node, path, scope, number);
            case "milestone":
                return Milestone(kind, at, scope, number);
            case "event":
                return Matching(kind, at, scope, number);
            case "holds":
                return terms.Read(kind.Value, at, scope, ValueKind.Truth) is { } condition ? new Trigger.Holds(number, condition, Filled(kind.Value, at, scope) ?? condition.Text) : null;
            default:
                var parts = Parts(kind, at, scope, ref next);
                return parts is null ? null : kind.Name == "all-of" ? new Trigger.AllOf(number, parts) : new Trigger.AnyOf(parts);
        }
    }

    private List<Trigger>? Parts(NodeMember kind, string path, Scope scope, ref int next)
    {
        if (kind.Value is not { Kind: NodeKind.List, Items.Count: > 0 } list)
        {
            check.Refuse(kind.Value.Place, path, kind.Value.Text, "a list of triggers");
            return null;
        }

        var parts = new List<Trigger>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (Part(list.Items[i], $"{path}[{i}]", scope, ref next) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.Count == list.Items.Count ? parts : null;
    }

    private Trigger.Milestone? Milestone(NodeMember kind, string path, Scope scope, int number)
    {
        if (!check.IsMapping(kind.Value, path))
        {
            return null;
        }

        check.OnlyFields(kind.Value, path, "'milestone'", ["company", "reached"]);
        var company = TextOf(kind.Value, "company", path, scope);
        var text = TextOf(kind.Value, "reached", path, scope);
        if (company is not null && !scope.Companies.ContainsKey(company))
        {
            check.Refuse(kind.Value.Find("company")!.Value.Place, $"{path}.company", company, $"a company of the book or of the file{Spelling.Hint(company, scope.Companies.Keys)}");
            return null;
        }

        return company is null || text is null ? null : new(number, Value.Parse<CompanyId>(company), text);
    }

    private Trigger.Matching? Matching(NodeMember kind, string path, Scope scope, int number)
    {
        if (!check.IsMapping(kind.Value, path))
        {
            return null;
        }

        var written = kind.Value.Members
            .Select(member => (member.Name, Values: member.Value.Kind == NodeKind.List ? [.. member.Value.Items.Select(item => Filled(item, path, scope))] : new List<string?> { Filled(member.Value, path, scope) }))
            .ToList();
        if (written.Any(term => term.Values.Contains(null)))
        {
            return null;
        }

        var faults = new List<EditFault>();
        var selector = EditTerms.ParseSelector([.. written.Select(term => new EditTerm(term.Name, string.Join('|', term.Values)))], faults);
        foreach (var fault in faults)
        {
            check.Refuse(fault.PlaceIn(kind), $"{path}.{fault.Name}", fault.Value, fault.Rule);
        }

        return selector is null ? null : new(number, selector, string.Join(", ", written.Select(term => $"{term.Name} {string.Join(" or ", term.Values)}")));
    }

    private string? TextOf(Node node, string name, string path, Scope scope)
    {
        if (node.Find(name) is { Value: { Kind: NodeKind.Text or NodeKind.Plain } text })
        {
            return Filled(text, $"{path}.{name}", scope);
        }

        check.Refuse(node.Find(name)?.Value.Place ?? node.Place, $"{path}.{name}", node.Find(name)?.Value.Text, "text");
        return null;
    }

    /// <summary>Text in which braces hold names of the agreement's row.</summary>
    private string? Filled(Node node, string path, Scope scope)
    {
        try
        {
            return scope.Filled(node.Text, 0);
        }
        catch (ExpressionFaultException fault)
        {
            check.Refuse(node.Place, path, fault.Fault.Found, fault.Fault.Rule);
            return null;
        }
    }
}
