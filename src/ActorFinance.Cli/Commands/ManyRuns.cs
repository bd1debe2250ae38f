using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Model;
using ActorFinance.Scenarios.Agreements;
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
            SampleOutput.Print(terminal, form, answer, options.Full(parsed));
            pictures.Save(terminal, parsed, simulation.Title ?? simulation.Name, () => SampleCharts.Of(answer), page => SampleOutput.Print(page, OutputForm.Table, answer, options.Full(parsed)));
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
        var settings = SampleFile.Parse(file, content, simulation.ParameterList, Path.GetDirectoryName(Path.GetFullPath(file))) switch
        {
            SampleResult.Accepted accepted => accepted.Settings,
            SampleResult.Rejected rejected => throw new CliFailure(ExitCode.Refused, string.Join('\n', rejected.Problems)),
            _ => throw new CliFailure(ExitCode.Refused, $"{file}: --runs draws parameters, and 'samples' of the scenario does not say how they may turn out"),
        };
        var seed = options.Seed(parsed) ?? settings.Seed ?? 1;
        using var kept = Kept(content, simulation, history, question, parameters, end, seed);
        using var progress = new ProgressBar(terminal, "Runs", runs);
        return SampleAnswer.Of(simulation, question, settings, parameters, end, runs, seed, options.Workers(parsed), kept, progress, cancellation);
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
        var faults = new List<string>();
        var plan = SweepPlan.Read(options.Sweeps(parsed), simulation, faults)
            ?? throw new CliFailure(ExitCode.Usage, string.Join('\n', faults.Select(fault => $"--{fault}")));
        using var progress = new ProgressBar(terminal, "Runs", plan.Grid.Count);
        return SweepAnswer.Of(simulation, question, plan, parameters, end, options.Workers(parsed), progress, cancellation);
    }
}
