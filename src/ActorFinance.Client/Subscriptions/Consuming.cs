using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>What one consumer knows of its durable subscription, over all of its connections.</summary>
internal sealed class Consuming(string subscription, IStreamTransport transport)
{
    private readonly Lock _lock = new();

    /// <summary>Up to here the caller has handled all.</summary>
    private long _handled = -1;

    /// <summary>Up to here the service has said that it knows.</summary>
    private long _confirmed = -1;

    /// <summary>The last event that the caller was given.</summary>
    private long _given = -1;
    private long _epoch;

    /// <summary>The next that the caller is to handle, if the frame holds one.</summary>
    public async Task<Delivery?> TakeAsync(StreamFrame frame, CancellationToken cancellation)
    {
        switch (frame.Kind)
        {
            case FrameKind.Epoch:
                lock (_lock)
                {
                    (_epoch, _confirmed) = (frame.Epoch, frame.Offset);
                    _handled = Math.Max(_handled, frame.Offset);
                }

                return null;
            case FrameKind.Replay:
                return new(frame.Event!, isReplay: true, this, _epoch);
            case FrameKind.Event when frame.Offset > HandledNow():
                await CatchUpAsync(frame.Offset, cancellation).ConfigureAwait(false);
                _given = frame.Offset;
                return new(frame.Event!, isReplay: false, this, _epoch);
            case FrameKind.Event:
                // Handled over an earlier connection, which broke before the service knew; it is acknowledged as soon as it may be.
                await CatchUpAsync(frame.Offset, cancellation).ConfigureAwait(false);
                return null;
            default:
                await CatchUpAsync(frame.Offset, cancellation).ConfigureAwait(false);
                if (HandledNow() >= _given && frame.Offset > _confirmed)
                {
                    // Nothing that is wanted is left up to here: this moves a filtered subscription on, and keeps the lease.
                    await SayAsync(_epoch, frame.Offset, cancellation).ConfigureAwait(false);
                }
                else if (HandledNow() >= _given && _confirmed > 0)
                {
                    await SayAsync(_epoch, _confirmed, cancellation).ConfigureAwait(false);
                }

                return null;
        }
    }

    public async Task<bool> AcknowledgeAsync(Delivery delivery, CancellationToken cancellation)
    {
        if (!delivery.IsReplay)
        {
            lock (_lock)
            {
                _handled = Math.Max(_handled, delivery.Offset);
            }
        }

        return await SayAsync(delivery.Epoch, delivery.Offset, cancellation).ConfigureAwait(false);
    }

    public async Task<bool> ParkAsync(Delivery delivery, string reason, CancellationToken cancellation)
    {
        try
        {
            await transport.ParkAsync(subscription, delivery.Epoch, delivery.Offset, reason, cancellation).ConfigureAwait(false);
            if (!delivery.IsReplay)
            {
                lock (_lock)
                {
                    (_handled, _confirmed) = (Math.Max(_handled, delivery.Offset), Math.Max(_confirmed, delivery.Offset));
                }
            }

            return true;
        }
        catch (ActorFinanceException lost) when (IsLost(lost))
        {
            return false;
        }
    }

    private static bool IsLost(ActorFinanceException failure) => failure is SubscriptionTakenOverException or ServiceUnavailableException;

    private long HandledNow()
    {
        lock (_lock)
        {
            return _handled;
        }
    }

    /// <summary>Says again what was handled and not confirmed, once this connection has delivered it.</summary>
    private async Task CatchUpAsync(long delivered, CancellationToken cancellation)
    {
        long handled;
        lock (_lock)
        {
            handled = _handled;
            if (handled <= _confirmed || handled > delivered)
            {
                return;
            }
        }

        await SayAsync(_epoch, handled, cancellation).ConfigureAwait(false);
    }

    private async Task<bool> SayAsync(long epoch, long offset, CancellationToken cancellation)
    {
        try
        {
            await transport.AcknowledgeAsync(subscription, epoch, offset, cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                if (epoch == _epoch)
                {
                    _confirmed = Math.Max(_confirmed, offset);
                }
            }

            return true;
        }
        catch (ActorFinanceException lost) when (IsLost(lost))
        {
            // The stream tells why: it is made anew, or ends.
            return false;
        }
    }
}
