using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Answers;

/// <summary>A figure of the base beside the same of a branch.</summary>
internal static class FigureAnswer
{
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

    public static JsonObject ToJson(FigureKey key, FigureValue value) => new() { ["measure"] = key.Measure, ["of"] = key.Of, ["unit"] = key.Unit, ["value"] = Node(value) };

    private static JsonNode? Node(FigureValue? value) => value switch
    {
        FigureValue.Amount amount => JsonAnswer.Amount(amount.Value),
        FigureValue.Ratio ratio => JsonAnswer.Ratio(ratio.Value),
        FigureValue.Time time => time.Value?.ToString(),
        FigureValue.Months { Value: { } months } => JsonAnswer.Amount(months),
        _ => null,
    };
}
