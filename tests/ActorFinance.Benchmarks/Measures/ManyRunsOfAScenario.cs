using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorFinance.Analysis.Cash;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Reading;
using ActorFinance.Scenarios.Sampling;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>In process: Monte Carlo of the deal with five uncertain terms, by one worker and by two in every round, so that the scaling is a ratio of neighbours.</summary>
internal static class ManyRunsOfAScenario
{
    private const double TargetSeconds = 10;

    public static void Run(RunOptions options, Report report)
    {
        var runs = options.Quick ? 1_000 : 10_000;
        var path = Path.Combine(FolderOf(), "..", "..", "..", "config", "scenarios", "agreements", "range-of-outcomes.yaml");
        var content = File.ReadAllBytes(path);
        var simulation = SimulationFile.Parse(path, content, History.Empty) is SimulationResult.Accepted accepted ? accepted.Simulation : throw new InvalidOperationException("the scenario is bundled");
        var settings = SampleFile.Parse(path, content, simulation.ParameterList, folder: null) is SampleResult.Accepted samples ? samples.Settings : throw new InvalidOperationException("the scenario is bundled");
        var question = MonteCarlo.Of(simulation, History.Empty, SeriesStep.Quarter, simulation.Until!.Value, [], out _)!;
        var plan = settings.Plan(1);
        report.Fact("runs", runs);
        report.Fact("events of a run with all as the file says", simulation.Run().Events.Count);

        var (one, two) = (new List<double>(), new List<double>());
        string? first = null;
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var (workers, times) in new[] { (1, one), (2, two) })
            {
                GC.Collect();
                var clock = Stopwatch.StartNew();
                var table = SampleRunner.Run(runs, question.Columns.Count, workers, (run, cells) => question.Sample(settings.Values(simulation.Parameters, plan.Draw(run)), cells));
                if (round > 0)
                {
                    times.Add(clock.Elapsed.TotalSeconds);
                }

                var cells = string.Join(',', Enumerable.Range(0, table.Columns).Select(column => SampleSummary.Of(table, column)));
                if ((first ??= cells) != cells)
                {
                    throw new InvalidOperationException($"{workers} workers gave other figures");
                }
            }
        }

        report.Samples("runs by one worker", "s", one);
        report.Samples($"runs by two workers, target {TargetSeconds} s for 10,000", "s", two);
        report.Compare("two workers against one", one, two, ">= 1.7x");
        report.Compare("target time against two workers", [.. two.Select(_ => TargetSeconds * runs / 10_000)], two, ">= 1x");
    }

    private static string FolderOf([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
