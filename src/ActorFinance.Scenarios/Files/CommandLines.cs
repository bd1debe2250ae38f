using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>Commands, one a line, in the form of <see cref="CommandJson"/>. A command that states no rank has its ordinal in the file.</summary>
public static class CommandLines
{
    internal static CommandBook Read(SourceText source, List<InputProblem> problems)
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
            if (One(source.File, number, text, ordinal, problems) is { } envelope)
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

    /// <summary>Each line as a command, also where two have the same id; what is no command is a problem, and then the result is of no use.</summary>
    /// <param name="name">Of the content, for the problems.</param>
    /// <param name="content">UTF-8.</param>
    /// <param name="problems">Gets every fault of every line.</param>
    public static IReadOnlyList<CommandEnvelope> Each(string name, ReadOnlySpan<byte> content, List<InputProblem> problems)
    {
        if (Plain(content) is { } plain)
        {
            return plain;
        }

        var commands = new List<CommandEnvelope>();
        foreach (var (number, text) in SourceText.Decode(name, content, problems)?.Lines() ?? [])
        {
            if (!string.IsNullOrWhiteSpace(text) && One(name, number, text, commands.Count + 1, problems) is { } envelope)
            {
                commands.Add(envelope);
            }
        }

        return commands;
    }

    /// <summary>How many commands there are, if each line that is not blank is one: told before any is read.</summary>
    public static int Count(ReadOnlySpan<byte> content)
    {
        var count = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            count += content[range].Trim(" \t\r"u8).IsEmpty ? 0 : 1;
        }

        return count;
    }

    /// <summary>Straight from the bytes, each line read once; null where a line needs a closer look.</summary>
    private static List<CommandEnvelope>? Plain(ReadOnlySpan<byte> content)
    {
        var commands = new List<CommandEnvelope>(content.Count((byte)'\n') + 1);
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length > SourceText.LineLimit || CommandJson.TryParse(line, commands.Count + 1) is not { } envelope)
            {
                return null;
            }

            commands.Add(envelope);
        }

        return commands;
    }

    /// <summary>The whole content as one command; without a rank of its own it has 0. Null, with the problems said, when it is none.</summary>
    /// <inheritdoc cref="Each" />
    public static CommandEnvelope? Single(string name, ReadOnlySpan<byte> content, List<InputProblem> problems) =>
        SourceText.Decode(name, content, problems) is { } source ? One(name, 1, source.Text, 0, problems) : null;

    private static CommandEnvelope? One(string file, int line, string text, int rank, List<InputProblem> problems) =>
        CommandJson.TryParse(Encoding.UTF8.GetBytes(text), rank) ?? Diagnosed(file, line, text, rank, problems);

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
    internal static CommandEnvelope? Parsed(ReadOnlySpan<byte> json, string file, Place place, List<InputProblem> problems)
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
