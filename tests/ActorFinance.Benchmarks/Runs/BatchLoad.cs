using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorFinance.Benchmarks.Runs;

/// <summary>
/// Batches of commands over HTTP/1.1 by requests that were made before the clock runs: it shares the server's cores, so it only moves bytes and counts
/// the outcomes in the answers. One thread a connection, each waiting for its answer before it sends the next.
/// </summary>
internal sealed class BatchLoad(Uri service, int connections)
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    /// <summary>The request with its head, as it goes over the wire.</summary>
    public static byte[] Request(Uri service, ReadOnlySpan<byte> lines) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /v1/commands HTTP/1.1\r\nHost: {service.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {lines.Length}\r\n\r\n")),
        .. lines,
    ];

    /// <summary>Sends all, each once; seconds until the last answer.</summary>
    /// <exception cref="InvalidOperationException">A command was not accepted.</exception>
    public double Send(IReadOnlyList<byte[]> requests, int commandsEach)
    {
        var next = -1;
        Exception? broken = null;
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(() =>
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(service.Host, service.Port);
                var buffer = new byte[256 * 1024];
                while (Interlocked.Increment(ref next) is var index && index < requests.Count)
                {
                    Exchange(socket, requests[index], buffer, commandsEach);
                }
            }
            catch (Exception failure)
            {
                broken = failure;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return broken is null ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException("a connection broke", broken);
    }

    private static void Exchange(Socket socket, byte[] request, byte[] buffer, int commandsEach)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += socket.Send(request.AsSpan(sent));
        }

        var (received, end) = (0, int.MaxValue);
        while (received < end)
        {
            var count = socket.Receive(buffer.AsSpan(received));
            if (count == 0)
            {
                throw new InvalidOperationException("the server closed the connection");
            }

            received += count;
            if (end == int.MaxValue && buffer.AsSpan(0, received).IndexOf(HeadEnd) is var head && head >= 0)
            {
                end = head + HeadEnd.Length + LengthOf(buffer.AsSpan(0, head));
            }
        }

        var answer = buffer.AsSpan(0, received);
        if (!answer.StartsWith("HTTP/1.1 200"u8) || answer.Count("\"accepted\""u8) != commandsEach)
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var start = head.IndexOf("Content-Length: "u8);
        var digits = head[(start + "Content-Length: "u8.Length)..];
        return int.Parse(digits[..(digits.IndexOf((byte)'\r') is var line && line < 0 ? digits.Length : line)], CultureInfo.InvariantCulture);
    }
}
