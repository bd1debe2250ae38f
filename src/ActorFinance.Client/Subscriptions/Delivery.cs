namespace ActorFinance.Client;

/// <summary>One event of a durable subscription, to be acknowledged or parked.</summary>
public sealed class Delivery
{
    private readonly Consuming _consuming;

    internal Delivery(EventRecord one, bool isReplay, Consuming consuming, long epoch) => (Event, IsReplay, _consuming, Epoch) = (one, isReplay, consuming, epoch);

    public EventRecord Event { get; }

    public long Offset => Event.Offset;

    /// <summary>It was parked and is wanted again; it is acknowledged for itself.</summary>
    public bool IsReplay { get; }

    internal long Epoch { get; }

    /// <summary>This event and everything before it is handled.</summary>
    /// <returns>
    /// True: on the service's disk. False: the connection was lost meanwhile; it is said again as soon as there is another, and this consumer is not given the
    /// event again. Should the process end before, it comes again to the next.
    /// </returns>
    public Task<bool> AcknowledgeAsync(CancellationToken cancellation = default) => _consuming.AcknowledgeAsync(this, cancellation);

    /// <summary>Lays this event aside and acknowledges everything up to it.</summary>
    /// <returns>False: the connection was lost meanwhile, and the event comes again.</returns>
    public Task<bool> ParkAsync(string reason, CancellationToken cancellation = default) => _consuming.ParkAsync(this, reason, cancellation);
}
