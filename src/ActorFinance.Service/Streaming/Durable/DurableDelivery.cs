using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Streaming.Durable;

/// <summary>One consumer's connection from beginning to end, however it is written.</summary>
internal static class DurableDelivery
{
    /// <param name="request">The request, or call.</param>
    /// <param name="subscription">What is consumed.</param>
    /// <param name="consumer">What the consumer calls itself.</param>
    /// <param name="takeOver">Whether it puts another one out.</param>
    /// <param name="begin">Tells it its epoch.</param>
    /// <param name="write">Sends it a step.</param>
    /// <exception cref="ProblemException">It may not, or was put out.</exception>
    public static async Task RunAsync(
        ServiceRequest request, DurableSubscription subscription, string consumer, bool takeOver, Func<ConsumerSession, Task> begin, Func<ConsumerSession, DurableChunk, Task> write)
    {
        var last = await request.Journal.Reader.LastOffsetAsync(request.Aborted).ConfigureAwait(false);
        if (subscription.Stored.Acknowledged > last)
        {
            throw new ProblemException(Problem.Of("too-late", $"offset {subscription.Stored.Acknowledged}, which was acknowledged, is beyond the journal's end at offset {last}"));
        }

        var session = await subscription.ConnectAsync(consumer, takeOver).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, session.Ended);
        try
        {
            await begin(session).ConfigureAwait(false);
            await foreach (var chunk in DurableReading.ReadAsync(request, subscription, session, ended.Token).ConfigureAwait(false))
            {
                await write(session, chunk).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (session.EndedBy is not null && !request.Aborted.IsCancellationRequested)
        {
            throw new ProblemException(session.EndedBy);
        }
        finally
        {
            session.IsOpen = false;
        }
    }
}
