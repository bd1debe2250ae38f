using System.Globalization;
using System.Text;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Reading;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// Events generated a second by the letter of intent as terms (78 events a run, its figures read twelve times), on one core; beside it, the same commands
/// given to the same decisions without any agreement. Then one long run, and ten thousand runs with other parameters on two cores.
/// </summary>
internal static class Simulate
{
    private const int Workers = 2;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var simulation = Read(Path.Combine(AppContext.BaseDirectory, "config", "scenarios", "agreements", "nvidia-openai.yaml"));
        var commands = simulation.Run().Commands;
        var events = simulation.Run().Events.Count;
        var runs = options.Quick ? 500 : 5_000;
        report.Fact("events a run", events);
        report.Fact("runs a round", runs);
        var (ours, decided, rates) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < options.Rounds; round++)
        {
            var simulated = await Cost.OfAsync(runs * events, () => Many(runs, _ => simulation.Run()));
            var plain = await Cost.OfAsync(runs * events, () => Many(runs, _ => Decide(commands)));
            if (round >= 0)
            {
                ours.Add(simulated.MicrosecondsOfProcessor);
                decided.Add(plain.MicrosecondsOfProcessor);
                rates.Add(simulated.EventsPerSecond);
            }
        }

        report.Samples("events generated a second, one core (target 100,000)", "events/s", rates);
        report.Samples("processor time an event, generated", "us", ours);
        report.Samples("processor time an event, decided only", "us", decided);
        report.Samples("events generated a second of processor time (target 100,000)", "events/s", [.. ours.Select(each => 1e6 / each)]);
        report.Compare("generated : decided only", ours, decided, "none; 1.0 is free terms");
        await LongRunAsync(options, report);
        await ManyRunsAsync(options, report, simulation);
    }

    /// <summary>A hundred companies that pay each other every month: one run of as many events as it takes.</summary>
    private static async Task LongRunAsync(RunOptions options, Report report)
    {
        var simulation = Parse("long.yaml", Encoding.UTF8.GetBytes(LongScenario(companies: 100, years: options.Quick ? 10 : 100)));
        var events = simulation.Run().Events.Count;
        report.Fact("events of the long run", events);
        var costs = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            costs.Add((await Cost.OfAsync(events, () => Many(1, _ => simulation.Run()))).MicrosecondsOfProcessor);
        }

        report.Samples("processor time an event, long run", "us", costs);
    }

    private static async Task ManyRunsAsync(RunOptions options, Report report, Simulation simulation)
    {
        var runs = options.Quick ? 1_000 : 10_000;
        var seconds = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() =>
            {
                for (var run = worker; run < runs; run += Workers)
                {
                    simulation.Run(simulation.Parameters.With("systems-per-gigawatt", 10e9m + (run * 1e6m)));
                }
            })));
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        report.Samples($"{runs:#,0} runs with other parameters on {Workers} workers (target 10 s)", "s", seconds);
    }

    private static Task Many(int runs, Action<int> run)
    {
        for (var i = 0; i < runs; i++)
        {
            run(i);
        }

        return Task.CompletedTask;
    }

    private static void Decide(IReadOnlyList<CommandEnvelope> commands)
    {
        var ids = 0;
        var companies = new Rehearsal(CompanyState.Empty, () => Instant.Of(2040, 1, 1), () => new(++ids, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        foreach (var command in commands)
        {
            companies.Submit(command, digest: default);
        }
    }

    private static string LongScenario(int companies, int years)
    {
        var yaml = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"scenario: long\ntitle: Long\nclock: {{from: 2000-01-01, until: {1999 + years}-12-31}}\ncompanies:\n"));
        for (var i = 0; i < companies; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: c{i}, name: C{i}, currency: USD}}\n");
        }

        yaml.Append("parameters: {rent: 1m USD}\nagreements:\n");
        for (var i = 0; i < companies; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - agreement: a{i}\n    when: {{every: month, from: 2000-01-31}}\n    then:\n      - company: c{i}\n        pay-purchase: {{seller: c{(i + 1) % companies}, amount: 'rent + max(cash(c{i}), 0 USD) / 10'}}\n");
        }

        return yaml.ToString();
    }

    private static Simulation Read(string path) => Parse(path, File.ReadAllBytes(path));

    private static Simulation Parse(string name, byte[] content) => SimulationFile.Parse(name, content, History.Empty) switch
    {
        SimulationResult.Accepted accepted => accepted.Simulation,
        SimulationResult.Rejected rejected => throw new InvalidDataException(string.Join('\n', rejected.Problems)),
        _ => throw new InvalidDataException(name),
    };
}
