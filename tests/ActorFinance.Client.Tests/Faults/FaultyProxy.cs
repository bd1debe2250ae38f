using System.Net;
using System.Net.Sockets;

namespace ActorFinance.Client.Tests.Faults;

/// <summary>
/// A TCP proxy that breaks what goes through it: after some bytes of its own choosing, in either direction and in the middle of whatever they mean, a connection is
/// closed, reset, or goes silent; some pieces come late.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _target;
    private readonly Random _random;
    private readonly int _bytesMost;
    private readonly Task _accepting;
    private int _cuts;

    /// <param name="target">Where everything goes.</param>
    /// <param name="seed">Of all that happens.</param>
    /// <param name="bytesMost">A connection lives for at most so many bytes one way.</param>
    public FaultyProxy(Uri target, int seed, int bytesMost)
    {
        (_target, _random, _bytesMost) = (target, new(seed), bytesMost);
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Off: everything passes.</summary>
    public bool IsFaulty { get; set; } = true;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                _ = Task.Run(() => PassAsync(client));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private int Draw(int below)
    {
        lock (_random)
        {
            return _random.Next(below);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, cut.Token);
                await Task.WhenAny(PumpAsync(client, server, cut), PumpAsync(server, client, cut));
            }
            catch (Exception broken) when (broken is OperationCanceledException or SocketException)
            {
            }

            await cut.CancelAsync();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationTokenSource cut)
    {
        var (left, buffer) = (Draw(_bytesMost), new byte[4_096]);
        try
        {
            while (await from.ReceiveAsync(buffer, cut.Token) is var count and > 0)
            {
                if (!IsFaulty)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), cut.Token);
                    continue;
                }

                if (Draw(20) == 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Draw(4)), cut.Token);
                }

                // The part that still passes ends anywhere: in a header, in a number, in a length.
                await to.SendAsync(buffer.AsMemory(0, Math.Min(count, left)), cut.Token);
                left -= count;
                if (left <= 0)
                {
                    await BreakAsync(from, to, cut.Token);
                    return;
                }
            }
        }
        catch (Exception broken) when (broken is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task BreakAsync(Socket from, Socket to, CancellationToken cut)
    {
        Interlocked.Increment(ref _cuts);
        switch (Draw(50))
        {
            case 0:
                // Nothing more, and nobody says so: whoever waits has to give up by itself.
                await Task.Delay(TimeSpan.FromSeconds(30), cut);
                break;
            case < 20:
                from.LingerState = to.LingerState = new(enable: true, seconds: 0);
                break;
            default:
                to.Shutdown(SocketShutdown.Both);
                break;
        }
    }
}
