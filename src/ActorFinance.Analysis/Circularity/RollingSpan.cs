using ActorFinance.Analysis.Cash;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>How far back a rolling window reaches: <c>12M</c>, <c>90D</c>, <c>2Y</c>.</summary>
public sealed record RollingSpan(int Count, char Unit)
{
    private const int CountMax = 36_500;

    public static string Rule => "a count and D, M or Y, such as 90D, 12M or 2Y";

    public static RollingSpan? Parse(string text) =>
        text.Length > 1 && char.ToUpperInvariant(text[^1]) is 'D' or 'M' or 'Y' && text[..^1].All(char.IsAsciiDigit) && int.TryParse(text[..^1], out var count) && count is > 0 and <= CountMax
            ? new(count, char.ToUpperInvariant(text[^1]))
            : null;

    /// <summary>Its length; a day is 12/365.25 of a month.</summary>
    public decimal Months => Unit switch
    {
        'Y' => 12 * Count,
        'M' => Count,
        _ => Count * 12 / 365.25m,
    };

    /// <summary>The window that ends there. Twelve months before the last tick of February's last day is the last tick of the one before.</summary>
    public FlowWindow EndingAt(Instant end)
    {
        if (end.UtcTicks == Instant.Maximum.UtcTicks)
        {
            return FlowWindow.Everything;
        }

        var after = new Instant(end.UtcTicks + 1).ToDateTime();
        var months = Unit == 'Y' ? 12 * Count : Count;
        var reaches = Unit == 'D' ? (after - DateTime.MinValue).TotalDays > Count : ((after.Year - 1) * 12) + after.Month - 1 > months;
        return new(reaches ? new((Unit == 'D' ? after.AddDays(-Count) : after.AddMonths(-months)).Ticks - 1) : Instant.Minimum, end);
    }

    public override string ToString() => $"{Count}{Unit}";
}

/// <summary>The windows of a series, one a calendar period in UTC.</summary>
public static class SeriesWindows
{
    /// <summary>
    /// From the period of the first flow in the whole window to that of the last; each ends with its period, the last no later than the whole.
    /// It starts where the whole starts, or, rolling, so far before its own end.
    /// </summary>
    /// <param name="span">When the first and the last flow in the whole window took effect; null when there is none.</param>
    /// <param name="whole">What the series is of.</param>
    /// <param name="step">The period.</param>
    /// <param name="rolling">How long each window is; null: from the start of the whole.</param>
    public static IReadOnlyList<FlowWindow> Of((Instant First, Instant Last)? span, FlowWindow whole, SeriesStep step, RollingSpan? rolling)
    {
        if (span is not var (at, last))
        {
            return [];
        }

        var windows = new List<FlowWindow>();
        while (true)
        {
            var end = Instant.Earlier(step.EndOf(at), whole.To);
            windows.Add(rolling?.EndingAt(end) ?? whole with { To = end });
            if (end >= last)
            {
                return windows;
            }

            at = new(end.UtcTicks + 1);
        }
    }
}
