using System.Text.Json.Nodes;
using ActorFinance.Cli.Commands;
using ActorFinance.Scenarios.Sampling;
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
                JsonAnswer.Print(terminal, ToJson(answer));
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    [.. answer.Ranges.Select(range => range.Name), .. answer.Shown.Select(place => Title(answer, place))],
                    answer.Grid.Select((_, point) => (IEnumerable<string?>)[.. answer.Ranges.Select((_, i) => answer.Setting(point, i).ToString()), .. answer.Shown.Select(place => Plain(answer.Table[point, place]))]));
                break;
            default:
                PrintTable(terminal, answer);
                break;
        }
    }

    public static string Title(SweepAnswer answer, int place) =>
        answer.Question.Columns[place] is { Measure: SampledMeasure.LowestCash } column ? $"lowest cash of {column.Name}" : answer.Question.Columns[place].Name;

    private static void PrintTable(Terminal terminal, SweepAnswer answer)
    {
        terminal.Out.MarkupLine($"[bold]{Markup.Escape(answer.Simulation.Title ?? answer.Simulation.Name)}[/]");
        terminal.Line($"{Figures.Count(answer.Grid.Count, "run")} until {answer.End.ToDateText()}.");
        terminal.Line();
        var table = Tables.Create([.. answer.Ranges.Select(range => (range.Name, true)), .. answer.Shown.Select(place => (Title(answer, place), true))]);
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

    private static JsonObject ToJson(SweepAnswer answer) => new()
    {
        ["version"] = JsonAnswer.Version,
        ["scenario"] = answer.Simulation.Name,
        ["until"] = answer.End.ToString(),
        ["points"] = JsonAnswer.List(Enumerable.Range(0, answer.Grid.Count), point => new JsonObject
        {
            ["parameters"] = new JsonObject(answer.Ranges.Select((range, i) => KeyValuePair.Create(range.Name, (JsonNode?)answer.Setting(point, i).ToString()))),
            ["stopped"] = answer.Table[point, answer.Question.Columns.Count - 1] == 1,
            ["outcomes"] = JsonAnswer.List(answer.Shown, place => new JsonObject
            {
                ["name"] = Title(answer, place),
                ["unit"] = answer.Question.Columns[place].Unit,
                ["value"] = Plain(answer.Table[point, place]),
            }),
        }),
    };

    private static string? Plain(decimal? value) => value is { } number ? JsonAnswer.Amount(Math.Round(number, 10)) : null;
}
