using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Answers;

/// <summary>Runs around the base: what every tornado is made of.</summary>
public sealed record SensitivityRows(IReadOnlyList<decimal?> Base, Func<int, decimal, decimal?[]> At);

/// <summary>What <c>simulate --runs</c> answers.</summary>
public sealed record SampleAnswer(Simulation Simulation, MonteCarlo Question, SampleSettings Settings, SamplePlan Plan, SampleTable Table, Instant End)
{
    private const int TornadosShown = 4;

    private readonly Dictionary<int, SampleSummary> _summaries = [];

    public required SensitivityRows Rows { get; init; }

    public IReadOnlyList<SampledColumn> Columns => Question.Columns;

    public int Stopped => Table.Column(Columns.Count - 1).Count(stopped => stopped == 1);

    /// <summary>Figures over time: the places of their columns, by time.</summary>
    public IEnumerable<IReadOnlyList<int>> Courses => Places(SampledMeasure.Figure).GroupBy(place => Columns[place].Name).Select(course => (IReadOnlyList<int>)[.. course]);

    /// <summary>Outcomes that a tornado can be asked of: figures at the end, figures of the book, lowest cash.</summary>
    public IEnumerable<int> Outcomes => [.. Courses.Select(course => course[^1]), .. Places(SampledMeasure.BookFigure), .. Places(SampledMeasure.LowestCash)];

    /// <summary>Those that the parameters move, as they are told.</summary>
    public IEnumerable<int> Moved => Outcomes.Where(place => Tornado(place).Any(bar => bar.Swing > 0)).Take(TornadosShown);

    public IEnumerable<int> Places(SampledMeasure measure) => Enumerable.Range(0, Columns.Count).Where(place => Columns[place].Measure == measure);

    public SampleSummary Summary(int column) => _summaries.TryGetValue(column, out var known) ? known : _summaries[column] = SampleSummary.Of(Table, column);

    public IReadOnlyList<Sensitivity> Tornado(int column) => Scenarios.Sampling.Tornado.Of(Plan, (place, value) => Rows.At(place, value)[column], Table, column);

    /// <summary>The share of the runs with this account that had fallen short by then; null where none has the account.</summary>
    public double? ShortfallBy(int lowest, Instant at)
    {
        var runs = Table.Runs - Stopped;
        var first = Columns.ToList().FindIndex(column => column.Measure == SampledMeasure.FirstShortfall && column.Name == Columns[lowest].Name && column.Unit == Columns[lowest].Unit);
        return runs == 0 ? null : Table.Column(first).Count(ticks => ticks <= at.UtcTicks) / (double)runs;
    }

    public ExpressionValue Setting(string parameter, decimal value) => Settings.Terms.First(term => term.Scale.Parameter.Name == parameter).Scale.Value(value);

    public JsonObject ToJson() => new()
    {
        ["version"] = JsonAnswer.Version,
        ["scenario"] = Simulation.Name,
        ["runs"] = Table.Runs,
        ["seed"] = Plan.Seed,
        ["until"] = End.ToString(),
        ["stopped"] = Stopped,
        ["parameters"] = JsonAnswer.List(Settings.Terms, term => new JsonObject
        {
            ["parameter"] = term.Scale.Parameter.Name,
            ["low"] = term.Scale.Value(term.Distribution.Quantile(Sensitivity.LowShare)).ToString(),
            ["median"] = term.Scale.Value(term.Distribution.Quantile(0.5)).ToString(),
            ["high"] = term.Scale.Value(term.Distribution.Quantile(Sensitivity.HighShare)).ToString(),
        }),
        ["figures"] = JsonAnswer.List(Courses, course => new JsonObject
        {
            ["figure"] = Columns[course[0]].Name,
            ["unit"] = Columns[course[0]].Unit,
            ["points"] = JsonAnswer.List(course, place => Node(Summary(place), new JsonObject { ["at"] = Columns[place].At?.ToString() })),
        }),
        ["book"] = JsonAnswer.List(Places(SampledMeasure.BookFigure), place => Node(Summary(place), new JsonObject { ["figure"] = Columns[place].Name, ["unit"] = Columns[place].Unit })),
        ["cash"] = JsonAnswer.List(Places(SampledMeasure.LowestCash), place => new JsonObject
        {
            ["company"] = Columns[place].Name,
            ["currency"] = Columns[place].Unit,
            ["shortfallProbability"] = JsonAnswer.Ratio(ShortfallBy(place, End)),
            ["shortfallBy"] = JsonAnswer.List(Question.Times, at => new JsonObject { ["at"] = at.ToString(), ["probability"] = JsonAnswer.Ratio(ShortfallBy(place, at)) }),
            ["lowest"] = Node(Summary(place), []),
        }),
        ["sensitivities"] = JsonAnswer.List(Outcomes, place => new JsonObject
        {
            ["outcome"] = Word(Columns[place].Measure),
            ["name"] = Columns[place].Name,
            ["unit"] = Columns[place].Unit,
            ["base"] = Plain(Rows.Base[place]),
            ["parameters"] = JsonAnswer.List(Tornado(place), bar => new JsonObject
            {
                ["parameter"] = bar.Parameter,
                ["lowSetting"] = Setting(bar.Parameter, bar.LowSetting).ToString(),
                ["low"] = Plain(bar.Low),
                ["highSetting"] = Setting(bar.Parameter, bar.HighSetting).ToString(),
                ["high"] = Plain(bar.High),
                ["rankCorrelation"] = JsonAnswer.Ratio(bar.RankCorrelation),
            }),
        }),
    };

    private static JsonObject Node(SampleSummary summary, JsonObject json)
    {
        json["count"] = summary.Count;
        json["quantiles"] = summary.Quantiles.Count == 0 ? null : new JsonObject(Quantiles.Shown.Select((p, i) => KeyValuePair.Create(((int)(p * 100)).ToString(CultureInfo.InvariantCulture), (JsonNode?)Plain(summary.Quantiles[i]))));
        json["mean"] = Plain(summary.Mean);
        json["sd"] = Plain(summary.Sd);
        json["lowest"] = Plain(summary.Lowest);
        json["highest"] = Plain(summary.Highest);
        json["belowZero"] = JsonAnswer.Ratio(summary.BelowZero);
        json["worst5"] = Plain(summary.WorstMean);
        return json;
    }

    /// <summary>Draws, runs, and runs around the base.</summary>
    /// <param name="simulation">What is run.</param>
    /// <param name="question">What is asked of each run.</param>
    /// <param name="settings">How the parameters may turn out.</param>
    /// <param name="parameters">Of the base.</param>
    /// <param name="end">Of the clock.</param>
    /// <param name="runs">How many.</param>
    /// <param name="seed">The same seed draws the same, whatever the workers.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="kept">Runs that are known already, and where those that are not are kept.</param>
    /// <param name="progress">Told how many runs are done.</param>
    /// <param name="cancellation">Looked at within each run.</param>
    public static SampleAnswer Of(
        Simulation simulation, MonteCarlo question, SampleSettings settings, ParameterValues parameters, Instant end, int runs, long seed, int workers, RunFile? kept, IProgress<int>? progress, CancellationToken cancellation)
    {
        var plan = settings.Plan(seed);
        var table = SampleRunner.Run(
            runs, question.Columns.Count, workers, (run, cells) => question.Sample(settings.Values(parameters, plan.Draw(run)), cells, cancellation), kept, progress, cancellation);
        return new(simulation, question, settings, plan, table, end) { Rows = RowsOf(question, settings, parameters, cancellation) };
    }

    private static string Word(SampledMeasure measure) => measure switch { SampledMeasure.Figure => "figure", SampledMeasure.LowestCash => "lowestCash", _ => "book" };

    private static string? Plain(decimal? value) => value is { } number ? JsonAnswer.Amount(Math.Round(number, 10)) : null;

    /// <summary>One run with everything as the file says, and two for each parameter: low and high.</summary>
    private static SensitivityRows RowsOf(MonteCarlo question, SampleSettings settings, ParameterValues parameters, CancellationToken cancellation)
    {
        var known = new ConcurrentDictionary<(int Place, decimal Value), decimal?[]>();
        decimal?[] Row(ParameterValues values)
        {
            var row = SampleRunner.Run(1, question.Columns.Count, 1, (_, cells) => question.Sample(values, cells, cancellation));
            return [.. Enumerable.Range(0, row.Columns).Select(column => row[0, column])];
        }

        return new(
            Row(parameters),
            (place, value) => known.GetOrAdd((place, value), _ => Row(settings.Value(parameters, place, value))));
    }
}
