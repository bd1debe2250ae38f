using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFinance.Client;

/// <summary>A figure that is compared: exactly one of the three, or none where it is undefined.</summary>
/// <param name="Amount">Money, shares or months, exact.</param>
/// <param name="Ratio">0.1 is 10 %.</param>
/// <param name="Time">Such as of a first shortfall.</param>
[JsonConverter(typeof(FigureValueConverter))]
public readonly record struct FigureValue(decimal? Amount = null, double? Ratio = null, DateTimeOffset? Time = null)
{
    public override string ToString() =>
        Amount?.ToString(CultureInfo.InvariantCulture) ?? Ratio?.ToString(CultureInfo.InvariantCulture) ?? Time?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}

internal sealed class FigureValueConverter : JsonConverter<FigureValue>
{
    public override bool HandleNull => true;

    public override FigureValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number => new(Ratio: reader.GetDouble()),
        _ when reader.GetString() is var text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) => new(Amount: amount),
        _ => new(Time: reader.GetDateTimeOffset()),
    };

    public override void Write(Utf8JsonWriter writer, FigureValue value, JsonSerializerOptions options) => throw new NotSupportedException("figures are only read");
}
