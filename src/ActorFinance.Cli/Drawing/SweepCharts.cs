using ActorFinance.Cli.Output;
using ActorFinance.Pictures.Charts;

namespace ActorFinance.Cli.Drawing;

/// <summary>Each outcome of a sweep, a bar for each point.</summary>
internal static class SweepCharts
{
    private const int OutcomesShown = 8;

    public static DrawnCharts Of(SweepAnswer answer) => new(
    [
        .. answer.Shown
            .Where(place => answer.Grid.Select((_, point) => answer.Table[point, place]).Distinct().Count() > 1)
            .DefaultIfEmpty(answer.Shown[0])
            .Take(OutcomesShown)
            .Select(place => Chart(answer, place)),
    ]);

    private static SideBySideChart Chart(SweepAnswer answer, int place)
    {
        var column = answer.Question.Columns[place];
        return new(
            answer.TitleOf(place),
            $"on {answer.End.ToDateText()}",
            column.IsRatio ? Scale.Ratio : Scale.Of(column.Unit ?? ""),
            [answer.TitleOf(place)],
            [
                .. answer.Grid.Select((_, point) => new BarGroup(
                    string.Join(", ", answer.Ranges.Select((range, i) => $"{range.Name} {SampleOutput.Shown(answer.Setting(point, i))}")),
                    [(double?)answer.Table[point, place]])),
            ]);
    }
}
