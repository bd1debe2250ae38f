namespace ActorFinance.Scenarios.Branches;

/// <summary>What a payment can be turned into: the same money for something else, or none.</summary>
public enum Substitute
{
    /// <summary>In kind becomes cash.</summary>
    Cash = 1,
    InKind = 2,
    Purchase = 3,
    Investment = 4,

    /// <summary>Such as the rent of what was to be bought.</summary>
    Fee = 5,
}

/// <summary>What an outcome does to a condition: true from a time on, not before a time, or never.</summary>
public enum ConditionOutcome
{
    At = 1,
    NotBefore = 2,
    Never = 3,
}

/// <summary>A value that holds from a time on.</summary>
public sealed record PathPoint<T>(Instant At, T Value);

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

    /// <summary>
    /// Other terms: an amount or a day for each, the rest as it was; or orders in their place, which the companies of the branch decide on.
    /// </summary>
    public sealed record Replace(EventSelector Selector, Money? Amount, Instant? At, ValueList<CommandEnvelope> With, bool Linked = false) : Selecting(Selector, Linked);

    /// <summary>A part of each amount, above 0 and at most 1, is in kind instead of cash.</summary>
    public sealed record SplitInKind(EventSelector Selector, decimal Share) : Selecting(Selector, Linked: false);

    /// <summary>What a split parted: a payment in kind joins the one in cash beside it (same payer, payee, deal and time), or becomes cash.</summary>
    public sealed record Merge(EventSelector Selector) : Selecting(Selector, Linked: false);

    /// <summary>Payments become payments for something else.</summary>
    public sealed record Substitution(EventSelector Selector, Substitute With) : Selecting(Selector, Linked: false);

    /// <summary>
    /// The valuations that the selector finds, in fold order: each <paramref name="Growth"/> above (below 0: under) the price of the one before it, or
    /// times <paramref name="Factor"/>, or before the money what <paramref name="Path"/> says, the last for all that follow. Shares of the issuer that
    /// follow from a valuation after the first of them are priced anew. With a <paramref name="Clause"/>, rounds below the price of earlier shares add to these.
    /// </summary>
    public sealed record SetValuation(EventSelector Selector, decimal? Growth, decimal? Factor, ValueList<Money> Path, Protection? Clause = null) : Selecting(Selector, Linked: false);

    /// <summary>The recorded prices of a class of shares from the first point on are these. Warrants that hang on the price vest, or do not.</summary>
    public sealed record SetPrice(CompanyId Issuer, ShareClassId Class, ValueList<PathPoint<Money>> Path) : Edit;

    /// <summary>The rates of a pair: times a factor, or from the first point on these.</summary>
    public sealed record SetRate(Currency Base, Currency Quote, decimal? Factor, ValueList<PathPoint<Quantity>> Path) : Edit;

    /// <summary>
    /// A milestone is reached at a time, not before it, or never; with it what hangs on it: legs of its tranche, promises and warrants whose conditions name it.
    /// </summary>
    public sealed record SetCondition(CompanyId Company, string Milestone, ConditionOutcome Outcome, Instant? Time) : Edit;

    /// <summary>A milestone is reached later (or earlier), and what hangs on it too.</summary>
    public sealed record DelayMilestone(CompanyId Company, string Milestone, int Months, int Days) : Edit;

    /// <summary>Orders that the companies of the branch decide on, after everything in it.</summary>
    public sealed record Insert(ValueList<CommandEnvelope> Commands) : Edit;

    /// <summary>Events as they are, each with its id, rank and offset: what a drop took, put back.</summary>
    public sealed record Restore(ValueList<RecordedEvent> Events) : Edit;

    /// <summary>
    /// From then on the company pays nothing and nobody pays it under its deals; what it promised and was promised lapses. Its creditors get
    /// <paramref name="Recovery"/>, 0 to 1, of what it owes them, and whoever guaranteed for it pays the rest up to the ceiling.
    /// </summary>
    /// <param name="Company">That defaults.</param>
    /// <param name="At">From then on.</param>
    /// <param name="Recovery">The share of all that it owes which its creditors get together.</param>
    /// <param name="Senior">Claims that are paid first, as <see cref="Claim"/> names them.</param>
    /// <param name="Junior">Claims that are paid last.</param>
    public sealed record Default(CompanyId Company, Instant At, decimal Recovery, ValueList<string> Senior, ValueList<string> Junior) : Edit
    {
        public Default(CompanyId company, Instant at, decimal recovery = 0)
            : this(company, at, recovery, [], [])
        {
        }
    }

    /// <summary>A guarantee is called for what its beneficiary's cash lacks at the time, up to what is left of its ceiling.</summary>
    public sealed record CallOn(GuaranteeId Guarantee, Instant At) : Edit;

    /// <summary>From then on the company promises nothing new.</summary>
    public sealed record Freeze(CompanyId Company, Instant At) : Edit;

    /// <summary>Nothing happens after it.</summary>
    public sealed record Truncate(Instant After) : Edit;
}
