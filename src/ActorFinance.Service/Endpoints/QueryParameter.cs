using System.Globalization;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Service.Endpoints;

/// <summary>Something that may stand behind the question mark: what it means, in the OpenAPI document's words, and how it is read.</summary>
/// <param name="Name">As it stands in the address.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Schema">JSON Schema of the value.</param>
internal abstract record QueryParameter(string Name, string Meaning, JsonObject Schema)
{
    private const int PhraseMax = 1_000;

    /// <summary>Whether it may be stated several times.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether it must be stated.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The rule that the text breaks, or null.</summary>
    public abstract string? Check(string text);

    public static QueryParameter<T> Value<T>(string name, string meaning)
        where T : struct, IValue<T> =>
        new(name, meaning, Text(), text => T.TryParse(text, out var value) ? (value, null) : (default, T.Rule));

    public static QueryParameter<T> Choice<T>(string name, string meaning, params (string Name, T Value)[] choices) => new(
        name,
        meaning,
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice.Name))]) },
        text => choices.FirstOrDefault(choice => choice.Name == text) is { Name: not null } found
            ? (found.Value, null)
            : (default!, $"one of {string.Join(", ", choices.Select(choice => choice.Name))}"));

    public static QueryParameter<int> Number(string name, string meaning, int least, int most) => new(
        name,
        meaning,
        new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most },
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? (number, null)
            : (0, $"a whole number from {least} to {most}"));

    public static QueryParameter<string> Phrase(string name, string meaning) => new(
        name, meaning, Text(), text => text.Length is > 0 and <= PhraseMax && !text.Any(char.IsControl) ? (text, null) : ("", $"1 to {PhraseMax} characters"));

    public static QueryParameter<bool> Flag(string name, string meaning) => new(
        name, meaning, new() { ["type"] = "boolean" }, text => text is "true" or "false" ? (text == "true", null) : (false, "true or false"));

    public static QueryParameter<Bound> Time(string name, string meaning, Func<string, Parsed<Bound>> parse) =>
        new(name, meaning, Text(), text => parse(text) is { Value: { } bound } ? (bound, null) : (null!, Instant.Rule));

    public static JsonObject Text() => new() { ["type"] = "string" };
}

/// <inheritdoc cref="QueryParameter" />
internal sealed record QueryParameter<T>(string Name, string Meaning, JsonObject Schema, Func<string, (T Value, string? Wrong)> Parse)
    : QueryParameter(Name, Meaning, Schema)
{
    public override string? Check(string text) => Parse(text).Wrong;
}
