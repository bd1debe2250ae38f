namespace ActorFinance.Client.Transport;

internal enum FrameKind
{
    /// <summary>A consumer's epoch, with the acknowledged offset.</summary>
    Epoch,
    Event,

    /// <summary>An event that was parked and is wanted again.</summary>
    Replay,
    Heartbeat,
}

/// <summary>One thing that came over one connection.</summary>
internal readonly record struct StreamFrame(FrameKind Kind, long Offset, EventRecord? Event = null, long Epoch = 0);

/// <summary>One connection of a stream: it ends, or throws, when the connection does. What was half received is never given out.</summary>
internal interface IStreamTransport
{
    /// <param name="filter">What is wanted.</param>
    /// <param name="from">As the service takes it.</param>
    /// <param name="cancellation">Closes the connection.</param>
    IAsyncEnumerable<StreamFrame> ReadAsync(EventFilter filter, string from, CancellationToken cancellation);

    IAsyncEnumerable<StreamFrame> ConsumeAsync(string subscription, string consumer, bool takeOver, CancellationToken cancellation);

    Task AcknowledgeAsync(string subscription, long epoch, long offset, CancellationToken cancellation);

    Task ParkAsync(string subscription, long epoch, long offset, string reason, CancellationToken cancellation);
}
