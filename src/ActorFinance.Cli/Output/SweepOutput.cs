using ActorFinance.Cli.Commands;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>A row for each point of a sweep.</summary>
internal static class SweepOutput
{
    private const int RowsShown = 200;

    public static void Print(Terminal terminal, OutputForm form, SweepAnswer answer)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, answer.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    [.. answer.Ranges.Select(range => range.Name), .. answer.Shown.Select(place => answer.TitleOf(place))],
                    answer.Grid.Select((_, point) => (IEnumerable<string?>)[.. answer.Ranges.Select((_, i) => answer.Setting(point, i).ToString()), .. answer.Shown.Select(place => Plain(answer.Table[point, place]))]));
                break;
            default:
                PrintTable(terminal, answer);
                break;
        }
    }

    private static void PrintTable(Terminal terminal, SweepAnswer answer)
    {
        terminal.Out.MarkupLine($"[bold]{Markup.Escape(answer.Simulation.Title ?? answer.Simulation.Name)}[/]");
        terminal.Line($"{Figures.Count(answer.Grid.Count, "run")} until {answer.End.ToDateText()}.");
        terminal.Line();
        var table = Tables.Create([.. answer.Ranges.Select(range => (range.Name, true)), .. answer.Shown.Select(place => (answer.TitleOf(place), true))]);
        for (var point = 0; point < Math.Min(answer.Grid.Count, RowsShown); point++)
        {
            table.Row(
            [
                .. answer.Ranges.Select((_, i) => SampleOutput.Shown(answer.Setting(point, i))),
                .. answer.Shown.Select(place => SampleOutput.Shown(answer.Table[point, place], answer.Question.Columns[place])),
            ]);
        }

        Tables.Write(terminal, table, $"On {answer.End.ToDateText()}");
        if (answer.Grid.Count > RowsShown)
        {
            terminal.Line($"and {answer.Grid.Count - RowsShown:#,0} more (--output csv lists all)");
        }
    }

    private static string? Plain(decimal? value) => value is { } number ? JsonAnswer.Amount(Math.Round(number, 10)) : null;
}
