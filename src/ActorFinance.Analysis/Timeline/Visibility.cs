using ActorFinance.Model;

namespace ActorFinance.Analysis.Timeline;

/// <summary>As known at K, resolved once to one number on one axis, so that a loop over many events compares numbers only.</summary>
public readonly struct KnownPoint
{
    private KnownPoint(bool byOffset, long value)
    {
        ByOffset = byOffset;
        Value = value;
    }

    internal bool ByOffset { get; }

    /// <summary>An offset, or ticks of known time.</summary>
    internal long Value { get; }

    public static KnownPoint Of(AsKnown asKnown) =>
        asKnown switch
        {
            // One below the maximum, which stands for never.
            AsKnown.AtOffset at => new(true, Math.Min(at.Offset.Value, Visibility.Never - 1)),
            AsKnown.AtTime at => new(false, at.Time.UtcTicks),
            _ => throw new InvalidOperationException($"'{asKnown}' is no point on either axis"),
        };

    public bool Sees(in Visibility visibility) =>
        ByOffset
            ? visibility.FromOffset <= Value && Value < visibility.UntilOffset
            : visibility.FromKnown <= Value && Value < visibility.UntilKnown;
}

/// <summary>
/// Where on the two axes an event counts: from its appearance up to, and without, its being voided; at every effective time alike.
/// Known times in UTC ticks; <see cref="Never"/> is after everything.
/// </summary>
public readonly record struct Visibility(long FromOffset, long UntilOffset, long FromKnown, long UntilKnown)
{
    public const long Never = long.MaxValue;

    internal bool HasAppeared => FromOffset != Never;

    internal Visibility Until(long offset, long known) =>
        this with { UntilOffset = Math.Min(UntilOffset, offset), UntilKnown = Math.Min(UntilKnown, known) };
}
