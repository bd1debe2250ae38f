using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ActorFinance.Journal.Reading;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// The gap-safe rule on SQLite is simple: one write transaction runs at a time and takes its offsets within it, so
/// offsets commit in order, and a hole below a committed offset is dead.
/// </summary>
public sealed class SqliteJournalReader : IJournalReader
{
    /// <summary>Large enough that a batch's fixed costs vanish (under 1 % of its time), small enough to stay in the processor's cache.</summary>
    private const int RowsMax = 2_048;

    private const int BytesMax = 512 * 1024;

    /// <summary>Connections kept for the next question; opening one costs as much as reading some hundred rows.</summary>
    private const int IdleMax = 4;

    private readonly ConcurrentBag<SqliteReadConnection> _idle;
    private readonly InternedNames _names = new();
    private volatile bool _disposed;

    private SqliteJournalReader(string path, SqliteReadConnection first) => (Path, _idle) = (path, [first]);

    /// <summary>The journal's full path.</summary>
    public string Path { get; }

    /// <summary>Opens a journal for reading; never creates, never changes one, and is never refused because of a writer.</summary>
    public static JournalOpening<SqliteJournalReader> Open(string path)
    {
        path = JournalPath.Resolve(path);
        if (!SqliteReadConnection.Open(path).Succeeded(out var connection, out var error))
            return error;

        if (!connection.IsEmpty)
            return new SqliteJournalReader(path, connection);

        connection.Dispose();
        return SqliteErrors.NotAJournal(path, "it is empty");
    }

    public IAsyncEnumerable<RawJournalBatch> ReadAsync(long after = 0, long? upTo = null, CancellationToken cancellation = default) =>
        ReadRangeAsync(after, upTo, cancellation);

    /// <summary>Each batch is read by the thread that asks for it, which goes on with its bytes at hand; whoever wants others meanwhile asks from several.</summary>
    public async IAsyncEnumerable<RawJournalBatch> ReadUnnamedAsync(long after = 0, long? upTo = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var last = upTo ?? await LastOffsetAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        var connection = Rent();
        try
        {
            while (Read(batch => connection.ReadUnnamed(after, last, _names, batch)) is { } read)
            {
                after = read[^1].Ordering;
                yield return read;
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Return(connection);
        }
    }

    public IAsyncEnumerable<RawJournalBatch> ReadCompanyAsync(
        string persistenceId, long fromSequence = 1, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(persistenceId);
        return ReadBatchesAsync(
            fromSequence,
            (connection, from, batch) => connection.ReadCompany(persistenceId, from, _names, batch),
            batch => batch[^1].SequenceNumber + 1,
            cancellation);
    }

    public ValueTask<long> LastOffsetAsync(CancellationToken cancellation = default) =>
        AskAsync(connection => connection.LastOffset(), cancellation);

    // On a thread of its own: it walks an index.
    public ValueTask<long> RowCountAsync(CancellationToken cancellation = default) =>
        new(Task.Run(() => AskAsync(connection => connection.RowCount(), cancellation).AsTask(), CancellationToken.None));

    /// <summary>Closes the idle connections at once, those in use when they are done.</summary>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<RawJournalBatch> ReadRangeAsync(
        long after, long? upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = upTo ?? await LastOffsetAsync(cancellation);
        var batches = ReadBatchesAsync(
            after,
            (connection, from, batch) => connection.ReadRange(from, last, _names, batch),
            batch => batch[^1].Ordering,
            cancellation);
        await foreach (var batch in batches)
            yield return batch;
    }

    /// <summary>
    /// Reads the next batch while the caller works on this one: on two cores the reading then costs no time of its own.
    /// Each batch is a statement, and so a transaction, of its own.
    /// </summary>
    private async IAsyncEnumerable<RawJournalBatch> ReadBatchesAsync(
        long position,
        Action<SqliteReadConnection, long, RawJournalBatch> read,
        Func<RawJournalBatch, long> next,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var connection = Rent();
        Task<RawJournalBatch?>? reading = Start(position);
        try
        {
            while (true)
            {
                var batch = await reading;
                reading = null;
                if (batch is null)
                    break;

                reading = Start(next(batch));
                yield return batch;
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // The caller may leave in the middle; the connection is free only when the read ahead has ended.
            if (reading is not null)
                await Task.WhenAny(reading);
            if (reading is { IsCompletedSuccessfully: true })
                (await reading)?.Dispose();
            Return(connection);
        }

        Task<RawJournalBatch?> Start(long from) => Task.Run(() => Read(batch => read(connection, from, batch)), CancellationToken.None);
    }

    /// <summary>Null where no row is left.</summary>
    private static RawJournalBatch? Read(Action<RawJournalBatch> read)
    {
        var batch = new RawJournalBatch(RowsMax, BytesMax);
        try
        {
            read(batch);
        }
        catch
        {
            batch.Dispose();
            throw;
        }

        if (batch.Count > 0)
            return batch;

        batch.Dispose();
        return null;
    }

    private async ValueTask<long> AskAsync(Func<SqliteReadConnection, long> question, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var connection = Rent();
        try
        {
            await using var interruption = cancellation.Register(connection.Interrupt);
            return question(connection);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            Return(connection);
        }
    }

    private SqliteReadConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryTake(out var idle))
            return idle;

        return SqliteReadConnection.Open(Path).Succeeded(out var opened, out var error)
            ? opened
            : throw new JournalReadException(error);
    }

    private void Return(SqliteReadConnection connection)
    {
        if (_disposed || _idle.Count >= IdleMax)
            connection.Dispose();
        else
            _idle.Add(connection);
    }
}
