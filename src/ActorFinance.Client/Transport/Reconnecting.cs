using System.Runtime.CompilerServices;

namespace ActorFinance.Client.Transport;

/// <summary>
/// One stream over as many connections as it takes. A connection that is cut, that breaks, or that says nothing for too long is made anew after a pause;
/// only what cannot get better by trying again is thrown.
/// </summary>
internal sealed class Reconnecting(ActorFinanceClientOptions options)
{
    /// <param name="connect">Opens the next connection, behind what has been seen by then.</param>
    /// <param name="isWorthWaiting">Refusals that pass.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<StreamFrame> ReadAsync(
        Func<CancellationToken, IAsyncEnumerable<StreamFrame>> connect, Func<Exception, bool> isWorthWaiting, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var backoff = new Backoff(options);
        while (true)
        {
            using var alive = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var frames = connect(alive.Token).GetAsyncEnumerator(alive.Token);
            await using (frames.ConfigureAwait(false))
            {
                while (await NextAsync(frames, alive, isWorthWaiting, cancellation).ConfigureAwait(false) is { } frame)
                {
                    backoff.Reset();
                    yield return frame;
                }
            }

            await backoff.PauseAsync(atLeast: null, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Null when the connection is no more.</summary>
    private async Task<StreamFrame?> NextAsync(IAsyncEnumerator<StreamFrame> frames, CancellationTokenSource alive, Func<Exception, bool> isWorthWaiting, CancellationToken cancellation)
    {
        alive.CancelAfter(options.SilenceMost);
        try
        {
            return await frames.MoveNextAsync().ConfigureAwait(false) ? frames.Current : null;
        }
        catch (Exception cut) when (ServiceConnection.IsCut(cut) || isWorthWaiting(cut))
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            // What the caller does with a frame takes as long as it likes.
            alive.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
