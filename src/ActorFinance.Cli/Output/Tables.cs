using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorFinance.Cli.Output;

/// <summary>Tables in one style: plain rules, numbers to the right, nothing folded.</summary>
internal static class Tables
{
    /// <summary>A pipe has no width that long texts could be folded to.</summary>
    private const int FoldedWidth = 48;

    public static FigureTable Create(params (string Title, bool IsNumber)[] columns) => new(columns);

    public static void Write(Terminal terminal, FigureTable table, string? title = null)
    {
        if (terminal.Recorder is { } recorder)
        {
            recorder.Add(table, title);
            return;
        }

        if (title is not null)
        {
            terminal.Out.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        }

        terminal.Out.Write(Laid(table, terminal.IsPiped));
    }

    private static Table Laid(FigureTable figures, bool isPiped)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        for (var i = 0; i < figures.Columns.Count; i++)
        {
            var (title, isNumber) = figures.Columns[i];
            var column = new TableColumn($"[bold]{Markup.Escape(title)}[/]") { NoWrap = !figures.Folds(i) };
            if (isPiped && figures.Folds(i))
            {
                column.Width = Math.Min(FoldedWidth, figures.Rows.Select(row => row[i].Length).Append(title.Length).Max());
            }

            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        foreach (var row in figures.Rows)
        {
            table.AddRow(row.Select(cell => (IRenderable)new Text(cell)).ToArray());
        }

        return table;
    }

    /// <summary>What the answer counts, in a sentence.</summary>
    public static string ScopeOf(ResolvedCut cut)
    {
        var asOf = cut.AsOf == Instant.Maximum ? "all times" : $"as of {Figures.End(cut.AsOf)}";
        var known = cut.Cut.AsKnown is AsKnown.AtTime(var time) ? $"as known at {Figures.End(time)} (offset {cut.Offset})" : $"as known at offset {cut.Offset}";
        return $"{asOf}, {known}";
    }

    /// <summary>The same on a line of its own, and a warning where knowledge was incomplete.</summary>
    public static void Scope(Terminal terminal, ResolvedCut cut, int incomplete)
    {
        terminal.Out.MarkupLine($"[grey]{Markup.Escape(ScopeOf(cut))}[/]");
        if (incomplete > 0)
        {
            terminal.Out.MarkupLine($"[yellow]Knowledge was incomplete then: {incomplete} events lack their ground (see --output json).[/]");
        }
    }
}

/// <summary>A table before it is laid out: for the terminal, or for a page.</summary>
internal sealed class FigureTable(IReadOnlyList<(string Title, bool IsNumber)> columns)
{
    private readonly List<string[]> _rows = [];
    private readonly HashSet<int> _folded = [];

    public IReadOnlyList<(string Title, bool IsNumber)> Columns => columns;

    public IReadOnlyList<string[]> Rows => _rows;

    public void Row(params string[] cells) => _rows.Add(cells);

    /// <summary>Lets a column of long texts take several lines.</summary>
    public void Fold(Index column) => _folded.Add(column.GetOffset(columns.Count));

    public bool Folds(int column) => _folded.Contains(column);
}
