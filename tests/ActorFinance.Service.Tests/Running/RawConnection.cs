using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Running;

/// <summary>What came back over a raw connection.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public JsonObject Problem => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>A socket to the service, for what no HTTP client would send.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));
    private NetworkStream _stream = null!;

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Uri url)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(url.Host, url.Port, connection._patience.Token);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>False once the service has closed the connection.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes, _patience.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public Task<bool> TrySendAsync(string text) => TrySendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>All that the service says until it closes the connection.</summary>
    public async Task<string> RestAsync()
    {
        using var received = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _stream.ReadAsync(buffer, _patience.Token) is > 0 and var length)
            {
                await received.WriteAsync(buffer.AsMemory(0, length), _patience.Token);
            }
        }
        catch (IOException)
        {
            // Closed while we were still sending: what came before it counts.
        }

        return Encoding.UTF8.GetString(received.ToArray());
    }

    /// <summary>The answers that the service gave until it closed the connection.</summary>
    public async Task<IReadOnlyList<RawAnswer>> AnswersAsync()
    {
        var (rest, answers) = (await RestAsync(), new List<RawAnswer>());
        while (rest.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && rest.Split("\r\n\r\n", 2) is [var head, var after])
        {
            var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))?.Split(' ')[1];
            var body = after[..Math.Min(after.Length, int.Parse(length ?? "0"))];
            answers.Add(new(int.Parse(head.Split(' ')[1]), head, body));
            rest = after[body.Length..];
        }

        return answers;
    }

    /// <summary>Whether the service has closed the connection, looked at without waiting.</summary>
    public bool IsClosed
    {
        get
        {
            var socket = _client.Client;
            try
            {
                return socket.Poll(0, SelectMode.SelectRead) && (socket.Available == 0 || Drained(socket));
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool Drained(Socket socket)
    {
        var buffer = new byte[4_096];
        while (socket.Available > 0)
        {
            socket.Receive(buffer);
        }

        return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
    }
}
