using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Answers;

/// <summary>What <c>simulate --sweep</c> answers: a row a point of the grid.</summary>
public sealed record SweepAnswer(
    Simulation Simulation, MonteCarlo Question, IReadOnlyList<SweepRange> Ranges, IReadOnlyList<ParameterScale> Scales, IReadOnlyList<decimal[]> Grid, SampleTable Table, Instant End)
{
    /// <summary>Figures at the end, figures of the book, lowest cash.</summary>
    public IReadOnlyList<int> Shown =>
    [
        .. Enumerable.Range(0, Question.Columns.Count).Where(place => Question.Columns[place] is var column
            && (column.Measure is SampledMeasure.BookFigure or SampledMeasure.LowestCash || (column.Measure == SampledMeasure.Figure && column.At == End))),
    ];

    public ExpressionValue Setting(int point, int range) => Scales[range].Value(Grid[point][range]);

    public string TitleOf(int place) =>
        Question.Columns[place] is { Measure: SampledMeasure.LowestCash } column ? $"lowest cash of {column.Name}" : Question.Columns[place].Name;

    public JsonObject ToJson() => new()
    {
        ["version"] = JsonAnswer.Version,
        ["scenario"] = Simulation.Name,
        ["until"] = End.ToString(),
        ["points"] = JsonAnswer.List(Enumerable.Range(0, Grid.Count), point => new JsonObject
        {
            ["parameters"] = new JsonObject(Ranges.Select((range, i) => KeyValuePair.Create(range.Name, (JsonNode?)Setting(point, i).ToString()))),
            ["stopped"] = Table[point, Question.Columns.Count - 1] == 1,
            ["outcomes"] = JsonAnswer.List(Shown, place => new JsonObject
            {
                ["name"] = TitleOf(place),
                ["unit"] = Question.Columns[place].Unit,
                ["value"] = Plain(Table[point, place]),
            }),
        }),
    };

    /// <summary>Runs every point of the grid.</summary>
    /// <inheritdoc cref="SampleAnswer.Of" />
    public static SweepAnswer Of(
        Simulation simulation, MonteCarlo question, SweepPlan plan, ParameterValues parameters, Instant end, int workers, IProgress<int>? progress, CancellationToken cancellation)
    {
        var table = SampleRunner.Run(
            plan.Grid.Count, question.Columns.Count, workers,
            (run, cells) =>
            {
                var values = parameters;
                for (var i = 0; i < plan.Scales.Count; i++)
                {
                    values = values.With(plan.Ranges[i].Name, plan.Scales[i].Value(plan.Grid[run][i]));
                }

                question.Sample(values, cells, cancellation);
            },
            kept: null, progress, cancellation);
        return new(simulation, question, plan.Ranges, plan.Scales, plan.Grid, table, end);
    }

    private static string? Plain(decimal? value) => value is { } number ? JsonAnswer.Amount(Math.Round(number, 10)) : null;
}
