namespace ActorFinance.Scenarios.Branches;

/// <summary>Times moved by calendar months and days; the first that would leave the calendar is remembered, and stays where it is.</summary>
internal sealed class Moving(int months, int days)
{
    /// <summary>The rule that a move broke, or null.</summary>
    public string? Rule { get; private set; }

    public Instant Of(Instant at)
    {
        if (EventChange.TryMove(at, months, days, out var moved))
        {
            return moved;
        }

        Rule ??= $"{at} moved by {(months != 0 ? $"{months:#,0} months" : $"{days:#,0} days")} lies outside the years 1 to 9999";
        return at;
    }
}
