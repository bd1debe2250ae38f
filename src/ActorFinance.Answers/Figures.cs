using System.Globalization;

namespace ActorFinance.Answers;

/// <summary>Numbers as people read them. JSON and CSV never use these.</summary>
public static class Figures
{
    public const string None = "–";

    /// <summary>Every digit, with thousands separators.</summary>
    public static string Exact(decimal amount) => Numbers.Normalise(amount).ToString("#,0.##########", CultureInfo.InvariantCulture);

    public static string Exact(decimal amount, Currency currency) => $"{Exact(amount)} {currency}";

    /// <summary><c>1 command</c>, <c>2,000 commands</c>.</summary>
    public static string Count(long count, string one) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>In billions, millions or plain, to two decimals: for a story, not for a book.</summary>
    public static string Short(decimal amount, Currency currency) => Math.Abs(amount) switch
    {
        >= 1e9m => $"{amount / 1e9m:#,0.00} bn {currency}",
        >= 1e6m => $"{amount / 1e6m:#,0.00} m {currency}",
        _ => Exact(amount, currency),
    };

    public static string Percent(decimal? fraction) => fraction is { } value ? $"{value * 100m:0.00} %" : None;

    public static string Percent(double? ratio) => ratio is { } value ? (value * 100d).ToString("0.0", CultureInfo.InvariantCulture) + " %" : None;

    /// <summary>A date where it is one, else the whole instant.</summary>
    public static string Moment(Instant at) => at.UtcTicks % TimeSpan.TicksPerDay == 0 ? at.ToDateText() : at.ToString();

    /// <summary>Up to when something is counted: a date that counts to its last tick, as a date is read where it is a cut; else the whole instant, a midnight too.</summary>
    public static string End(Instant at) => at == at.EndOfDay() ? at.ToDateText() : at.ToString();
}
