using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorFinance.Cli.Output;

/// <summary>Tables in one style: plain rules, numbers to the right, nothing folded.</summary>
internal static class Tables
{
    public static Table Create(params (string Title, bool IsNumber)[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var (title, isNumber) in columns)
        {
            var column = new TableColumn($"[bold]{Markup.Escape(title)}[/]").NoWrap();
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        return table;
    }

    public static void Row(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => (IRenderable)new Text(cell)).ToArray());

    public static void Write(Terminal terminal, Table table, string? title = null)
    {
        if (title is not null)
        {
            terminal.Out.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        }

        terminal.Out.Write(table);
    }

    /// <summary>What the answer counts, in a sentence.</summary>
    public static void Scope(Terminal terminal, ResolvedCut cut, int incomplete)
    {
        var asOf = cut.AsOf == Instant.Maximum ? "all times" : $"as of {Figures.Moment(cut.AsOf)}";
        var known = cut.Cut.AsKnown is AsKnown.AtTime(var time) ? $"as known at {Figures.Moment(time)} (offset {cut.Offset})" : $"as known at offset {cut.Offset}";
        terminal.Out.MarkupLine($"[grey]{Markup.Escape($"{asOf}, {known}")}[/]");
        if (incomplete > 0)
        {
            terminal.Out.MarkupLine($"[yellow]Knowledge was incomplete then: {incomplete} events lack their ground (see --output json).[/]");
        }
    }
}
