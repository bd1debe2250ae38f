using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>A small value with one text form: checked once, on the way in, and never invalid afterwards.</summary>
public interface IValue<TSelf>
    where TSelf : struct, IValue<TSelf>
{
    /// <summary>What a text must look like, as a phrase that follows "must be".</summary>
    static abstract string Rule { get; }

    static abstract bool TryParse(string? text, out TSelf value);
}

public static class Value
{
    /// <summary>For literals in code and for stored bytes: a text that breaks the rule is a bug or a corrupt journal.</summary>
    public static T Parse<T>(string text)
        where T : struct, IValue<T> =>
        T.TryParse(text, out var value)
            ? value
            : throw new FormatException($"{typeof(T).Name} '{text}' must be {T.Rule}");
}

/// <summary>Writes a value as its text; a text that breaks the rule is a <see cref="JsonException"/> that names value and rule.</summary>
public sealed class ValueJsonConverter<T> : JsonConverter<T>
    where T : struct, IValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            // A number is taken by its own digits, so that no double stands between the file and the decimal.
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
        return T.TryParse(text, out var value)
            ? value
            : throw new JsonException($"'{text ?? reader.TokenType.ToString()}' must be {T.Rule}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
