using System.Diagnostics;

namespace ActorFinance.Service.Tests.Running;

/// <summary>The service as the program runs it, in a process of its own that can be told to stop, or killed.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public int Id => _process.Id;

    public Uri Url { get; }

    /// <summary>Where it speaks gRPC, if it was told to.</summary>
    public Uri? GrpcUrl { get; private init; }

    public HttpClient Client { get; private init; } = null!;

    public static Task<ServiceProcess> StartAsync(string folder, params string[] arguments) => StartAtAsync(folder, "http://127.0.0.1:0", arguments);

    public static Task<ServiceProcess> StartAtAsync(string folder, string at, params string[] arguments) => StartAtAsync(folder, at, new Dictionary<string, string>(), arguments);

    public static async Task<ServiceProcess> StartAtAsync(string folder, string at, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = CommandLine.Start(folder, environment, ["serve", .. arguments.Contains("--journal", StringComparer.Ordinal) ? [] : (string[])["--journal", "book.db"], "--url", at, .. arguments]);
        if (await process.StandardOutput.ReadLineAsync() is not { } line)
        {
            throw new InvalidOperationException($"the service did not start: {await process.StandardError.ReadToEndAsync()}");
        }

        var grpc = arguments.Contains("--grpc-url", StringComparer.Ordinal) ? new Uri((await process.StandardOutput.ReadLineAsync())!["gRPC: ".Length..]) : null;

        // Whatever it logs must be taken, or a full pipe would hold it up.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var url = new Uri(line);
        return new(process, url) { GrpcUrl = grpc, Client = new() { BaseAddress = url, Timeout = TimeSpan.FromMinutes(1) } };
    }

    /// <summary>The most memory that it ever held.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public void Kill() => _process.Kill();

    /// <summary>As an operator or a container does.</summary>
    public async Task<int> TerminateAsync(string signal = "TERM")
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public Task EndAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        Client.Dispose();
        _process.Dispose();
    }
}
