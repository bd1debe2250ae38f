using System.Runtime.CompilerServices;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Journal.Reading;

/// <summary>Rows of the table as events. A row that does not decode is a <see cref="CorruptEventException"/> that names offset and manifest.</summary>
public static class EventReading
{
    /// <summary>Passing over so many rows takes about as long as beginning another read.</summary>
    private const int NearMax = 50;

    /// <summary>
    /// Batches that are read and decoded ahead. On two cores a million rows took a tenth longer with two of them, and as long with four.
    /// </summary>
    private const int Ahead = 3;

    public static IReadOnlyList<RecordedEvent> Decode(RawJournalBatch batch)
    {
        var events = new RecordedEvent[batch.Count];
        var rows = batch.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            events[i] = Decode(rows[i]);
        }

        return events;
    }

    public static RecordedEvent Decode(in RawJournalRow row)
    {
        try
        {
            return new(new(row.Ordering), EventCodec.Decode(row.Manifest, row.Payload));
        }
        catch (CorruptEventException corrupt)
        {
            throw PlacedIn(row, corrupt);
        }
    }

    /// <summary>The whole journal up to an offset, batch by batch, decoded on another thread while the caller works on the batch before.</summary>
    public static IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadEventsAsync(
        this IJournalReader reader, long after = 0, long? upTo = null, CancellationToken cancellation = default) =>
        DecodeAheadAsync(reader, Decode, after, upTo, cancellation);

    /// <summary>The same without most of the headers (<see cref="PlacedBatch"/>); each batch is to be disposed by whoever takes it.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="isWanted">Which events are decoded whole as well; asked on the decoding thread.</param>
    /// <param name="after">The last offset already seen; 0 for the beginning.</param>
    /// <param name="upTo">Inclusive; the end if not given.</param>
    /// <param name="cancellation">Seen before each batch.</param>
    public static IAsyncEnumerable<PlacedBatch> ReadPlacedAsync(
        this IJournalReader reader, Func<CompanyEvent, bool> isWanted, long after = 0, long? upTo = null, CancellationToken cancellation = default) =>
        DecodeAheadAsync(reader, batch => PlacedBatch.Decode(batch, isWanted), after, upTo, cancellation);

    /// <summary>
    /// The events at some offsets, in offset order: a few behind a figure, or a page of a list. Offsets that lie near each other are one read, of which only
    /// those asked for are decoded.
    /// </summary>
    /// <param name="reader">The journal.</param>
    /// <param name="offsets">Each of an event.</param>
    /// <param name="mayMatch">Rows for which it is false are not decoded; null: all are.</param>
    /// <param name="cancellation">Seen before each read.</param>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadAtAsync(
        this IJournalReader reader, IEnumerable<Offset> offsets, Func<RawJournalRow, bool>? mayMatch = null, CancellationToken cancellation = default)
    {
        long[] wanted = [.. offsets.Select(offset => offset.Value).Distinct().Order()];
        var events = new List<RecordedEvent>(wanted.Length);
        for (var first = 0; first < wanted.Length;)
        {
            var end = first + 1;
            while (end < wanted.Length && wanted[end] - wanted[end - 1] <= NearMax)
            {
                end++;
            }

            await foreach (var batch in reader.ReadAsync(wanted[first] - 1, wanted[end - 1], cancellation).ConfigureAwait(false))
            {
                using (batch)
                {
                    events.AddRange(DecodeOnly(batch, wanted.AsSpan(first..end), mayMatch));
                }
            }

            first = end;
        }

        return events;
    }

    /// <summary>One company's state, straight from the table, without waking its actor.</summary>
    public static async Task<CompanyState> ReadStateAsync(this IJournalReader reader, CompanyId company, CancellationToken cancellation = default)
    {
        var state = CompanyState.Empty(company);
        await foreach (var batch in reader.ReadCompanyAsync(company.PersistenceId, 1, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                foreach (var recorded in Decode(batch))
                {
                    state = Company.Evolve(state, recorded.Envelope);
                }
            }
        }

        return state;
    }

    private static List<RecordedEvent> DecodeOnly(RawJournalBatch batch, ReadOnlySpan<long> wanted, Func<RawJournalRow, bool>? mayMatch)
    {
        var events = new List<RecordedEvent>();
        foreach (ref readonly var row in batch.Rows)
        {
            if (wanted.BinarySearch(row.Ordering) >= 0 && (mayMatch is null || mayMatch(row)))
            {
                events.Add(Decode(row));
            }
        }

        return events;
    }

    internal static CorruptEventException PlacedIn(in RawJournalRow row, CorruptEventException corrupt) =>
        corrupt.WithPlace(new(row.Ordering), row.PersistenceId, row.SequenceNumber);

    /// <summary>
    /// Some batches are on their way while the caller works on the one before, each read and decoded by one thread, so that its bytes are still near when they are
    /// decoded: handed from one core to another they had to be fetched again. Batches are read one after the other and come in that order (decision 0200).
    /// </summary>
    private static async IAsyncEnumerable<T> DecodeAheadAsync<T>(
        IJournalReader reader, Func<RawJournalBatch, T> decode, long after, long? upTo, [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        var batches = reader.ReadUnnamedAsync(after, upTo, cancellation).GetAsyncEnumerator(cancellation);
        var decoding = new Queue<Task<T?>>();
        var lastRead = Task.CompletedTask;
        try
        {
            while (true)
            {
                while (decoding.Count < Ahead)
                {
                    Begin();
                }

                if (await decoding.Dequeue().ConfigureAwait(false) is not { } decoded)
                {
                    break;
                }

                Begin();
                yield return decoded;
            }
        }
        finally
        {
            // The caller may leave in the middle; the reader is free only when what was begun has ended.
            while (decoding.TryDequeue(out var begun))
            {
                await Task.WhenAny(begun).ConfigureAwait(false);
                if (begun.IsCompletedSuccessfully && await begun.ConfigureAwait(false) is IDisposable unread)
                {
                    unread.Dispose();
                }
            }

            await batches.DisposeAsync().ConfigureAwait(false);
        }

        void Begin()
        {
            var (before, read) = (lastRead, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            lastRead = read.Task;
            decoding.Enqueue(Task.Run(() => NextAsync(before, read), CancellationToken.None));
        }

        async Task<T?> NextAsync(Task before, TaskCompletionSource read)
        {
            await before.ConfigureAwait(false);
            RawJournalBatch? next;
            try
            {
                next = await batches.MoveNextAsync().ConfigureAwait(false) ? batches.Current : null;
            }
            finally
            {
                read.SetResult();
            }

            using var batch = next;
            try
            {
                return batch is null ? null : decode(batch);
            }
            catch (CorruptEventException corrupt) when (corrupt is { Offset: not null, PersistenceId: "" })
            {
                throw await NamedAsync(reader, corrupt, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The fault of a row that was read without whose it is, with that.</summary>
    private static async Task<CorruptEventException> NamedAsync(IJournalReader reader, CorruptEventException corrupt, CancellationToken cancellation)
    {
        var at = corrupt.Offset!.Value;
        await foreach (var batch in reader.ReadAsync(at.Value - 1, at.Value, cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                return corrupt.WithPlace(at, batch[0].PersistenceId, batch[0].SequenceNumber);
            }
        }

        return corrupt;
    }
}
