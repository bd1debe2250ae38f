using System.Buffers;
using System.Text;
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
    public async Task WriteAsync(StreamChunk chunk)
    {
        foreach (var item in chunk.Items)
        {
            Write(item.Frame.Span);
            if (_unflushed > BytesTogether)
            {
                await FlushAsync(item.Offset).ConfigureAwait(false);
            }
        }

        if (chunk.Items.Count == 0)
        {
            Write(Encoding.ASCII.GetBytes($"event: heartbeat\nid: {chunk.UpTo}\ndata: {{\"offset\":{chunk.UpTo}}}\n\n"));
        }

        await FlushAsync(chunk.UpTo).ConfigureAwait(false);
        ServiceMetrics.Streamed(chunk.Items.Count);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _request.Context.Response.BodyWriter.Write(bytes);
        _unflushed += bytes.Length;
    }

    private Task FlushAsync(Offset upTo)
    {
        _unflushed = 0;
        return SubscriberPace.TakenAsync(_request.Context.Response.BodyWriter.FlushAsync(_request.Aborted).AsTask(), _request.Options.StalledAfter, upTo);
    }
}
