using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorFinance.Cli.Output;

/// <summary>Tables in one style: plain rules, numbers to the right, nothing folded.</summary>
internal static class Tables
{
    /// <summary>A pipe has no width that long texts could be folded to.</summary>
    private const int FoldedWidth = 48;

    /// <summary>The part of a line that repeated columns of text may take.</summary>
    private const double LabelsMax = 0.6;

    public static FigureTable Create(params (string Title, bool IsNumber)[] columns)
    {
        var headings = new TableHeading[columns.Length];
        for (var i = 0; i < headings.Length; i++)
        {
            headings[i] = new(columns[i].Title, columns[i].IsNumber);
        }

        return new(headings);
    }

    /// <summary>
    /// Lays a table out for nobody: a cold start compiles the library's code for it, 40 ms that a verb spends while it reads and not when it has read. To be awaited before
    /// the answer is written.
    /// </summary>
    public static Task PrepareAsync(OutputForm form) => form != OutputForm.Table ? Task.CompletedTask : Task.Run(() =>
    {
        var table = Create(("", false), ("", true));
        table.Row("", "0");
        Write(Terminal.Nowhere, table, "");
        Terminal.Nowhere.Out.MarkupLine("[grey][/]");
    });

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

        foreach (var columns in Beside(table, terminal.Out.Profile.Width))
        {
            terminal.Out.Write(Laid(table, columns, terminal.IsPiped));
        }
    }

    /// <summary>
    /// The columns that stand beside each other. A table that is too wide goes on below with its first columns of text again, since a number that is broken
    /// over two lines reads as two; columns without a title stay with the one before them.
    /// </summary>
    private static IEnumerable<List<int>> Beside(FigureTable table, int width)
    {
        var widths = new int[table.Columns.Count];
        var (all, labels, labelled) = (0, 0, 0);
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = table.WidthOf(i);
            all += widths[i];
            if (labels == i && !table.Columns[i].IsNumber && all <= width * LabelsMax)
            {
                (labels, labelled) = (i + 1, all);
            }
        }

        if (all + 1 <= width || labels == 0 || labels == widths.Length)
        {
            yield return FirstColumns(widths.Length);
            yield break;
        }

        var (shown, used) = (FirstColumns(labels), labelled + 1);
        for (var i = labels; i < widths.Length;)
        {
            var end = i + 1;
            var wanted = widths[i];
            while (end < widths.Length && table.Columns[end].Title.Length == 0)
            {
                wanted += widths[end++];
            }

            if (shown.Count > labels && used + wanted > width)
            {
                yield return shown;
                (shown, used) = (FirstColumns(labels), labelled + 1);
            }

            for (; i < end; i++)
            {
                shown.Add(i);
            }

            used += wanted;
        }

        yield return shown;
    }

    private static List<int> FirstColumns(int count)
    {
        var columns = new List<int>(count);
        for (var i = 0; i < count; i++)
        {
            columns.Add(i);
        }

        return columns;
    }

    private static Table Laid(FigureTable figures, List<int> columns, bool isPiped)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var i in columns)
        {
            var (title, isNumber) = figures.Columns[i];
            var column = new TableColumn($"[bold]{Markup.Escape(title)}[/]") { NoWrap = !figures.Folds(i) };
            if (isPiped && figures.Folds(i))
            {
                column.Width = Math.Min(FoldedWidth, figures.LongestOf(i));
            }

            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        foreach (var row in figures.Rows)
        {
            var cells = new IRenderable[columns.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = new Text(row[columns[i]]);
            }

            table.AddRow(cells);
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

internal sealed record TableHeading(string Title, bool IsNumber);

/// <summary>A table before it is laid out: for the terminal, or for a page.</summary>
/// <remarks>Plain loops: query operators over structs are code that every cold start would compile, and a small question has little else to do.</remarks>
internal sealed class FigureTable(TableHeading[] columns)
{
    private const int Beside = 3;
    private const int FoldedWidth = 24;

    private readonly List<string[]> _rows = [];
    private readonly HashSet<int> _folded = [];

    public IReadOnlyList<TableHeading> Columns => columns;

    public List<string[]> Rows => _rows;

    public void Row(params string[] cells) => _rows.Add(cells);

    /// <summary>Lets a column of long texts take several lines.</summary>
    public void Fold(Index column) => _folded.Add(column.GetOffset(columns.Length));

    /// <summary>What a column takes on a line, with the space beside it.</summary>
    public int WidthOf(int column) =>
        Beside + (Folds(column) ? FoldedWidth : LongestOf(column));

    /// <summary>The length of its longest cell, or of its title.</summary>
    public int LongestOf(int column)
    {
        var longest = columns[column].Title.Length;
        foreach (var row in _rows)
        {
            longest = Math.Max(longest, row[column].Length);
        }

        return longest;
    }

    public bool Folds(int column) => _folded.Contains(column);
}
