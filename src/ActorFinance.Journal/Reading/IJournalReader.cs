namespace ActorFinance.Journal.Reading;

/// <summary>
/// Reads the journal's table straight, read-only, beside a running writer or without one. Safe for concurrent use.
/// Holes in the offsets that this reader passes can never fill later.
/// </summary>
public interface IJournalReader : IAsyncDisposable
{
    /// <summary>
    /// The rows with <paramref name="after"/> &lt; offset &lt;= <paramref name="upTo"/> in offset order. Without an
    /// upper bound it ends at what was the last offset when the reading began. No transaction stays open between
    /// batches, so a slow consumer does not make the write-ahead log grow.
    /// </summary>
    /// <param name="after">The last offset already seen; 0 for the beginning.</param>
    /// <param name="upTo">Inclusive; offsets that do not exist yet are not waited for.</param>
    /// <param name="cancellation">Seen before each batch.</param>
    /// <exception cref="JournalReadException">The journal is damaged; its error names the file.</exception>
    IAsyncEnumerable<RawJournalBatch> ReadAsync(long after = 0, long? upTo = null, CancellationToken cancellation = default);

    /// <summary>
    /// The same for whoever needs no more than offset, manifest and payload: a store may leave out whose row it is (no persistence id, sequence number 0), which is
    /// a fifth of the work of reading it, and may read each batch only when it is asked for, on the thread that asks.
    /// </summary>
    /// <exception cref="JournalReadException">The journal is damaged; its error names the file.</exception>
    IAsyncEnumerable<RawJournalBatch> ReadUnnamedAsync(long after = 0, long? upTo = null, CancellationToken cancellation = default) => ReadAsync(after, upTo, cancellation);

    /// <summary>One company's rows in the order of their sequence numbers, from <paramref name="fromSequence"/> (inclusive) to its last.</summary>
    /// <exception cref="JournalReadException">The journal is damaged; its error names the file.</exception>
    IAsyncEnumerable<RawJournalBatch> ReadCompanyAsync(
        string persistenceId, long fromSequence = 1, CancellationToken cancellation = default);

    /// <summary>The greatest offset that may be read without passing a hole that can still fill; 0 for an empty journal. O(log n).</summary>
    /// <exception cref="JournalReadException">The journal is damaged; its error names the file.</exception>
    ValueTask<long> LastOffsetAsync(CancellationToken cancellation = default);

    /// <summary>What reading stands before: an offset that was taken and may still be written, below one that is there. A file never has such a hole.</summary>
    /// <returns>Null when everything that is there can be read.</returns>
    /// <exception cref="JournalReadException">The journal cannot be read.</exception>
    ValueTask<JournalHole?> HoleAsync(CancellationToken cancellation = default) => ValueTask.FromResult<JournalHole?>(null);

    /// <summary>The number of rows. Walks an index: about 10 ms a million rows.</summary>
    /// <exception cref="JournalReadException">The journal is damaged; its error names the file.</exception>
    ValueTask<long> RowCountAsync(CancellationToken cancellation = default);
}

/// <param name="After">The last offset that can be read.</param>
/// <param name="Since">For how long this reader has been held up there.</param>
/// <param name="Taker">Who may still write it, in the server's words.</param>
public sealed record JournalHole(long After, TimeSpan Since, string Taker);
