using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>Commands, one a line, in the form of <see cref="CommandJson"/>. A command that states no rank has its ordinal in the file.</summary>
internal static class CommandLines
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static CommandBook Read(SourceText source, List<InputProblem> problems)
    {
        var ledger = new CommandLedger(source.File, problems);
        var ordinal = 0;
        foreach (var (number, text) in source.Lines())
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            ordinal++;
            if ((Quick(text, ordinal) ?? Diagnosed(source.File, number, text, ordinal, problems)) is { } envelope)
            {
                ledger.Add(envelope, new(number, 1));
            }
        }

        if (ordinal == 0)
        {
            problems.Add(new(source.File, 1, Column: null, Field: null, Value: null, "commands, one a line; the file is empty"));
        }

        return new(FileForm.CommandLines, Path.GetFileNameWithoutExtension(source.File), Title: null, Description: null, [], ledger.Commands, []);
    }

    private static CommandEnvelope? Quick(string text, int ordinal)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            var envelope = CommandJson.Parse(utf8);
            return document.RootElement.TryGetProperty("rank", out _) ? envelope : envelope with { Rank = ordinal };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The slow way, which says what is wrong, field by field, and fills in what terms may leave out.</summary>
    private static CommandEnvelope? Diagnosed(string file, int line, string text, int ordinal, List<InputProblem> problems)
    {
        var before = problems.Count;
        if (JsonTree.Parse(file, line, text, problems) is not { } tree)
        {
            return null;
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            new ShapeCheck(file, tree.IsTyped, problems).Write(writer, tree.Root, CommandShapes.Envelope, "");
        }

        var envelope = problems.Count > before ? null : Parsed(json.WrittenSpan, file, tree.Root.Place, problems);
        return envelope is null || tree.Root.Find("rank") is not null ? envelope : envelope with { Rank = ordinal };
    }

    /// <summary>The model's own parser has the last word.</summary>
    public static CommandEnvelope? Parsed(ReadOnlySpan<byte> json, string file, Place place, List<InputProblem> problems)
    {
        try
        {
            return CommandJson.Parse(json);
        }
        catch (JsonException refused)
        {
            problems.Add(new(file, place.Line, place.Column, refused.Path?.TrimStart('$', '.'), "", $"a command ({refused.Message})"));
            return null;
        }
    }
}
