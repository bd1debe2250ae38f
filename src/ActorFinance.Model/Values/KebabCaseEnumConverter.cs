using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>
/// Enumerations by their name in words joined by hyphens: <c>reject-shortfall</c>. Exactly one name: the framework's own converter also takes
/// <c>opex, capex</c> and makes a third one of the two.
/// </summary>
public sealed class KebabCaseEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString()! : reader.TokenType.ToString();
        return reader.TokenType == JsonTokenType.String && EnumWords.All<T>().TryGetValue(name, out var value)
            ? value
            : throw new JsonException($"'{name}' must be one of {string.Join(", ", EnumWords.All<T>().Keys)}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(EnumWords.Of(value));
}
