using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>A named subscription whose acknowledged offset the service keeps. One consumer at a time; what was not acknowledged is delivered again, in order.</summary>
public sealed class DurableSubscription
{
    private readonly ServiceConnection _connection;
    private readonly IStreamTransport _transport;

    internal DurableSubscription(string name, ServiceConnection connection, IStreamTransport transport)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, _connection, _transport) = (name, connection, transport);
    }

    public string Name { get; }

    private string Address => $"/v1/subscriptions/{Uri.EscapeDataString(Name)}";

    /// <summary>Makes it; the same again changes nothing.</summary>
    /// <exception cref="ConflictException">One of this name has another filter.</exception>
    public Task<DurableState> CreateAsync(StreamStart start = default, EventFilter? filter = null, CancellationToken cancellation = default)
    {
        var wanted = new JsonObject { ["from"] = start.ToString() };
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("company", filter?.Company), ("type", filter?.Type), ("deal", filter?.Deal), ("party", filter?.Party)])
        {
            if (value is not null)
            {
                wanted[name] = value;
            }
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(wanted, ClientJson.Default.JsonObject);
        return _connection.AskAsync(
            () => new(HttpMethod.Put, Address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } },
            ClientJson.Default.DurableState,
            cancellation);
    }

    public Task<DurableState> StateAsync(CancellationToken cancellation = default) =>
        _connection.AskAsync(() => new(HttpMethod.Get, Address), ClientJson.Default.DurableState, cancellation);

    /// <summary>Ends it for good, with what it has parked.</summary>
    public Task DeleteAsync(CancellationToken cancellation = default) =>
        _connection.AskAsync(() => new(HttpMethod.Delete, Address), ClientJson.Default.DurableState, cancellation);

    public async Task<IReadOnlyList<ParkedEvent>> ParkedAsync(CancellationToken cancellation = default) =>
        (await _connection.AskAsync(() => new(HttpMethod.Get, $"{Address}/parked"), ClientJson.Default.ParkedEvents, cancellation).ConfigureAwait(false)).Parked;

    /// <summary>Has a parked event delivered again, marked as a replay.</summary>
    /// <exception cref="NotFoundException">It is not parked.</exception>
    public Task ReplayAsync(long offset, CancellationToken cancellation = default) =>
        _connection.AskAsync(() => new(HttpMethod.Post, $"{Address}/parked/{offset}/replay"), ClientJson.Default.ParkedEvents, cancellation);

    /// <summary>Gives a parked event up.</summary>
    /// <exception cref="NotFoundException">It is not parked.</exception>
    public Task DiscardAsync(long offset, CancellationToken cancellation = default) =>
        _connection.AskAsync(() => new(HttpMethod.Delete, $"{Address}/parked/{offset}"), ClientJson.Default.ParkedEvents, cancellation);

    /// <summary>
    /// Consumes it, without end. An event comes again only if it was not acknowledged: after a broken connection this consumer is not given again what it
    /// has acknowledged already, also where the service had not heard so. While another consumer holds the subscription, this one waits.
    /// </summary>
    /// <param name="consumer">What this consumer calls itself, the same after a restart: it then need not wait for its own lease. Null: a new name.</param>
    /// <param name="takeOver">Put out whoever consumes, once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SubscriptionTakenOverException">Another consumer was told to take over.</exception>
    /// <exception cref="NotFoundException">There is no such subscription; <see cref="CreateAsync"/> makes it.</exception>
    public async IAsyncEnumerable<Delivery> ConsumeAsync(string? consumer = null, bool takeOver = false, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var name = consumer ?? $"{Environment.MachineName}-{Guid.NewGuid():N}";
        var consuming = new Consuming(Name, _transport);
        var isFirst = true;
        var frames = new Reconnecting(_connection.Options).ReadAsync(
            alive => _transport.ConsumeAsync(Name, name, takeOver && isFirst, alive), isWorthWaiting: refusal => refusal is SubscriptionHeldException, cancellation);
        await foreach (var frame in frames.ConfigureAwait(false))
        {
            isFirst = false;
            if (await consuming.TakeAsync(frame, cancellation).ConfigureAwait(false) is { } delivery)
            {
                yield return delivery;
            }
        }
    }
}
