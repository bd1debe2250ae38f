using System.Globalization;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Output;

/// <summary>Figures that are compared, for people.</summary>
internal static class FigureText
{
    public static string TitleOf(string measure) => measure switch
    {
        "cash" => "Cash",
        "lowestCash" => "Lowest cash",
        "firstShortfall" => "First shortfall",
        "stake" => "Stake",
        "stakeValue" => "Worth of the stake",
        "sharesOutstanding" => "Shares outstanding",
        "openToPay" => "Promised, to pay",
        "openToReceive" => "Promised, to receive",
        "invested" => "Invested",
        "returned" => "Came back, traced",
        "roundTripDirect" => "Came back, direct",
        "roundTripAny" => "Came back, any path",
        "roundTripAnyViaAll" => "Came back, any payment",
        "tracedReturn" => "Traced return",
        "revenue" => "Revenue",
        "revenueWithoutFinanced" => "Revenue less own money",
        "financedRevenueShare" => "Financed revenue",
        "financedRevenueShareProRata" => "Financed revenue, pro rata",
        "outsideRevenue" => "Outside revenue",
        "finnCyclingIndex" => "Cycling index (Finn)",
        "circulationShare" => "Circulation share",
        "nettingShare" => "Netting share",
        "burnPerMonth" => "Burn a month",
        "runway" => "Runway",
        "receivable" => "Owed to it",
        "late" => "Late",
        "lateOver90Days" => "Late, over 90 days",
        "financedSales" => "Sales on its own loans",
        _ => throw new InvalidOperationException($"{measure} has no title"),
    };

    public static string? Plain(FigureValue? value) => value switch
    {
        FigureValue.Amount amount => JsonAnswer.Amount(amount.Value),
        FigureValue.Ratio ratio => ratio.Value?.ToString(CultureInfo.InvariantCulture),
        FigureValue.Time time => time.Value?.ToString(),
        FigureValue.Months { Value: { } months } => JsonAnswer.Amount(months),
        _ => null,
    };

    public static string? PlainDifference(FigureDifference difference) =>
        difference.Amount is { } amount ? JsonAnswer.Amount(amount) : difference.Ratio?.ToString(CultureInfo.InvariantCulture);

    public static string Of(FigureValue? value, string? unit) => value switch
    {
        FigureValue.Amount amount => unit is null ? Figures.Exact(amount.Value) : $"{Cents(amount.Value)} {unit}",
        FigureValue.Ratio { Value: { } ratio } => (ratio * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        FigureValue.Time { Value: { } time } => Figures.Moment(time),
        FigureValue.Months { Value: { } months } => MonthsOf(months),
        _ => Figures.None,
    };

    public static string Difference(FigureDifference difference) =>
        difference is { Branch: FigureValue.Months, Amount: { } months } ? (months > 0 ? "+" : "") + MonthsOf(months)
        : difference.Amount is { } amount ? (amount > 0 ? "+" : "") + (difference.Key.Unit is null ? Figures.Exact(amount) : Cents(amount))
        : difference.Ratio is { } ratio ? (ratio * 100).ToString("+0.00;-0.00", CultureInfo.InvariantCulture) + " points"
        : "";

    public static string Relative(FigureDifference difference) =>
        difference.Relative is { } relative ? (relative * 100).ToString("+#,0.0;-#,0.0", CultureInfo.InvariantCulture) + " %" : "";

    /// <summary>Whether either side has something to show: what is nothing there and nothing here is no difference to a reader, though JSON and CSV list it.</summary>
    public static bool IsSomething(FigureDifference difference) => IsSomething(difference.Base) || IsSomething(difference.Branch);

    private static bool IsSomething(FigureValue? value) =>
        value is FigureValue.Amount { Value: not 0 } or FigureValue.Ratio { Value: not (null or 0) } or FigureValue.Time { Value: not null } or FigureValue.Months { Value: not null };

    /// <summary>Money to the hundredth: the digits behind it are in JSON and CSV.</summary>
    private static string Cents(decimal amount) => Figures.Exact(decimal.Round(amount, 2));

    private static string MonthsOf(decimal months) => $"{months.ToString("#,0.0", CultureInfo.InvariantCulture)} months";
}
