using System.Globalization;
using ActorFinance.Service.Endpoints;

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

    /// <summary>The offset behind which it begins.</summary>
    /// <exception cref="ProblemException">It lies beyond the journal's end.</exception>
    public async Task<Offset> ResolveAsync(ServiceRequest request)
    {
        var last = new Offset(await request.Journal.Reader.LastOffsetAsync(request.Aborted).ConfigureAwait(false));
        var after = this switch
        {
            After(var offset) => offset,
            AtEnd => last,
            Since(var time) => (await request.AskAsync(book => Tuple.Create(book.Places.LastBefore(time))).ConfigureAwait(false)).Item1,
            _ => default,
        };

        // A journal that was restored from a backup can be shorter than what a subscriber has seen: to wait there would lose what is written now.
        return after <= last ? after : throw new ProblemException(Problem.Of("too-late", $"offset {after} is beyond the journal's end at offset {last}"));
    }

    public sealed record After(Offset Offset) : StreamStart;

    public sealed record Since(Instant Time) : StreamStart;

    public sealed record AtEnd : StreamStart;
}
