using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Scenarios.Agreements.Triggers;

/// <summary>When an agreement acts. Leaves are numbered within their agreement, in the order in which they are written.</summary>
internal abstract record Trigger
{
    private const int LabelLimit = 100;

    private Trigger()
    {
    }

    public abstract record Leaf(int Number) : Trigger;

    /// <summary>Once, at a date that is worked out when the clock starts.</summary>
    public sealed record At(int Number, Term Date) : Leaf(Number);

    /// <summary>At <paramref name="From"/> and every so often after it, to the end or to <paramref name="To"/>, both included.</summary>
    public sealed record Every(int Number, CalendarUnit Unit, string Word, Term From, Term? To) : Leaf(Number);

    /// <summary>When a company says that it has reached it.</summary>
    public sealed record Milestone(int Number, CompanyId Company, string Text) : Leaf(Number)
    {
        public string Label { get; } = Short($"milestone {Text} of {Company}");
    }

    /// <summary>For every event that matches.</summary>
    public sealed record Matching(int Number, EventSelector Selector, string Text) : Leaf(Number)
    {
        public string Label { get; } = Short($"event {Text}");
    }

    /// <summary>When something becomes true: found at the first instant at which it is, and again only after it was false.</summary>
    public sealed record Holds(int Number, Term Condition, string Text) : Leaf(Number)
    {
        public string Label { get; } = Short($"holds: {Text}");
    }

    /// <summary>Once, as soon as all have happened; of <see cref="Holds"/>, as soon as it holds beside the rest.</summary>
    public sealed record AllOf(int Number, IReadOnlyList<Trigger> Parts) : Trigger;

    /// <summary>Each time that one of them happens.</summary>
    public sealed record AnyOf(IReadOnlyList<Trigger> Parts) : Trigger;

    /// <summary>Fit for the line that says who issued an event, whatever the file holds.</summary>
    private static string Short(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
        return line.Length > LabelLimit ? line[..LabelLimit] + "..." : line;
    }

    public IEnumerable<Leaf> Leaves() => this switch
    {
        Leaf leaf => [leaf],
        AllOf all => all.Parts.SelectMany(part => part.Leaves()),
        AnyOf any => any.Parts.SelectMany(part => part.Leaves()),
        _ => [],
    };
}
