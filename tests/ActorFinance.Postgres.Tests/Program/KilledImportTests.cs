using ActorFinance.Actors.Tests.Importing;
using ActorFinance.Cli.Tests.Running;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Model;
using ActorFinance.Postgres.Tests.Running;
using Xunit.Abstractions;

namespace ActorFinance.Postgres.Tests.Program;

/// <summary>What an import has acknowledged survives a kill -9 at any moment, exactly once, and importing again until it is through completes it.</summary>
public sealed class KilledImportTests(ITestOutputHelper output) : IDisposable
{
    private const int Commands = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly PostgreSqlTestStore _store = new();

    [Fact]
    public async Task Kills_lose_nothing_and_repeat_nothing()
    {
        var kills = (int)Effort.Samples(3);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await File.WriteAllTextAsync(_folder["orders.jsonl"], ManySteps.Lines(Commands, seed));
        var acknowledged = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            await KillAsync(acknowledged, random.Next(1, 40));
            (await EffectsAsync()).Where(effect => effect.Value != 1).ShouldBeEmpty();
        }

        acknowledged.Count.ShouldBeInRange(kills, Commands - 1);
        var completed = await CommandLine.RunAsync(_folder.Path, "import", "orders.jsonl", "--journal", _store.Journal);
        completed.ExitCode.ShouldBe(0, completed.ToString());
        var effects = await EffectsAsync();
        effects.Keys.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, Commands).Select(ManySteps.CommandOf).Order(StringComparer.Ordinal));
        effects.Values.ShouldAllBe(times => times == 1);
        (await CommandLine.AskAsync(_folder.Path, "verify", "--journal", _store.Journal)).GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    private async Task KillAsync(List<string> acknowledged, int afterAcknowledgements)
    {
        using var import = CommandLine.Start(_folder.Path, environment: null, "import", "orders.jsonl", "--journal", _store.Journal, "--acknowledge", "/dev/stdout");
        PipeCapacity.Shrink(import.StandardOutput);
        var errors = import.StandardError.ReadToEndAsync();
        for (var i = 0; i < afterAcknowledgements; i++)
        {
            if (await import.StandardOutput.ReadLineAsync(new CancellationTokenSource(Patience).Token) is not { } line)
                throw new InvalidOperationException($"the import ended early: {await errors}");
            acknowledged.Add(line);
        }

        // SIGKILL. What it acknowledged before it died is in the pipe.
        import.Kill();
        await import.WaitForExitAsync();
        while (await import.StandardOutput.ReadLineAsync() is { } line)
            acknowledged.Add(line);
        var effects = await EffectsAsync();
        acknowledged.Where(id => !effects.ContainsKey(id)).ShouldBeEmpty();
    }

    /// <summary>How many events decide each command: the others of a step, and acknowledgements, answer it.</summary>
    private async Task<Dictionary<string, int>> EffectsAsync()
    {
        await using var reader = _store.OpenReader();
        var effects = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var batch in reader.ReadEventsAsync())
        {
            foreach (var recorded in batch.Where(recorded => recorded.Header.Role is StepRole.None or StepRole.Pending && recorded.Event is not ReceiptAcknowledged))
                effects[recorded.Header.Command.Value] = effects.GetValueOrDefault(recorded.Header.Command.Value) + 1;
        }

        return effects;
    }
}
