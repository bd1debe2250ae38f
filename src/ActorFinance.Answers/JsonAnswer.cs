using System.Text.Json.Nodes;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>The JSON contract's parts that every answer has (docs/schema). Amounts, prices and shares are strings in plain decimal notation.</summary>
public static class JsonAnswer
{
    public const int Version = 1;

    public static JsonObject Head(ResolvedCut cut, IEnumerable<Ungrounded> incomplete) => new()
    {
        ["version"] = Version,
        ["asOf"] = cut.AsOf.ToString(),
        ["asKnown"] = new JsonObject { ["offset"] = cut.Offset.Value, ["time"] = cut.Time?.ToString() },
        ["incompleteKnowledge"] = List(incomplete, lacking => new JsonObject
        {
            ["offset"] = lacking.Offset.Value,
            ["eventId"] = lacking.Event.ToString(),
            ["lacks"] = lacking.Lacks,
        }),
    };

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => new([.. items.Select(node)]);

    public static string Amount(decimal amount) => Numbers.Text(amount);

    public static JsonValue? Ratio(double? ratio) => ratio is { } value ? JsonValue.Create(value) : null;
}
