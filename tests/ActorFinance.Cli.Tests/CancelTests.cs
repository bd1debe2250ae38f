using System.Diagnostics;

namespace ActorFinance.Cli.Tests;

/// <summary>Ctrl-C in the middle of a simulation: exit 130, no half of an answer, and what was kept is gone on from.</summary>
public sealed class CancelTests : IDisposable
{
    /// <summary>Some millions of instants: nobody waits for its end.</summary>
    private const string Long = """
        scenario: long
        title: Eight thousand years
        clock: {from: 2026-01-01, until: 9999-12-31}
        companies:
          - {id: a, name: A, currency: USD}
        agreements:
          - agreement: daily
            when: {every: day}
            then:
              - company: a
                receive-external-cash: {amount: 1 USD, category: revenue}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_run_that_is_interrupted_says_so_and_answers_nothing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The scenario comes through a pipe with a name: once it is read, the program has nothing left to do but run the clock.
        await ShellAsync("mkfifo", _folder["long.yaml"]);
        using var running = CommandLine.Start(_folder.Path, environment: null, "simulate", "long.yaml");
        await File.WriteAllTextAsync(_folder["long.yaml"], Long);
        await ShellAsync("kill", "-INT", $"{running.Id}");
        (await CommandLine.EndAsync(running)).ShouldBe(new Outcome(130, "", $"Cancelled.{Environment.NewLine}"));
    }

    [Fact]
    public async Task Many_runs_that_are_interrupted_are_gone_on_from_to_the_same_bytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var scenario = Table.Scenario("agreements/range-of-outcomes.yaml");
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_folder.Path, "runs.bin") { NotifyFilter = NotifyFilters.Size };
        watcher.Changed += (_, _) =>
        {
            // Its head comes first, before any run.
            if (new FileInfo(_folder["runs.bin"]).Length > 1_000)
            {
                written.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        using var running = CommandLine.Start(_folder.Path, environment: null, "simulate", scenario, "--runs", "1000000", "--keep", "runs.bin");
        await Task.WhenAny(written.Task, running.WaitForExitAsync());
        await ShellAsync("kill", "-INT", $"{running.Id}");
        (await CommandLine.EndAsync(running)).ShouldBe(new Outcome(130, "", $"Cancelled.{Environment.NewLine}"));

        var fresh = await CommandLine.RunAsync(_folder.Path, "simulate", scenario, "--runs", "100", "-o", "json");
        var resumed = await CommandLine.RunAsync(_folder.Path, "simulate", scenario, "--runs", "100", "-o", "json", "--keep", "runs.bin");
        fresh.ExitCode.ShouldBe(0, fresh.ToString());
        resumed.ShouldBe(fresh);
    }

    private static async Task ShellAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
