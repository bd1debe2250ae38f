using System.Globalization;
using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>A moment in UTC, to the tick of 100 ns. A bare date is its midnight.</summary>
[JsonConverter(typeof(ValueJsonConverter<Instant>))]
public readonly record struct Instant : IValue<Instant>, IComparable<Instant>
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    public Instant(long utcTicks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(utcTicks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(utcTicks, DateTime.MaxValue.Ticks);
        UtcTicks = utcTicks;
    }

    public static Instant Minimum => new(0);

    public static Instant Maximum => new(DateTime.MaxValue.Ticks);

    public static string Rule => "a date such as 2026-03-31 or an RFC 3339 time such as 2026-03-31T14:00:00Z";

    public long UtcTicks { get; }

    public static Instant Of(DateTimeOffset time) => new(time.UtcTicks);

    public static Instant Of(int year, int month, int day) => new(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks);

    public static bool TryParse(string? text, out Instant value)
    {
        if (TryParseUsual(text, out value) || TryParseDate(text, out value))
        {
            return true;
        }

        if (IsComplete(text) && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            value = Of(time);
            return true;
        }

        return false;
    }

    /// <summary>
    /// The form that <see cref="ToString"/> writes where there is no fraction: <c>2026-03-31T14:00:00Z</c>. The framework's parser tries its formats one after
    /// the other and took longer than the rest of a command together.
    /// </summary>
    private static bool TryParseUsual(string? text, out Instant value)
    {
        value = default;
        if (text is not { Length: 20 } || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        {
            return false;
        }

        var (century, year, month, day) = (Two(text, 0), Two(text, 2), Two(text, 5), Two(text, 8));
        var (hour, minute, second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        year += century * 100;
        if (century < 0 || year < century * 100 || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        value = new(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks);
        return true;
    }

    /// <summary>Negative where one of them is no digit.</summary>
    private static int Two(string text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? ((text[at] - '0') * 10) + text[at + 1] - '0' : -1;

    /// <summary>What the framework's formats let pass and RFC 3339 does not: a point without digits, an offset without a colon.</summary>
    private static bool IsComplete(string? text) =>
        text is { Length: > 3 }
        && (text[^1] == 'Z' || text[^3] == ':')
        && (text.IndexOf('.') is var point && (point < 0 || char.IsAsciiDigit(text[point + 1])));

    public static bool TryParseDate(string? text, out Instant midnight)
    {
        var valid = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        midnight = valid ? new(date.ToDateTime(TimeOnly.MinValue).Ticks) : default;
        return valid;
    }

    public static bool operator <(Instant left, Instant right) => left.UtcTicks < right.UtcTicks;

    public static bool operator >(Instant left, Instant right) => left.UtcTicks > right.UtcTicks;

    public static bool operator <=(Instant left, Instant right) => left.UtcTicks <= right.UtcTicks;

    public static bool operator >=(Instant left, Instant right) => left.UtcTicks >= right.UtcTicks;

    public static Instant Earlier(Instant left, Instant right) => left < right ? left : right;

    public static Instant Later(Instant left, Instant right) => left > right ? left : right;

    /// <summary>The last tick of this moment's day: where a bare date stands when it is a cut.</summary>
    public Instant EndOfDay() => new(UtcTicks - (UtcTicks % TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay - 1);

    public DateTime ToDateTime() => new(UtcTicks, DateTimeKind.Utc);

    public int CompareTo(Instant other) => UtcTicks.CompareTo(other.UtcTicks);

    /// <summary>RFC 3339 in UTC, with a fraction only where there is one.</summary>
    public override string ToString()
    {
        // The round-trip format is several times as fast as a pattern; it always writes 7 decimals. Every command's digest writes instants.
        Span<char> text = stackalloc char[28];
        ToDateTime().TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        return string.Concat(text[..^1].TrimEnd('0').TrimEnd('.'), "Z");
    }

    public string ToDateText() => ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
