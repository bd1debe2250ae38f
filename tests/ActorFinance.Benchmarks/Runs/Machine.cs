using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorFinance.Benchmarks.Runs;

/// <summary>What a figure depends on beside the code.</summary>
internal sealed record Machine(string Processor, int Cores, string MemoryTotal, string System, string Runtime, string Sdk)
{
    public static Machine Here() => new(
        Field("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        Field("/proc/meminfo", "MemTotal"),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Ask("dotnet", "--version"));

    /// <summary>Averages over 1, 5 and 15 minutes; what else ran on the machine shows here.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    public static string Ask(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadLine() ?? "";
            process.WaitForExit();
            return process.ExitCode == 0 ? answer.Trim() : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not installed";
        }
    }

    private static string Field(string file, string name) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "unknown";
}
