using System.Diagnostics;
using System.Globalization;

namespace ActorFinance.Benchmarks.Runs;

/// <summary>The service in a process of its own, as the program runs it.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, Uri url, Uri grpcUrl) => (_process, Url, GrpcUrl) = (process, url, grpcUrl);

    public Uri Url { get; }

    public Uri GrpcUrl { get; }

    /// <summary>What the process holds in memory, in kB.</summary>
    public double KilobytesResident => double.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>What the process has used, in user and in kernel mode.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServiceProcess> StartAsync(Actorfinance program, string journal)
    {
        var start = new ProcessStartInfo(program.Start[0]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in program.Start.Skip(1).Concat(["serve", "--journal", journal, "--url", "http://127.0.0.1:0", "--grpc-url", "http://127.0.0.1:0"]))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is { } url && await process.StandardOutput.ReadLineAsync() is { } grpc
            ? new(process, new(url), new(grpc["gRPC: ".Length..]))
            : throw new InvalidOperationException("the service did not start");
    }

    public HttpClient Connect(int connections) => new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = Url, Timeout = Timeout.InfiniteTimeSpan };

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", [$"-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
