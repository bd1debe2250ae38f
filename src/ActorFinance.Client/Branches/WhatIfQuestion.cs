using System.Globalization;

namespace ActorFinance.Client;

/// <summary>What branches are compared by, and on what base.</summary>
public sealed record WhatIfQuestion
{
    /// <summary>Count what holds at this time; null: all.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Start of the window of the circular measures, exclusive; null: the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only this company; null: all.</summary>
    public string? Company { get; init; }

    /// <summary><c>paid</c> (default), <c>contracted</c> or <c>announced</c>.</summary>
    public string? Firmness { get; init; }

    /// <summary>Report circular flow in this currency, at the recorded rates.</summary>
    public string? Currency { get; init; }

    /// <summary><c>month</c>, <c>quarter</c> or <c>year</c>: the figures that differ at the end of each from where the two part; null: no series.</summary>
    public string? Every { get; init; }

    /// <summary>Families or single figures, such as <c>cash</c> or <c>stake</c>; empty: all.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>The base is what was recorded up to this offset; null: what is there, or for a kept branch what it stands on.</summary>
    public long? AsKnownOffset { get; init; }

    /// <summary>How likely a what-if is, from 0 to 1; null: what its file says. Kept branches have none.</summary>
    public decimal? Probability { get; init; }

    internal IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("asOf", Question.TimeOf(AsOf)),
        ("from", Question.TimeOf(From)),
        ("company", Company),
        ("firmness", Firmness),
        ("currency", Currency),
        ("every", Every),
        .. Measures.Select(measure => ("measure", (string?)measure)),
        ("asKnown", AsKnownOffset?.ToString(CultureInfo.InvariantCulture)),
        ("probability", Probability?.ToString(CultureInfo.InvariantCulture)),
    ];
}
