namespace ActorFinance.Scenarios.Branches;

/// <summary>One change to the events of a base. Edits apply in order, each to what those before it left.</summary>
public abstract record Edit
{
    private Edit()
    {
    }

    /// <summary>Why, and where that is said.</summary>
    public string? Reason { get; init; }

    public string? Source { get; init; }

    /// <summary>An edit of the events that its selector finds.</summary>
    /// <param name="Selector">Must match at least one event.</param>
    /// <param name="Linked">Whether legs that belong to a found event (see <see cref="LinkedLegs"/>) change with it.</param>
    public abstract record Selecting(EventSelector Selector, bool Linked) : Edit;

    /// <summary>As if they had not happened.</summary>
    public sealed record Drop(EventSelector Selector, bool Linked = true) : Selecting(Selector, Linked);

    /// <summary>Amounts and shares times a factor above 0; prices stay.</summary>
    public sealed record Scale(EventSelector Selector, decimal Factor, bool Linked = false) : Selecting(Selector, Linked);

    /// <summary>By calendar months and days; what was promised keeps its day and is due later.</summary>
    public sealed record Shift(EventSelector Selector, int Months, int Days, bool Linked = true) : Selecting(Selector, Linked);

    /// <summary>A part of each amount, above 0 and at most 1, is in kind instead of cash.</summary>
    public sealed record SplitInKind(EventSelector Selector, decimal Share) : Selecting(Selector, Linked: false);

    /// <summary>Orders that the companies of the branch decide on, after everything in it.</summary>
    public sealed record Insert(ValueList<CommandEnvelope> Commands) : Edit;

    /// <summary>Events as they are, each with its id, rank and offset: what a drop took, put back.</summary>
    public sealed record Restore(ValueList<RecordedEvent> Events) : Edit;

    /// <summary>From then on the company pays nothing and nobody pays it under its deals; what it promised and was promised lapses.</summary>
    public sealed record Default(CompanyId Company, Instant At) : Edit;

    /// <summary>From then on the company promises nothing new.</summary>
    public sealed record Freeze(CompanyId Company, Instant At) : Edit;

    /// <summary>Nothing happens after it.</summary>
    public sealed record Truncate(Instant After) : Edit;
}
