using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Streaming;

/// <summary>Writes a stream as server-sent events, in pieces of a bounded size: while the client does not take one, nothing is read for it.</summary>
internal sealed class SseWriter
{
    public const string ContentType = "text/event-stream";

    private const int BytesTogether = 64 * 1024;

    private readonly ServiceRequest _request;
    private int _unflushed;

    private SseWriter(ServiceRequest request) => _request = request;

    /// <summary>Sends the head at once, so that the client knows that it is connected before anything happens.</summary>
    public static async Task<SseWriter> StartAsync(ServiceRequest request)
    {
        var response = request.Context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        var writer = new SseWriter(request);
        writer.Write("retry: 1000\n\n"u8);
        await writer.FlushAsync(default).ConfigureAwait(false);
        return writer;
    }

    /// <summary>The events, or without any a heartbeat.</summary>
    /// <param name="chunk">What is sent.</param>
    /// <param name="type">The events' type, where it is not a stream's usual.</param>
    /// <param name="delivering">Is told what goes out next.</param>
    public async Task WriteAsync(StreamChunk chunk, string? type = null, Action<Offset>? delivering = null)
    {
        foreach (var item in chunk.Items)
        {
            delivering?.Invoke(item.Offset);
            if (type is not null)
            {
                Write(Encoding.ASCII.GetBytes($"event: {type}\n"));
            }

            Write(item.Frame.Span);
            if (_unflushed > BytesTogether)
            {
                await FlushAsync(item.Offset).ConfigureAwait(false);
            }
        }

        if (chunk.Items.Count == 0)
        {
            delivering?.Invoke(chunk.UpTo);
            Write(Encoding.ASCII.GetBytes($"event: heartbeat\nid: {chunk.UpTo}\ndata: {{\"offset\":{chunk.UpTo}}}\n\n"));
        }

        await FlushAsync(chunk.UpTo).ConfigureAwait(false);
        ServiceMetrics.Streamed(chunk.Items.Count);
    }

    /// <summary>A message about the stream itself.</summary>
    public Task WriteAsync(string type, JsonNode message)
    {
        Write(Encoding.UTF8.GetBytes($"event: {type}\ndata: {message.ToJsonString()}\n\n"));
        return FlushAsync(default);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _request.Context.Response.BodyWriter.Write(bytes);
        _unflushed += bytes.Length;
    }

    private Task FlushAsync(Offset upTo)
    {
        _unflushed = 0;
        return SubscriberPace.TakenAsync(_request.Context.Response.BodyWriter.FlushAsync(_request.Aborted).AsTask(), _request.Options.StalledAfter, upTo, _request.Aborted);
    }
}
