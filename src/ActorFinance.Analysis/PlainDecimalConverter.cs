using System.Text.Json;
using System.Text.Json.Serialization;
using ActorFinance.Model;

namespace ActorFinance.Analysis;

/// <summary>Amounts, prices and shares in JSON: a string in plain decimal notation. Ratios stay numbers, and do without this.</summary>
public sealed class PlainDecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Numbers.TryParse(reader.GetString(), out var value) ? value : throw new JsonException("must be a string in plain decimal notation");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Numbers.Text(value));
}
