using System.Globalization;

namespace ActorFinance.Service.Streaming;

/// <summary>Where a stream begins.</summary>
internal abstract record StreamStart
{
    public const string Rule = "beginning, now, an offset (digits only), a date (from its midnight on) or an RFC 3339 time";

    private StreamStart()
    {
    }

    public static StreamStart Beginning { get; } = new After(default);

    public static bool TryParse(string text, out StreamStart start)
    {
        if (text is "beginning" or "now")
        {
            start = text == "now" ? new AtEnd() : Beginning;
            return true;
        }

        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            var isOffset = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset);
            start = new After(new(offset));
            return isOffset;
        }

        var isTime = Instant.TryParseDate(text, out var time) || Instant.TryParse(text, out time);
        start = new Since(time);
        return isTime;
    }

    public sealed record After(Offset Offset) : StreamStart;

    public sealed record Since(Instant Time) : StreamStart;

    public sealed record AtEnd : StreamStart;
}
