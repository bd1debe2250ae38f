using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Running;

/// <summary>Consumes a durable subscription from outside, without any of the service's code.</summary>
internal sealed class Consumer : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));
    private readonly IAsyncEnumerator<SentEvent> _stream;
    private readonly HttpClient _client;
    private readonly string _address;

    private Consumer(HttpClient client, string address, string query)
    {
        (_client, _address) = (client, address);
        _stream = EventStream.ReadAsync(client, query, cancellation: _patience.Token, address: $"{address}/stream").GetAsyncEnumerator();
    }

    public long Epoch { get; private set; }

    public static async Task<JsonObject> MakeAsync(HttpClient client, string name, object? filter = null)
    {
        using var made = await client.PutAsJsonAsync($"/v1/subscriptions/{name}", filter ?? new { });
        var text = await made.Content.ReadAsStringAsync();
        made.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task<Consumer> ConnectAsync(HttpClient client, string name, string consumer, bool takeOver = false)
    {
        var connected = new Consumer(client, $"/v1/subscriptions/{name}", $"?consumer={consumer}{(takeOver ? "&takeOver=true" : "")}");
        var first = await connected.NextAsync();
        first.Type.ShouldBe("epoch");
        connected.Epoch = (long)first.Data["epoch"]!;
        return connected;
    }

    /// <summary>The next that is no heartbeat.</summary>
    public async Task<SentEvent> NextAsync()
    {
        do
        {
            (await _stream.MoveNextAsync()).ShouldBeTrue("the stream ended");
        }
        while (_stream.Current.Type == "heartbeat");
        return _stream.Current;
    }

    public async Task<IReadOnlyList<long>> TakeAsync(int count)
    {
        var offsets = new List<long>();
        while (offsets.Count < count)
        {
            var sent = await NextAsync();
            sent.Type.ShouldBe("message");
            offsets.Add(sent.Id);
        }

        return offsets;
    }

    public Task<HttpResponseMessage> AcknowledgeAsync(long offset) => _client.PostAsJsonAsync($"{_address}/acknowledge", new { epoch = Epoch, offset });

    public Task<HttpResponseMessage> ParkAsync(long offset, string reason) => _client.PostAsJsonAsync($"{_address}/park", new { epoch = Epoch, offset, reason });

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _patience.Dispose();
    }
}
