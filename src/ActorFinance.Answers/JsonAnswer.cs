using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>The JSON contract's parts that every answer has (docs/schema). Amounts, prices and shares are strings in plain decimal notation.</summary>
public static class JsonAnswer
{
    public const int Version = 1;

    private static readonly JsonSerializerOptions Printed = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>An answer as it is printed and kept: indented, and readable where it is not ASCII.</summary>
    public static string Text(JsonNode answer) => answer.ToJsonString(Printed);

    public static string Amount(decimal amount) => Numbers.Text(amount);

    public static JsonValue? Ratio(double? ratio) => ratio is { } value ? JsonValue.Create(value) : null;
}
