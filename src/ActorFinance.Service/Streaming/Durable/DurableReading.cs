using System.Runtime.CompilerServices;
using ActorFinance.Journal.Reading;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Streaming.Durable;

/// <summary>One step of a durable subscription's delivery.</summary>
internal readonly record struct DurableChunk(StreamChunk Chunk, bool IsReplay);

/// <summary>What a consumer is sent: everything behind the acknowledged offset in order, as any stream, and in between what was parked and is wanted again.</summary>
internal static class DurableReading
{
    public static async IAsyncEnumerable<DurableChunk> ReadAsync(
        ServiceRequest request, DurableSubscription subscription, ConsumerSession session, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = new Offset(subscription.Stored.Acknowledged);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var chunks = StreamReading.ReadAsync(request.Journal, after, subscription.Filter, request.Options.Heartbeat, left.Token).GetAsyncEnumerator(CancellationToken.None);
        Task<bool>? next = null;
        try
        {
            while (true)
            {
                var wanted = session.Wanted.Next();
                foreach (var offset in await subscription.TakeWantedAsync(session).ConfigureAwait(false))
                {
                    yield return new(new([await FindAsync(request.Journal.Reader, offset, cancellation).ConfigureAwait(false)], offset), IsReplay: true);
                }

                next ??= chunks.MoveNextAsync().AsTask();
                await Task.WhenAny(next, wanted).ConfigureAwait(false);
                if (!next.IsCompleted)
                {
                    continue;
                }

                if (!await next.ConfigureAwait(false))
                {
                    yield break;
                }

                next = null;
                yield return new(chunks.Current, IsReplay: false);
            }
        }
        finally
        {
            // It ends with its token; only then may it be disposed.
            await left.CancelAsync().ConfigureAwait(false);
            if (next is not null)
            {
                await Task.WhenAny(next).ConfigureAwait(false);
            }

            await chunks.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<StreamItem> FindAsync(IJournalReader reader, Offset offset, CancellationToken cancellation)
    {
        await foreach (var batch in reader.ReadAsync(offset.Value - 1, offset.Value, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                return new(EventReading.Decode(batch[0]));
            }
        }

        throw new ProblemException(Problem.Of("too-late", $"the journal has no event at offset {offset}"));
    }
}
