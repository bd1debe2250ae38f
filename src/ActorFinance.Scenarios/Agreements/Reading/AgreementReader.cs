using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Orders;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Reading;

/// <summary>Reads <c>agreements</c>: a name, when it acts, and the orders that it then gives; once for each row of <c>each</c>.</summary>
internal sealed class AgreementReader(string file, ShapeCheck check, TermReader terms, ScheduleReader schedules, List<InputProblem> problems)
{
    public static readonly IReadOnlyList<string> Fields = ["agreement", "title", "source", "each", "when", "if", "refused", "then"];

    private const int RowLimit = 1_000;

    /// <summary>Orders that a file may come to once each row of <c>each</c> is written out: a small file must not unfold without end.</summary>
    private const int OrderLimit = 100_000;

    private readonly OrderReader _orders = new(file, check, terms, problems);
    private readonly TriggerReader _triggers = new(check, terms, schedules);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private long _orderCount;

    public IReadOnlyList<Agreement> Read(Node root, Scope scope)
    {
        var agreements = new List<Agreement>();
        if (root.Find("agreements")?.Value is not { Kind: not NodeKind.Null } all)
        {
            return agreements;
        }

        if (all.Kind != NodeKind.List)
        {
            check.Refuse(all.Place, "agreements", all.Text, "a list of agreements");
        }

        for (var i = 0; i < all.Items.Count; i++)
        {
            var path = $"agreements[{i}]";
            if (check.IsMapping(all.Items[i], path))
            {
                agreements.AddRange(Agreements(all.Items[i], path, scope));
            }
        }

        return agreements;
    }

    private IEnumerable<Agreement> Agreements(Node node, string path, Scope scope)
    {
        check.OnlyFields(node, path, "an agreement", Fields);
        var name = NameOf(node, path);
        var read = new List<Agreement>();
        var rows = Rows(node, path, scope);
        _orderCount += (long)rows.Count * (node.Find("then")?.Value.Items.Count ?? 0);
        if (_orderCount > OrderLimit)
        {
            check.Refuse(node.Place, path, name, $"shorter: with a row of 'each' for each, the agreements up to here come to {_orderCount:#,0} orders, and at most {OrderLimit:#,0} are taken");
            return read;
        }

        foreach (var (row, ordinal) in rows.Select((row, i) => (row, i + 1)))
        {
            var before = problems.Count;
            var own = scope with { Row = row };
            var label = row.Count == 0 ? name : $"{name}/{LabelOf(row, ordinal)}";
            if (Agreement(node, label, path, own) is { } agreement)
            {
                read.Add(agreement);
            }

            if (problems.Count > before)
            {
                // What is wrong with one row is mostly wrong with all: it is said once.
                break;
            }
        }

        return read;
    }

    /// <summary>A row is called by its first constant where that can stand in an id, else by its ordinal.</summary>
    private static string LabelOf(Dictionary<string, ExpressionValue> row, int ordinal)
    {
        var text = row.Values.First().ToString().Replace(' ', '-');
        return text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? text : ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private string NameOf(Node node, string path)
    {
        if (node.Find("agreement") is not { Value: { Kind: NodeKind.Text or NodeKind.Plain } name } || !ScenarioFile.Slug.Accepts(name.Text))
        {
            check.Refuse(node.Find("agreement")?.Value.Place ?? node.Place, $"{path}.agreement", node.Find("agreement")?.Value.Text, ScenarioFile.Slug.Rule);
            return "agreement";
        }

        if (!_lines.TryAdd(name.Text, name.Place.Line))
        {
            check.Refuse(name.Place, $"{path}.agreement", name.Text, $"a name of its own; line {_lines[name.Text]} has it");
        }

        return name.Text;
    }

    private Agreement? Agreement(Node node, string name, string path, Scope scope)
    {
        if (node.Find("when")?.Value is not { } when)
        {
            check.Refuse(node.Place, $"{path}.when", value: null, TriggerReader.Rule);
            return null;
        }

        var (trigger, numbers) = _triggers.Read(when, $"{path}.when", scope);
        var own = scope with { HasOrdinal = true, HasEvent = trigger?.Leaves().All(leaf => leaf is Triggers.Trigger.Matching or Triggers.Trigger.Milestone) == true };
        var guard = node.Find("if") is { } test ? terms.Read(test.Value, $"{path}.if", own, ValueKind.Truth) : null;
        var stops = Stops(node, path);
        var orders = new List<OrderTemplate>();
        if (node.Find("then")?.Value is { Kind: NodeKind.List, Items.Count: > 0 } then)
        {
            for (var i = 0; i < then.Items.Count; i++)
            {
                if (_orders.Read(then.Items[i], $"{path}.then[{i}]", own) is { } order)
                {
                    orders.Add(order);
                }
            }
        }
        else
        {
            check.Refuse(node.Find("then")?.Value.Place ?? node.Place, $"{path}.then", node.Find("then")?.Value.Text, "a list of orders, at least one");
        }

        return trigger is not null && orders.Count > 0 ? new(name, trigger, numbers, guard, orders, stops) : null;
    }

    private bool Stops(Node node, string path)
    {
        if (node.Find("refused")?.Value is not { } refused || refused.Text == "report")
        {
            return false;
        }

        if (refused.Text != "stop")
        {
            check.Refuse(refused.Place, $"{path}.refused", refused.Text, "report (which it is unless stated) or stop");
        }

        return true;
    }

    /// <summary>A lone name in a row stands for itself: no name means anything there.</summary>
    private static bool IsWord(Node node)
    {
        try
        {
            return node.Kind is NodeKind.Text or NodeKind.Plain && Tokens.Of(node.Text) is [{ Kind: TokenKind.Name, Text: not ("true" or "false") }, _];
        }
        catch (ExpressionFaultException)
        {
            return false;
        }
    }

    /// <summary>The rows of <c>each</c>, every one with the same names; one without names when there are none.</summary>
    private List<Dictionary<string, ExpressionValue>> Rows(Node node, string path, Scope scope)
    {
        if (node.Find("each")?.Value is not { } each)
        {
            return [[]];
        }

        if (each is not { Kind: NodeKind.List, Items.Count: > 0 and <= RowLimit })
        {
            check.Refuse(each.Place, $"{path}.each", each.Text, $"a list of 1 to {RowLimit:#,0} rows such as {{k: 1, price: 100 USD}}");
            return [];
        }

        var rows = new List<Dictionary<string, ExpressionValue>>();
        for (var i = 0; i < each.Items.Count; i++)
        {
            var at = $"{path}.each[{i}]";
            if (!check.IsMapping(each.Items[i], at))
            {
                continue;
            }

            var row = new Dictionary<string, ExpressionValue>(StringComparer.Ordinal);
            foreach (var member in each.Items[i].Members)
            {
                var field = $"{at}.{member.Name}";
                if (!NameRule.Check(check, member, field))
                {
                    continue;
                }

                if (scope.Parameters.ContainsKey(member.Name) || scope.Values.ContainsKey(member.Name))
                {
                    check.Refuse(member.Place, field, member.Name, "a name that no parameter and no value has");
                }
                else if (IsWord(member.Value))
                {
                    row[member.Name] = ExpressionValue.Text(member.Value.Text);
                }
                else if (terms.Read(member.Value, field, Constants.Scope) is { Constant: { } constant })
                {
                    row[member.Name] = constant;
                }
            }

            if (rows.Count > 0 && !rows[0].Keys.ToHashSet(StringComparer.Ordinal).SetEquals(row.Keys))
            {
                check.Refuse(each.Items[i].Place, at, string.Join(", ", row.Keys), $"the names of the first row: {string.Join(", ", rows[0].Keys)}");
            }

            rows.Add(row);
        }

        return problems.Count > 0 ? [.. rows.Take(1)] : rows;
    }
}
