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

    /// <summary>The part of a line that repeated columns of text may take.</summary>
    private const double LabelsMax = 0.6;

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

        foreach (var columns in Beside(table, terminal.Out.Profile.Width))
        {
            terminal.Out.Write(Laid(table, columns, terminal.IsPiped));
        }
    }

    /// <summary>
    /// The columns that stand beside each other. A table that is too wide goes on below with its first columns of text again, since a number that is broken
    /// over two lines reads as two; columns without a title stay with the one before them.
    /// </summary>
    private static IEnumerable<IReadOnlyList<int>> Beside(FigureTable table, int width)
    {
        var widths = Enumerable.Range(0, table.Columns.Count).Select(table.WidthOf).ToList();
        var labels = table.Columns.TakeWhile((column, i) => !column.IsNumber && widths.Take(i + 1).Sum() <= width * LabelsMax).Count();
        if (widths.Sum() + 1 <= width || labels == 0 || labels == widths.Count)
        {
            yield return [.. Enumerable.Range(0, widths.Count)];
            yield break;
        }

        var (shown, used) = (Enumerable.Range(0, labels).ToList(), widths.Take(labels).Sum() + 1);
        for (var i = labels; i < widths.Count;)
        {
            var end = i + 1;
            while (end < widths.Count && table.Columns[end].Title.Length == 0)
            {
                end++;
            }

            var wanted = widths.Skip(i).Take(end - i).Sum();
            if (shown.Count > labels && used + wanted > width)
            {
                yield return shown;
                (shown, used) = ([.. Enumerable.Range(0, labels)], widths.Take(labels).Sum() + 1);
            }

            shown.AddRange(Enumerable.Range(i, end - i));
            (i, used) = (end, used + wanted);
        }

        yield return shown;
    }

    private static Table Laid(FigureTable figures, IReadOnlyList<int> columns, bool isPiped)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var i in columns)
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
            table.AddRow(columns.Select(i => (IRenderable)new Text(row[i])).ToArray());
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
    private const int Beside = 3;
    private const int FoldedWidth = 24;

    private readonly List<string[]> _rows = [];
    private readonly HashSet<int> _folded = [];

    public IReadOnlyList<(string Title, bool IsNumber)> Columns => columns;

    public IReadOnlyList<string[]> Rows => _rows;

    public void Row(params string[] cells) => _rows.Add(cells);

    /// <summary>Lets a column of long texts take several lines.</summary>
    public void Fold(Index column) => _folded.Add(column.GetOffset(columns.Count));

    /// <summary>What a column takes on a line, with the space beside it.</summary>
    public int WidthOf(int column) =>
        Beside + (Folds(column) ? FoldedWidth : _rows.Select(row => row[column].Length).Append(columns[column].Title.Length).Max());

    public bool Folds(int column) => _folded.Contains(column);
}
