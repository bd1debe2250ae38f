using System.Runtime.CompilerServices;
using ActorFinance.Journal.Reading;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Streaming;

/// <summary>What one step of a stream brought: the events that the subscriber wants, and how far it has been read for it. Valid until the next step.</summary>
internal readonly record struct StreamChunk(IReadOnlyList<StreamItem> Items, Offset UpTo);

/// <summary>
/// One subscriber's way through the journal: from the table while it is behind, then from the tail; every event once, in offset order. All that is
/// kept for it is the offset it has reached and one chunk: it reads on when the chunk before has been taken.
/// </summary>
internal static class StreamReading
{
    /// <param name="journal">The journal.</param>
    /// <param name="after">The last offset that the subscriber has seen.</param>
    /// <param name="filter">What it wants.</param>
    /// <param name="heartbeat">After so long without an event, a chunk without events tells the offset.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public static async IAsyncEnumerable<StreamChunk> ReadAsync(
        RunningJournal journal, Offset after, StreamFilter filter, TimeSpan heartbeat, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var subscribed = await journal.Tail.SubscribeAsync(cancellation).ConfigureAwait(false);
        var (position, chunk, silentSince) = (after, new List<StreamItem>(), Environment.TickCount64);
        while (true)
        {
            if (!journal.Tail.TryRead(position, chunk, out var upTo))
            {
                var last = new Offset(await journal.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
                await foreach (var batch in journal.Reader.ReadAsync(position.Value, last.Value, cancellation).ConfigureAwait(false))
                {
                    using (batch)
                    {
                        Take(batch, filter, chunk);
                        position = new(batch[^1].Ordering);
                    }

                    if (chunk.Count > 0 || Environment.TickCount64 - silentSince >= heartbeat.TotalMilliseconds)
                    {
                        yield return new(chunk, position);
                        silentSince = Environment.TickCount64;
                    }
                }

                position = last;
                continue;
            }

            var atHead = upTo == position;
            position = upTo;
            chunk.RemoveAll(item => !filter.Matches(item));
            var silence = TimeSpan.FromMilliseconds(Environment.TickCount64 - silentSince);
            if (chunk.Count > 0 || silence >= heartbeat)
            {
                yield return new(chunk, position);
                silentSince = Environment.TickCount64;
            }
            else if (atHead)
            {
                position = await journal.Tail.WaitAsync(position, filter, heartbeat - silence, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static void Take(RawJournalBatch batch, StreamFilter filter, List<StreamItem> chunk)
    {
        chunk.Clear();
        foreach (ref readonly var row in batch.Rows)
        {
            if (filter.MayMatch(row) && EventReading.Decode(row) is var recorded && filter.Matches(recorded))
            {
                chunk.Add(new(recorded));
            }
        }
    }
}
