using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Triggers;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Reading;

/// <summary>Reads <c>every</c>, <c>from</c> and <c>to</c>.</summary>
internal sealed class ScheduleReader(ShapeCheck check, TermReader terms, Instant? start)
{
    public static readonly IReadOnlyList<string> Fields = ["every", "from", "to"];

    public Trigger.Every? Read(Node node, string path, Scope scope, int number)
    {
        var every = node.Find("every")!.Value;
        var unit = Unit(every);
        if (unit is null)
        {
            check.Refuse(every.Place, ShapeCheck.Join(path, "every"), every.Text, $"one of {string.Join(", ", CalendarUnit.Names)}, or several, such as '2 weeks'{Spelling.Hint(every.Text, CalendarUnit.Names)}");
        }

        var from = node.Find("from") is { } first ? terms.Read(first.Value, ShapeCheck.Join(path, "from"), scope, ValueKind.Date) : Start(node, path, every);
        var to = node.Find("to") is { } last ? terms.Read(last.Value, ShapeCheck.Join(path, "to"), scope, ValueKind.Date) : null;
        return unit is { } known && from is not null ? new(number, known, every.Text.Trim(), from, to) : null;
    }

    private Term? Start(Node node, string path, Node every)
    {
        if (start is not { } at)
        {
            check.Refuse(node.Place, ShapeCheck.Join(path, "from"), value: null, "the date of the first time; only a clock that says 'from' gives it by itself");
            return null;
        }

        return new(Compiled.Fixed(ExpressionValue.Date(at)), at.ToString(), terms.PlaceOf(every, path));
    }

    private static CalendarUnit? Unit(Node every)
    {
        if (every.Kind is not (NodeKind.Text or NodeKind.Plain))
        {
            return null;
        }

        var words = every.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = 1;
        return words.Length is 1 or 2
            && (words.Length == 1 || (int.TryParse(words[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out count) && count is > 0 and <= 1_200))
            && CalendarUnit.TryParse(words[^1], out var unit)
                ? new(unit.Months * count, unit.Days * count)
                : null;
    }
}
