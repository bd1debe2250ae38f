using System.Globalization;

namespace ActorFinance.Client;

/// <summary>What an answer must at least stand on: an offset, or one company's event.</summary>
public readonly record struct AtLeast
{
    private readonly string? _text;

    public AtLeast(long offset) => _text = offset.ToString(CultureInfo.InvariantCulture);

    public AtLeast(string company, long sequenceNumber) => _text = string.Create(CultureInfo.InvariantCulture, $"{company}:{sequenceNumber}");

    public override string ToString() => _text ?? "0";
}

/// <summary>The point that is asked about.</summary>
public record Question
{
    /// <summary>Count what holds at this time; null: all.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Count what was recorded up to this offset; null: all.</summary>
    public long? AsKnownOffset { get; init; }

    /// <summary>Count what was known at this time; not together with <see cref="AsKnownOffset"/>.</summary>
    public DateTimeOffset? AsKnownTime { get; init; }

    /// <summary>Wait until the answer stands on this; for reading what one has written.</summary>
    public AtLeast? AtLeast { get; init; }

    /// <summary>Only this company; null: all.</summary>
    public string? Company { get; init; }

    internal virtual IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("asOf", TimeOf(AsOf)),
        ("asKnown", AsKnownOffset?.ToString(CultureInfo.InvariantCulture) ?? TimeOf(AsKnownTime)),
        ("atLeast", AtLeast?.ToString()),
        ("company", Company),
    ];

    internal static string? TimeOf(DateTimeOffset? time) => time is { } at ? Command.TextOf(at) : null;
}

/// <inheritdoc />
public sealed record OwnershipQuestion : Question
{
    /// <summary><c>outstanding</c> (default), <c>voting</c> or <c>fully-diluted</c>.</summary>
    public string? Basis { get; init; }

    internal override IEnumerable<(string Name, string? Value)> Parameters() => [.. base.Parameters(), ("basis", Basis)];
}

/// <inheritdoc />
public sealed record CircularQuestion : Question
{
    /// <summary>Start of the window, exclusive; null: the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the window, inclusive; null: the end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary><c>paid</c> (default), <c>contracted</c> or <c>announced</c>.</summary>
    public string? Firmness { get; init; }

    /// <summary>Count what was given in kind too.</summary>
    public bool InKind { get; init; }

    /// <summary>Report in this currency, at the recorded rates.</summary>
    public string? Currency { get; init; }

    /// <summary>Also what can have come back within 1 to this many payments; 0: not asked.</summary>
    public int Hops { get; init; }

    /// <summary><c>haircut</c> (default), <c>fifo</c> or <c>lifo</c>.</summary>
    public string? Trace { get; init; }

    internal override IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        .. base.Parameters(),
        ("from", TimeOf(From)),
        ("to", TimeOf(To)),
        ("firmness", Firmness),
        ("inKind", InKind ? "true" : null),
        ("currency", Currency),
        ("hops", Hops > 0 ? Hops.ToString(CultureInfo.InvariantCulture) : null),
        ("trace", Trace),
    ];
}

/// <inheritdoc />
public sealed record EventsQuestion : Question
{
    /// <summary>Such as <c>investment-made</c>; null: all.</summary>
    public string? Type { get; init; }

    /// <summary>Only events under this deal.</summary>
    public string? Deal { get; init; }

    /// <summary>Also voided and pending events, marked so.</summary>
    public bool All { get; init; }

    /// <summary>How many are fetched at a time; null: 100.</summary>
    public int? PageSize { get; init; }

    internal override IEnumerable<(string Name, string? Value)> Parameters() =>
        [.. base.Parameters(), ("type", Type), ("deal", Deal), ("all", All ? "true" : null), ("limit", PageSize?.ToString(CultureInfo.InvariantCulture))];
}
