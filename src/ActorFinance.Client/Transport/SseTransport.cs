using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFinance.Client.Transport;

/// <summary>Streams as server-sent events.</summary>
internal sealed class SseTransport(ServiceConnection connection) : IStreamTransport
{
    public IAsyncEnumerable<StreamFrame> ReadAsync(EventFilter filter, string from, CancellationToken cancellation)
    {
        var query = new[] { ("from", from), ("company", filter.Company), ("type", filter.Type), ("deal", filter.Deal), ("party", filter.Party) }
            .Where(pair => pair.Item2 is not null)
            .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
        return FramesAsync($"/v1/stream?{string.Join('&', query)}", cancellation);
    }

    public IAsyncEnumerable<StreamFrame> ConsumeAsync(string subscription, string consumer, bool takeOver, CancellationToken cancellation) =>
        FramesAsync($"{AddressOf(subscription)}/stream?consumer={Uri.EscapeDataString(consumer)}&takeOver={(takeOver ? "true" : "false")}", cancellation);

    public Task AcknowledgeAsync(string subscription, long epoch, long offset, CancellationToken cancellation) =>
        PostAsync($"{AddressOf(subscription)}/acknowledge", new() { ["epoch"] = epoch, ["offset"] = offset }, cancellation);

    public Task ParkAsync(string subscription, long epoch, long offset, string reason, CancellationToken cancellation) =>
        PostAsync($"{AddressOf(subscription)}/park", new() { ["epoch"] = epoch, ["offset"] = offset, ["reason"] = reason }, cancellation);

    private static string AddressOf(string subscription) => $"/v1/subscriptions/{Uri.EscapeDataString(subscription)}";

    private static StreamFrame FrameOf(SseItem<byte[]> item)
    {
        switch (item.EventType)
        {
            case "message" or "replayed":
                var cloud = JsonSerializer.Deserialize(item.Data, ClientJson.Default.CloudEvent)!;
                return new(item.EventType == "message" ? FrameKind.Event : FrameKind.Replay, cloud.Data.Offset, cloud.Data with { PreviousHash = cloud.Previoushash });
            case "epoch":
                var epoch = JsonSerializer.Deserialize(item.Data, ClientJson.Default.EpochMessage)!;
                return new(FrameKind.Epoch, epoch.Acknowledged, Epoch: epoch.Epoch);
            case "problem":
                throw ActorFinanceException.Of(JsonSerializer.Deserialize(item.Data, ClientJson.Default.Problem)!);
            default:
                return new(FrameKind.Heartbeat, long.Parse(item.EventId!, CultureInfo.InvariantCulture));
        }
    }

    private async IAsyncEnumerable<StreamFrame> FramesAsync(string address, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await connection.OpenAsync(request, cancellation).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        await foreach (var item in SseParser.Create(body, (_, data) => data.ToArray()).EnumerateAsync(cancellation).ConfigureAwait(false))
        {
            yield return FrameOf(item);
        }
    }

    private Task PostAsync(string address, JsonObject message, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, ClientJson.Default.JsonObject);
        return connection.AskAsync(
            () => new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } },
            ClientJson.Default.AcknowledgedMessage,
            cancellation);
    }
}
