using System.Globalization;

namespace ActorFinance.Client;

/// <summary>How far, how often and on what a simulation runs.</summary>
public sealed record SimulationQuestion
{
    /// <summary>Go on from the facts of the journal, which is only read.</summary>
    public bool OnBook { get; init; }

    /// <summary>Of the journal, count what holds at this time; null: all.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Of the journal, count what was recorded up to this offset; null: all.</summary>
    public long? AsKnownOffset { get; init; }

    /// <summary>How far the clock runs; null: what the scenario says.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Other values of parameters, as the scenario writes them, such as <c>3.5bn USD</c>.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Only this company; null: all.</summary>
    public string? Company { get; init; }

    /// <summary>Draw the parameters so many times; null: run once.</summary>
    public int? Runs { get; init; }

    /// <summary>Of what is drawn; null: what the scenario says, or 1.</summary>
    public int? Seed { get; init; }

    /// <summary>Go through values of parameters, as <c>--sweep</c> of the command line says; not together with <see cref="Runs"/>.</summary>
    public IReadOnlyList<string> Sweeps { get; init; } = [];

    /// <summary>With many runs, <c>month</c>, <c>quarter</c> (default) or <c>year</c>.</summary>
    public string? Every { get; init; }

    /// <summary>With many runs: figures of the book too, such as <c>cash: openai in USD</c>.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];

    internal IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("onBook", OnBook ? "true" : null),
        ("asOf", Question.TimeOf(AsOf)),
        ("asKnown", AsKnownOffset?.ToString(CultureInfo.InvariantCulture)),
        ("until", Question.TimeOf(Until)),
        .. Set.Select(parameter => ("set", (string?)$"{parameter.Key}={parameter.Value}")),
        ("company", Company),
        ("runs", Runs?.ToString(CultureInfo.InvariantCulture)),
        ("seed", Seed?.ToString(CultureInfo.InvariantCulture)),
        .. Sweeps.Select(sweep => ("sweep", (string?)sweep)),
        ("every", Every),
        .. Figures.Select(figure => ("figure", (string?)figure)),
    ];
}
