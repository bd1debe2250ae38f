namespace ActorFinance.Cli.Output;

/// <summary>Rows as RFC 4180 CSV.</summary>
internal static class CsvAnswer
{
    public static void Print(Terminal terminal, IEnumerable<string> header, IEnumerable<IEnumerable<string?>> rows)
    {
        terminal.Line(string.Join(',', header));
        foreach (var row in rows)
        {
            terminal.Line(string.Join(',', row.Select(Field)));
        }
    }

    private static string Field(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
