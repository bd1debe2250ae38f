using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorFinance.Architecture.Tests;

/// <summary>The check of the packages, with a source and a tool that say what the row says.</summary>
public sealed class VulnerablePackagesTests : IDisposable
{
    private const string Listed = "{\"resources\":[{\"@type\":\"VulnerabilityInfo/6.7.0\"}]}";
    private const string Row = "   > Some.Package      1.0.0   1.0.0   SEVERITY   https://github.com/advisories/GHSA-xxxx";

    private readonly string _folder = Directory.CreateTempSubdirectory("actorfinance-vulnerable-").FullName;

    [Theory]
    [InlineData(Listed, "High", 1, "Some.Package")]
    [InlineData(Listed, "Critical", 1, "Some.Package")]
    [InlineData(Listed, "Moderate", 0, "none of high or critical severity is known")]
    [InlineData("{\"resources\":[]}", "High", 0, "keeps no list of them")]
    [InlineData("", "High", 0, "does not answer")]
    public async Task Only_a_severe_vulnerability_that_is_found_fails(string index, string severity, int exitCode, string says)
    {
        Write("curl", index.Length == 0 ? "exit 7" : $"echo '{index}'");
        Write("dotnet", $"case $1 in nuget) echo 'E https://packages.example/v3/index.json' ;; list) echo '{Row.Replace("SEVERITY", severity, StringComparison.Ordinal)}' ;; esac");
        var start = new ProcessStartInfo("bash", [Script()]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(exitCode, output);
        output.ShouldContain(says);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Script([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "vulnerable.sh"));

    private void Write(string program, string body)
    {
        var file = Path.Combine(_folder, program);
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
