using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace ActorFinance.Cli.Tests.Running;

/// <summary>How a run of the program ended.</summary>
public sealed record Outcome(int ExitCode, string Out, string Err)
{
    /// <summary>What a user reads when something is wrong.</summary>
    public override string ToString() => $"exit {ExitCode}\n{Out}{Err}";
}

/// <summary>The built program, run as a process of its own in a folder.</summary>
internal static class CommandLine
{
    private const int SecondsMax = 120;

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "actorfinance.exe" : "actorfinance");

    public static Process Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(s_program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // A width that the shell of the tests has said is none of theirs.
        start.Environment.Remove("COLUMNS");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static Task<Outcome> RunAsync(string folder, params string[] arguments) => EndAsync(Start(folder, environment: null, arguments));

    public static Task<Outcome> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        EndAsync(Start(folder, environment, arguments));

    public static async Task<Outcome> EndAsync(Process process)
    {
        using (process)
        using (var late = new CancellationTokenSource(TimeSpan.FromSeconds(SecondsMax)))
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            try
            {
                await process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException cancelled)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"no end within {SecondsMax} s: {await errors}", cancelled);
            }

            return new(process.ExitCode, await output, await errors);
        }
    }

    /// <summary>The JSON answer, which must be all that stands on standard output.</summary>
    public static async Task<JsonElement> AskAsync(string folder, params string[] arguments)
    {
        var outcome = await RunAsync(folder, [.. arguments, "--output", "json"]);
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        using var document = JsonDocument.Parse(outcome.Out);
        return document.RootElement.Clone();
    }
}
