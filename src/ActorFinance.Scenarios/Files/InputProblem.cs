using System.Text;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// Bad input: where it stands, what was found and what it must be instead. <paramref name="Rule"/> is a phrase that follows "must be".
/// Lines and columns count from 1; a column counts characters. A null field: the text as such; a null value: it is missing.
/// </summary>
public sealed record InputProblem(string File, int Line, int? Column, string? Field, string? Value, string Rule)
{
    private const int ValueShown = 80;

    /// <summary>One line: <c>file:line:column: field 'amount': '-5' must be an amount above 0</c>.</summary>
    public override string ToString()
    {
        var place = Column is { } column ? $"{File}:{Line}:{column}" : $"{File}:{Line}";
        return (Field, Value) switch
        {
            (null, null) => $"{place}: must be {Rule}",
            (null, _) => $"{place}: '{Shown(Value)}' must be {Rule}",
            (_, null) => $"{place}: field '{Field}' is missing: must be {Rule}",
            _ => $"{place}: field '{Field}': '{Shown(Value)}' must be {Rule}",
        };
    }

    /// <summary>The message stays one line, whatever the file holds.</summary>
    private static string Shown(string value)
    {
        var text = new StringBuilder();
        foreach (var c in value.Length > ValueShown ? value[..ValueShown] : value)
        {
            _ = char.IsControl(c) || char.IsSurrogate(c) ? text.Append($"\\u{(int)c:x4}") : text.Append(c);
        }

        return value.Length > ValueShown ? text.Append("...").ToString() : text.ToString();
    }
}
