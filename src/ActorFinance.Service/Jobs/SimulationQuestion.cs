using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Reading;
using ActorFinance.Scenarios.Sampling;
using ActorFinance.Service.Endpoints;
using InvalidField = ActorFinance.Service.Endpoints.InvalidField;

namespace ActorFinance.Service.Jobs;

/// <summary>What <c>simulate</c> of the command line is asked, with the file's content.</summary>
/// <param name="Content">A scenario with agreements.</param>
/// <param name="On">The cut of the journal that it goes on from; null: an empty book.</param>
/// <param name="Until">Null: as the file says.</param>
/// <param name="Settings">Parameters with other values.</param>
/// <param name="Company">Null: all.</param>
/// <param name="Runs">Null: one run, unless there is a sweep.</param>
/// <param name="Seed">Null: as the file says, or 1.</param>
/// <param name="Sweeps">Parameters to go through.</param>
/// <param name="Every">With many runs: when figures are read.</param>
/// <param name="Figures">With many runs: figures of the book.</param>
internal sealed record SimulationQuestion(
    ReadOnlyMemory<byte> Content, Cut? On, Instant? Until, IReadOnlyList<string> Settings, CompanyId? Company, int? Runs, long? Seed, IReadOnlyList<string> Sweeps, SeriesStep Every, IReadOnlyList<string> Figures)
{
    /// <summary>Figures that all runs together may have: each takes 16 bytes until the job is over.</summary>
    private const int CellsMax = 20_000_000;

    /// <exception cref="ProblemException">Names every fault of the file, by line and column.</exception>
    public Simulation Read(History history) => SimulationFile.Parse(FileBody.Name, Content.Span, history) switch
    {
        SimulationResult.Accepted accepted => accepted.Simulation,
        SimulationResult.Rejected rejected => throw FileBody.Refused(rejected.Problems),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
    };

    /// <param name="book">Where it goes on from the journal.</param>
    /// <param name="job">Told how much is done.</param>
    /// <param name="cancellation">Looked at at each instant of the clock.</param>
    public JsonNode Answer(Book? book, Job job, CancellationToken cancellation)
    {
        var history = book is null ? History.Empty : HistoryOf(book, On!.Within(book.LastOffset));
        var simulation = Read(history);
        if (Company is { } one && CompanyNames.Missing(simulation.Companies, one) is { } missing)
        {
            throw new QuestionRefusedException(missing);
        }

        var end = Until ?? simulation.Until ?? throw Invalid("until", null, "stated: the scenario does not say how far");
        if (end <= simulation.Start)
        {
            throw Invalid("until", end.ToString(), $"later than the start of the clock at {simulation.Start}");
        }

        var parameters = ParametersOf(simulation);
        if (Runs is null && Sweeps.Count == 0)
        {
            var run = simulation.Run(parameters, end, progress: new ClockSteps(job, simulation.Start, end), cancellation: cancellation);
            return new SimulateReport(simulation, history, parameters, run, Company).ToJson();
        }

        var question = MonteCarlo.Of(simulation, history, Every, end, Figures, out var rule) ?? throw Invalid("figure", string.Join(", ", Figures), rule!);
        return Runs is { } runs ? Sample(simulation, question, parameters, end, runs, job, cancellation) : Sweep(simulation, question, parameters, end, job, cancellation);
    }

    private JsonObject Sample(Simulation simulation, MonteCarlo question, ParameterValues parameters, Instant end, int runs, Job job, CancellationToken cancellation)
    {
        var settings = SampleFile.Parse(FileBody.Name, Content.Span, simulation.ParameterList, folder: null) switch
        {
            SampleResult.Accepted accepted => accepted.Settings,
            SampleResult.Rejected rejected => throw FileBody.Refused(rejected.Problems),
            _ => throw Invalid("runs", $"{runs}", "left out: 'samples' of the scenario does not say how its parameters may turn out"),
        };
        return (long)runs * question.Columns.Count > CellsMax
            ? throw Invalid("runs", $"{runs}", $"at most {CellsMax / question.Columns.Count} for the {question.Columns.Count} figures that each run has here")
            : SampleAnswer.Of(simulation, question, settings, parameters, end, runs, Seed ?? settings.Seed ?? 1, workers: 1, kept: null, new JobSteps(job, runs), cancellation).ToJson();
    }

    private JsonObject Sweep(Simulation simulation, MonteCarlo question, ParameterValues parameters, Instant end, Job job, CancellationToken cancellation)
    {
        var faults = new List<string>();
        return SweepPlan.Read(Sweeps, simulation, faults) is { } plan
            ? SweepAnswer.Of(simulation, question, plan, parameters, end, workers: 1, new JobSteps(job, plan.Grid.Count), cancellation).ToJson()
            : throw new ProblemException(Problem.Invalid([.. faults.Select(fault => new InvalidField("sweep", "", fault))]));
    }

    /// <summary>History ends where the question says, else where the file's clock starts.</summary>
    private History HistoryOf(Book book, Cut cut) =>
        History.Of(book, cut with { AsOf = (cut.AsOf == Instant.Maximum ? SimulationFile.StartOf(FileBody.Name, Content.Span) : null) ?? cut.AsOf });

    private ParameterValues ParametersOf(Simulation simulation)
    {
        var (parameters, faults) = (simulation.Parameters, new List<InvalidField>());
        foreach (var setting in Settings)
        {
            var parts = setting.Split('=', 2);
            var changed = parameters.With(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : "", out var rule);
            if (changed is null)
            {
                faults.Add(new("set", setting, rule!));
            }

            parameters = changed ?? parameters;
        }

        return faults.Count > 0 ? throw new ProblemException(Problem.Invalid(faults)) : parameters;
    }

    private static ProblemException Invalid(string field, string? value, string rule) => new(Problem.Invalid(field, value, rule));

    private sealed class ClockSteps(Job job, Instant start, Instant end) : IProgress<Instant>
    {
        public void Report(Instant value) => job.Report((double)(value.UtcTicks - start.UtcTicks) / (end.UtcTicks - start.UtcTicks));
    }
}
