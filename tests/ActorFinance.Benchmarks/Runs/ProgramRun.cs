using System.Diagnostics;

namespace ActorFinance.Benchmarks.Runs;

/// <summary>A whole process, from start to exit, with what it printed.</summary>
internal sealed record ProgramRun(double Seconds, int ExitCode, string Output, string Errors)
{
    public static async Task<ProgramRun> RunAsync(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        return new(seconds, process.ExitCode, await output, await errors);
    }

    public ProgramRun MustSucceed() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"exit code {ExitCode}\n{Output}\n{Errors}");
}

/// <summary>The ways to start the command line that are measured.</summary>
internal sealed record Actorfinance(string Name, IReadOnlyList<string> Start)
{
    /// <summary>The plain build that stands beside this program, and the published one if there is one.</summary>
    public static IEnumerable<Actorfinance> All(RunOptions options)
    {
        yield return Plain;
        if (options.PublishedProgram is { } folder)
        {
            yield return new("published", [Path.Combine(folder, "actorfinance")]);
        }
    }

    public static Actorfinance Plain { get; } = new("plain build", ["dotnet", Path.Combine(AppContext.BaseDirectory, "actorfinance.dll")]);

    public Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.RunAsync([.. Start, .. arguments]);
}
