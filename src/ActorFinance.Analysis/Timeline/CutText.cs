using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>A value that was read from text, or why it could not be: exactly one of the two is there.</summary>
public sealed record Parsed<T>
    where T : class
{
    private Parsed(T? value, string? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    /// <summary>Names the option, the text and the rule.</summary>
    public string? Error { get; }

    internal static Parsed<T> Of(T value) => new(value, null);

    internal static Parsed<T> Wrong(string error) => new(null, error);
}

/// <summary>A moment that bounds a window or a cut.</summary>
public sealed record Bound(Instant At);

/// <summary>Reads the points in time that people type. A bare date stands for its last tick, as the start of a window for the tick before its first.</summary>
public static class CutText
{
    /// <summary><c>--as-of</c>, and the end of a window.</summary>
    public static Parsed<Bound> AsOf(string text, string option = "--as-of") =>
        Instant.TryParseDate(text, out var midnight) ? Parsed<Bound>.Of(new(midnight.EndOfDay()))
        : Instant.TryParse(text, out var instant) ? Parsed<Bound>.Of(new(instant))
        : Parsed<Bound>.Wrong($"{option} '{text}' must be {Instant.Rule}");

    /// <summary><c>--as-known</c>: digits only are an offset, anything else a time as in <see cref="AsOf"/>.</summary>
    public static Parsed<AsKnown> AsKnown(string text, string option = "--as-known")
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return long.TryParse(text, out var offset)
                ? Parsed<AsKnown>.Of(new AsKnown.AtOffset(new(offset)))
                : Parsed<AsKnown>.Wrong($"{option} '{text}' must be an offset of at most {long.MaxValue}");
        }

        return AsOf(text, option) is { Value: { } bound }
            ? Parsed<AsKnown>.Of(new AsKnown.AtTime(bound.At))
            : Parsed<AsKnown>.Wrong($"{option} '{text}' must be an offset (digits only), {Instant.Rule}");
    }

    /// <summary><c>--from</c>: the start of a window (from, to], so that a bare date's own day counts. The first day there is starts at its first tick.</summary>
    public static Parsed<Bound> From(string text, string option = "--from") =>
        Instant.TryParseDate(text, out var midnight) ? Parsed<Bound>.Of(new(new(Math.Max(midnight.UtcTicks - 1, 0))))
        : Instant.TryParse(text, out var instant) ? Parsed<Bound>.Of(new(instant))
        : Parsed<Bound>.Wrong($"{option} '{text}' must be {Instant.Rule}");
}
