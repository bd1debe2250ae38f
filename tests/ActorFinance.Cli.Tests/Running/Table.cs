using System.Globalization;
using System.Text.Json;
using Microsoft.VisualBasic.FileIO;

namespace ActorFinance.Cli.Tests.Running;

/// <summary>The tables that the scenarios are held against, and figures out of answers.</summary>
internal static class Table
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        using var parser = new TextFieldParser(new StringReader(Text(name))) { Delimiters = [","], TrimWhiteSpace = false };
        var header = parser.ReadFields()!;
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (parser.ReadFields() is { } fields)
        {
            rows.Add(header.Zip(fields).ToDictionary());
        }

        return rows;
    }

    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", name));

    public static string Scenario(string name) => Path.Combine(AppContext.BaseDirectory, "scenarios", name);

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    public static decimal Number(this JsonElement element, string name) => Number(element.GetProperty(name).GetString()!);

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.GetProperty(name).EnumerateArray();
}
