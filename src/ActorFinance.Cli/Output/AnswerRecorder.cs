namespace ActorFinance.Cli.Output;

/// <summary>What an answer wrote, in order: tables as tables, all else as lines. So a page holds what the terminal shows, and nothing is said in two ways.</summary>
internal sealed class AnswerRecorder
{
    private readonly List<RecordedPart> _parts = [];

    /// <summary>Takes everything that is no table.</summary>
    public StringWriter Text { get; } = new();

    public IReadOnlyList<RecordedPart> Parts
    {
        get
        {
            CloseText();
            return _parts;
        }
    }

    public void Add(FigureTable table, string? title)
    {
        CloseText();
        _parts.Add(new(title, [], table));
    }

    private void CloseText()
    {
        var lines = Text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Text.GetStringBuilder().Clear();
        if (lines.Length > 0)
        {
            _parts.Add(new(null, lines, null));
        }
    }
}

/// <summary>A table under its title, or lines.</summary>
internal sealed record RecordedPart(string? Title, IReadOnlyList<string> Lines, FigureTable? Table);
