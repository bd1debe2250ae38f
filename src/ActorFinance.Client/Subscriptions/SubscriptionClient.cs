using System.Runtime.CompilerServices;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>Follows the journal.</summary>
public sealed class SubscriptionClient
{
    private readonly ServiceConnection _connection;
    private readonly IStreamTransport _transport;

    internal SubscriptionClient(ServiceConnection connection)
    {
        _connection = connection;
        _transport = connection.Grpc is { } channel ? new GrpcTransport(connection, channel) : new SseTransport(connection);
    }

    /// <summary>
    /// Every event that is wanted, once, in offset order: first what there is, then each as it is written, without end. Connections that break are made
    /// anew behind what has come. Nothing is read ahead of the caller but what fits the buffers on the way.
    /// </summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="filter">What is wanted; null: all.</param>
    /// <param name="heartbeats">Also give out steps without an event, whose offset a filtered subscriber can keep too.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="TooLateException">The journal is shorter than the offset that it is to start behind.</exception>
    /// <exception cref="InvalidRequestException">The filter breaks a rule.</exception>
    /// <exception cref="AccessDeniedException">The key may not read.</exception>
    public async IAsyncEnumerable<StreamStep> SubscribeAsync(
        StreamStart start = default, EventFilter? filter = null, bool heartbeats = false, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Now is said once: a connection that breaks before its first event would else begin later than the subscription did.
        var from = start == StreamStart.Now ? StreamStart.After(await new QuestionClient(_connection).LastOffsetAsync(cancellation).ConfigureAwait(false)) : start;
        var seen = -1L;
        var frames = new Reconnecting(_connection.Options).ReadAsync(
            alive => _transport.ReadAsync(filter ?? new(), (seen < 0 ? from : StreamStart.After(seen)).ToString(), alive), isWorthWaiting: _ => false, cancellation);
        await foreach (var frame in frames.ConfigureAwait(false))
        {
            if (frame.Kind == FrameKind.Event && frame.Offset <= seen)
            {
                throw new InvalidOperationException($"the service sent offset {frame.Offset} after {seen}");
            }

            seen = Math.Max(seen, frame.Offset);
            if (frame.Kind == FrameKind.Event || heartbeats)
            {
                yield return new(seen, frame.Event);
            }
        }
    }

    /// <summary>A durable subscription, whose acknowledged offset the service keeps.</summary>
    /// <param name="name">A slug.</param>
    public DurableSubscription Durable(string name) => new(name, _connection, _transport);

    /// <summary>The caller's durable subscriptions by name.</summary>
    public async Task<IReadOnlyList<DurableState>> ListDurableAsync(CancellationToken cancellation = default) =>
        (await _connection.AskAsync(() => new(HttpMethod.Get, "/v1/subscriptions"), ClientJson.Default.DurableStates, cancellation).ConfigureAwait(false)).Subscriptions;
}
