using System.CommandLine;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Reading;

namespace ActorFinance.Cli.Commands;

internal static class SimulateVerb
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A scenario with agreements, in YAML." };
        var journal = new Option<string?>("--journal", "-j")
        {
            Description = "Go on from the facts of this journal, which is only read. Default: an empty book.",
            HelpName = "FILE|URL",
        };
        var (output, asOf, asKnown, company) = (CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var until = CommonOptions.Until();
        var set = new Option<string[]>("--set")
        {
            Description = "Give a parameter another value: --set \"systems-per-gigawatt=35bn USD\"; or a path: --set \"price=2026-01-01: 100 USD; 2027-01-01: 200 USD\".",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var events = new Option<bool>("--events") { Description = "Also list every event that was generated, with the agreement and the trigger that made it." };
        var command = new Command(
            "simulate",
            "Run agreements on a model clock, through the decisions of the companies: history stays facts, the rest is generated. What companies refuse is reported.\n\nExample: actorfinance simulate config/scenarios/agreements/nvidia-openai.yaml --set gigawatts=3")
        {
            file, journal, output, asOf, asKnown, until, set, company, events,
        };
        var (sampling, pictures) = (new SamplingOptions(command), new PictureOptions(command));
        command.SetAction(async (parsed, cancellation) =>
        {
            var history = History.Empty;
            if (parsed.GetValue(journal) is { } path)
            {
                var book = await BookReading.ReadAsync(terminal, path, cancellation).ConfigureAwait(false);
                history = HistoryOf(book, parsed.GetValue(file)!, BookReading.Cut(book, parsed.End(asOf), parsed.Known(asKnown)));
            }
            else if (parsed.GetResult(asOf) is not null || parsed.GetResult(asKnown) is not null)
            {
                throw new CliFailure(ExitCode.Usage, "--as-of and --as-known cut a journal: say which with --journal");
            }

            var simulation = Read(parsed.GetValue(file)!, history);
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(simulation.Companies, one);
            }

            var end = parsed.GetResult(until) is null
                ? simulation.Until ?? throw new CliFailure(ExitCode.Usage, "how far? The scenario does not say: give --until DATE")
                : parsed.GetValue(until);
            if (end <= simulation.Start)
            {
                throw new CliFailure(ExitCode.Usage, $"--until {Figures.Moment(end)} must be later than the start of the clock at {Figures.Moment(simulation.Start)}");
            }

            var parameters = ParametersOf(simulation, parsed.GetValue(set) ?? []);
            if (new ManyRuns(terminal, parsed, sampling, pictures, cancellation).Answer(parsed.GetValue(file)!, simulation, history, parameters, end, parsed.GetValue(output)))
            {
                return ExitCode.Done;
            }

            SimulationRun run;
            using (var progress = new ProgressBar(terminal, "Days", (end.UtcTicks - simulation.Start.UtcTicks) / TimeSpan.TicksPerDay))
            {
                run = simulation.Run(parameters, end, progress: new ClockProgress(progress, simulation.Start), cancellation: cancellation);
            }

            var report = new SimulateReport(simulation, history, parameters, run, parsed.GetValue(company));
            SimulateOutput.Print(terminal, parsed.GetValue(output), report, parsed.GetValue(events));
            pictures.Save(terminal, parsed, simulation.Title ?? simulation.Name, () => SimulateCharts.Of(report), page => SimulateOutput.Print(page, OutputForm.Table, report, parsed.GetValue(events)));
            return run.Fault is null ? ExitCode.Done : throw new CliFailure(ExitCode.Refused, run.Fault.ToString());
        });
        return command;
    }

    /// <summary>History ends where the command line says, else where the file's clock starts.</summary>
    private static History HistoryOf(Book book, string file, Cut cut)
    {
        var from = cut.AsOf == Instant.Maximum && File.Exists(file) ? SimulationFile.StartOf(file, File.ReadAllBytes(file)) : null;
        return History.Of(book, cut with { AsOf = from ?? cut.AsOf });
    }

    private static Simulation Read(string path, History history)
    {
        if (!File.Exists(path))
        {
            throw new CliFailure(ExitCode.InputOutput, $"{path}: there is no such file");
        }

        return SimulationFile.Parse(path, File.ReadAllBytes(path), history) switch
        {
            SimulationResult.Accepted accepted => accepted.Simulation,
            SimulationResult.Rejected rejected => throw new CliFailure(ExitCode.Refused, string.Join('\n', rejected.Problems)),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
        };
    }

    private static ParameterValues ParametersOf(Simulation simulation, string[] settings)
    {
        var (parameters, faults) = (simulation.Parameters, new List<string>());
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            var changed = parameters.With(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : "", out var rule);
            if (changed is null)
            {
                faults.Add($"--set '{setting}': {rule}");
            }

            parameters = changed ?? parameters;
        }

        return faults.Count > 0 ? throw new CliFailure(ExitCode.Usage, string.Join('\n', faults)) : parameters;
    }

    private sealed class ClockProgress(ProgressBar bar, Instant start) : IProgress<Instant>
    {
        public void Report(Instant value) => bar.Report((value.UtcTicks - start.UtcTicks) / TimeSpan.TicksPerDay);
    }
}
