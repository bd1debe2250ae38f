using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Model;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Cli.Commands;

/// <summary><c>simulate --runs</c> and <c>simulate --sweep</c>: one scenario, many runs.</summary>
internal sealed class ManyRuns(Terminal terminal, ParseResult parsed, SamplingOptions options, PictureOptions pictures, CancellationToken cancellation)
{
    /// <summary>Answers when many runs were asked for; false when one was.</summary>
    public bool Answer(string file, Simulation simulation, History history, ParameterValues parameters, Instant end, OutputForm form)
    {
        if (options.Runs(parsed) is null && options.Sweeps(parsed).Count == 0)
        {
            return false;
        }

        var question = MonteCarlo.Of(simulation, history, options.Every(parsed), end, options.Figures(parsed), out var rule)
            ?? throw new CliFailure(ExitCode.Usage, $"--figure {rule}");
        if (options.Runs(parsed) is { } runs)
        {
            var answer = Sample(file, simulation, history, question, parameters, end, runs);
            SampleOutput.Print(terminal, form, answer);
            pictures.Save(terminal, parsed, simulation.Title ?? simulation.Name, () => SampleCharts.Of(answer), page => SampleOutput.Print(page, OutputForm.Table, answer));
        }
        else
        {
            var answer = Sweep(simulation, question, parameters, end);
            SweepOutput.Print(terminal, form, answer);
            pictures.Save(terminal, parsed, simulation.Title ?? simulation.Name, () => SweepCharts.Of(answer), page => SweepOutput.Print(page, OutputForm.Table, answer));
        }

        return true;
    }

    private SampleAnswer Sample(string file, Simulation simulation, History history, MonteCarlo question, ParameterValues parameters, Instant end, int runs)
    {
        var content = File.ReadAllBytes(file);
        var settings = SampleFile.Parse(file, content, simulation.ParameterList) switch
        {
            SampleResult.Accepted accepted => accepted.Settings,
            SampleResult.Rejected rejected => throw new CliFailure(ExitCode.Refused, string.Join('\n', rejected.Problems)),
            _ => throw new CliFailure(ExitCode.Refused, $"{file}: --runs draws parameters, and 'samples' of the scenario does not say how they may turn out"),
        };
        var seed = options.Seed(parsed) ?? settings.Seed ?? 1;
        var plan = settings.Plan(seed);
        using var kept = Kept(content, simulation, history, question, parameters, end, seed);
        using var progress = new ProgressBar(terminal, "Runs", runs);
        var table = SampleRunner.Run(
            runs, question.Columns.Count, options.Workers(parsed), (run, cells) => question.Sample(settings.Values(parameters, plan.Draw(run)), cells, cancellation), kept, progress, cancellation);
        return new(simulation, question, settings, plan, table, end) { Rows = Rows(question, settings, parameters) };
    }

    /// <summary>One run with everything as the file says, and two for each parameter: low and high.</summary>
    private SensitivityRows Rows(MonteCarlo question, SampleSettings settings, ParameterValues parameters)
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

    private RunFile? Kept(byte[] content, Simulation simulation, History history, MonteCarlo question, ParameterValues parameters, Instant end, long seed)
    {
        if (options.Keep(parsed) is not { } path)
        {
            return null;
        }

        var asked = string.Join('\n',
        [
            Convert.ToHexString(SHA256.HashData(content)), typeof(MonteCarlo).Assembly.ManifestModule.ModuleVersionId.ToString(), seed.ToString(CultureInfo.InvariantCulture), end.ToString(),
            .. history.Recorded.Select(recorded => recorded.Header.Id.ToString()),
            .. simulation.ParameterList.Select((parameter, i) => $"{parameter.Name}={parameters.Text(i)}"),
            .. question.Columns.Select(column => column.ToString()),
        ]);
        return RunFile.Open(path, asked, question.Columns.Count)
            ?? throw new CliFailure(ExitCode.Refused, $"--keep '{path}' must be a file of this very question, or none: it keeps runs of another scenario, seed, journal or program; delete it or name another");
    }

    private SweepAnswer Sweep(Simulation simulation, MonteCarlo question, ParameterValues parameters, Instant end)
    {
        var (ranges, scales, faults) = (new List<SweepRange>(), new List<ParameterScale>(), new List<string>());
        foreach (var sweep in options.Sweeps(parsed))
        {
            if (SweepText.Parse(sweep, simulation.ParameterList, out var scale, out var rule) is { } range && scale is not null)
            {
                ranges.Add(range);
                scales.Add(scale);
            }
            else
            {
                faults.Add($"--sweep '{sweep}': {rule}");
            }
        }

        if (ranges.GroupBy(range => range.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            faults.Add($"--sweep '{twice.Key}': must be swept once");
        }

        if (ranges.Aggregate(1d, (points, range) => points * range.Values.Count) > SweepRange.PointsMax)
        {
            faults.Add($"--sweep: the grid must have at most {SweepRange.PointsMax:#,0} points");
        }

        if (faults.Count > 0)
        {
            throw new CliFailure(ExitCode.Usage, string.Join('\n', faults));
        }

        var grid = SweepRange.Grid(ranges);
        using var progress = new ProgressBar(terminal, "Runs", grid.Count);
        var table = SampleRunner.Run(
            grid.Count, question.Columns.Count, options.Workers(parsed),
            (run, cells) =>
            {
                var values = parameters;
                for (var i = 0; i < scales.Count; i++)
                {
                    values = values.With(ranges[i].Name, scales[i].Value(grid[run][i]));
                }

                question.Sample(values, cells, cancellation);
            },
            kept: null, progress, cancellation);
        return new(simulation, question, ranges, scales, grid, table, end);
    }
}

/// <summary>Runs around the base: what every tornado is made of.</summary>
internal sealed record SensitivityRows(IReadOnlyList<decimal?> Base, Func<int, decimal, decimal?[]> At);

/// <summary>What <c>simulate --runs</c> answers.</summary>
internal sealed record SampleAnswer(Simulation Simulation, MonteCarlo Question, SampleSettings Settings, SamplePlan Plan, SampleTable Table, Instant End)
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
}

/// <summary>What <c>simulate --sweep</c> answers: a row a point of the grid.</summary>
internal sealed record SweepAnswer(
    Simulation Simulation, MonteCarlo Question, IReadOnlyList<SweepRange> Ranges, IReadOnlyList<ParameterScale> Scales, IReadOnlyList<decimal[]> Grid, SampleTable Table, Instant End)
{
    /// <summary>Figures at the end, figures of the book, lowest cash.</summary>
    public IReadOnlyList<int> Shown =>
    [
        .. Enumerable.Range(0, Question.Columns.Count).Where(place => Question.Columns[place] is var column
            && (column.Measure is SampledMeasure.BookFigure or SampledMeasure.LowestCash || (column.Measure == SampledMeasure.Figure && column.At == End))),
    ];

    public ExpressionValue Setting(int point, int range) => Scales[range].Value(Grid[point][range]);
}
