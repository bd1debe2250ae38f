using System.Globalization;
using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Output;

/// <summary>Figures that are compared, for people and for programs.</summary>
internal static class FigureText
{
    public static string TitleOf(string measure) => measure switch
    {
        "cash" => "Cash",
        "lowestCash" => "Lowest cash",
        "firstShortfall" => "First shortfall",
        "stake" => "Stake",
        "sharesOutstanding" => "Shares outstanding",
        "openToPay" => "Promised, to pay",
        "openToReceive" => "Promised, to receive",
        "invested" => "Invested",
        "returned" => "Came back, traced",
        "roundTripDirect" => "Came back, direct",
        "roundTripAny" => "Came back, any path",
        "roundTripAnyViaAll" => "Came back, any payment",
        "tracedReturn" => "Traced return",
        "financedRevenueShare" => "Financed revenue",
        "financedRevenueShareProRata" => "Financed revenue, pro rata",
        "outsideRevenue" => "Outside revenue",
        "finnCyclingIndex" => "Cycling index (Finn)",
        "circulationShare" => "Circulation share",
        "nettingShare" => "Netting share",
        _ => throw new InvalidOperationException($"{measure} has no title"),
    };

    public static JsonObject ToJson(FigureDifference difference) => new()
    {
        ["measure"] = difference.Key.Measure,
        ["of"] = difference.Key.Of,
        ["unit"] = difference.Key.Unit,
        ["base"] = Node(difference.Base),
        ["whatIf"] = Node(difference.Branch),
        ["difference"] = difference.Amount is { } amount ? JsonAnswer.Amount(amount) : JsonAnswer.Ratio(difference.Ratio),
        ["relative"] = JsonAnswer.Ratio(difference.Relative),
    };

    public static string? Plain(FigureValue? value) => value switch
    {
        FigureValue.Amount amount => JsonAnswer.Amount(amount.Value),
        FigureValue.Ratio ratio => ratio.Value?.ToString(CultureInfo.InvariantCulture),
        FigureValue.Time time => time.Value?.ToString(),
        _ => null,
    };

    public static string? PlainDifference(FigureDifference difference) =>
        difference.Amount is { } amount ? JsonAnswer.Amount(amount) : difference.Ratio?.ToString(CultureInfo.InvariantCulture);

    public static string Of(FigureValue? value, string? unit) => value switch
    {
        FigureValue.Amount amount => $"{Figures.Exact(amount.Value)}{(unit is null ? "" : $" {unit}")}",
        FigureValue.Ratio { Value: { } ratio } => (ratio * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        FigureValue.Time { Value: { } time } => Figures.Moment(time),
        _ => Figures.None,
    };

    public static string Difference(FigureDifference difference) =>
        difference.Amount is { } amount ? (amount > 0 ? "+" : "") + Figures.Exact(amount)
        : difference.Ratio is { } ratio ? (ratio * 100).ToString("+0.00;-0.00", CultureInfo.InvariantCulture) + " points"
        : "";

    public static string Relative(FigureDifference difference) =>
        difference.Relative is { } relative ? (relative * 100).ToString("+#,0.0;-#,0.0", CultureInfo.InvariantCulture) + " %" : "";

    private static JsonNode? Node(FigureValue? value) => value switch
    {
        FigureValue.Amount amount => JsonAnswer.Amount(amount.Value),
        FigureValue.Ratio ratio => JsonAnswer.Ratio(ratio.Value),
        FigureValue.Time time => time.Value?.ToString(),
        _ => null,
    };
}
