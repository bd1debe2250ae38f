namespace ActorFinance.Client;

/// <summary>Which events are wanted; a null wants all.</summary>
public record EventFilter
{
    /// <summary>Who emitted it.</summary>
    public string? Company { get; init; }

    /// <summary>Such as <c>investment-made</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Under which deal.</summary>
    public string? Deal { get; init; }

    /// <summary>Who emitted it or is named in it.</summary>
    public string? Party { get; init; }
}

/// <summary>Where a stream begins.</summary>
public readonly record struct StreamStart
{
    private readonly string? _text;

    private StreamStart(string text) => _text = text;

    /// <summary>With the first event.</summary>
    public static StreamStart Beginning => new("beginning");

    /// <summary>With what is written from now on.</summary>
    public static StreamStart Now => new("now");

    /// <summary>Behind an offset: what was kept of <see cref="StreamStep.Offset"/>.</summary>
    public static StreamStart After(long offset) => new(offset.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>With what was recorded since.</summary>
    public static StreamStart Since(DateTimeOffset time) => new(Command.TextOf(time));

    public override string ToString() => _text ?? "beginning";
}

/// <summary>One step of a subscription.</summary>
/// <param name="Offset">Everything up to here has come or is not wanted: keep it, and start <see cref="StreamStart.After"/> it.</param>
/// <param name="Event">Null in a heartbeat.</param>
public sealed record StreamStep(long Offset, EventRecord? Event);
