using System.Diagnostics;
using ActorFinance.Journal.Sqlite;

namespace ActorFinance.Journal.Tests.Sqlite;

/// <summary>This assembly, started again as a second process that holds a journal open until it is killed or told to end.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["hold", var path])
            return 2;
        if (!SqliteJournalFile.Open(path).Succeeded(out var journal, out var error))
        {
            await Console.Out.WriteLineAsync(error.ToString());
            return 3;
        }

        using (journal)
        {
            await Console.Out.WriteLineAsync("holding");
            await Console.In.ReadLineAsync();
        }

        return 0;
    }

    public static async Task<OtherProcess> Holding(string path)
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [typeof(OtherProcess).Assembly.Location, "hold", path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("holding");
        return new OtherProcess(process);
    }

    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task End()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.WaitForExitAsync();
        _process.ExitCode.ShouldBe(0);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
