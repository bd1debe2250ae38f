using System.Runtime.CompilerServices;
using ActorFinance.Journal.Reading;
using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// Reads the table by COPY in its binary format, some thousand rows a statement, each on a connection that goes back at once: no transaction stays open
/// while the caller works, and any number of slow callers share a few connections. What may be read, <see cref="SettledOffsets"/> says.
/// </summary>
internal sealed class PostgreSqlJournalReader : IJournalReader
{
    /// <summary>Large enough that a statement's fixed costs vanish, small enough that many who read at once need little memory.</summary>
    private const int RowsOfStatement = 4_096;

    private const int RowsMax = 2_048;
    private const int BytesMax = 512 * 1024;
    private const string Columns = "ordering, persistence_id, sequence_number, manifest, message";

    private readonly PostgreSqlAddress _address;
    private readonly NpgsqlDataSource _source;
    private readonly SettledOffsets _settled;
    private readonly InternedNames _names = new();

    private PostgreSqlJournalReader(PostgreSqlAddress address, NpgsqlDataSource source) => (_address, _source, _settled) = (address, source, new(source));

    public static JournalOpening<PostgreSqlJournalReader> Open(PostgreSqlAddress address)
    {
        var source = NpgsqlDataSource.Create(address.OrderedConnection());
        if (FindFault(source, address) is not { } error)
            return new PostgreSqlJournalReader(address, source);

        source.Dispose();
        return error;
    }

    public async IAsyncEnumerable<RawJournalBatch> ReadAsync(long after = 0, long? upTo = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var last = await AskAsync(() => upTo is { } asked ? _settled.ReachAsync(asked, cancellation) : _settled.LastAsync(cancellation)).ConfigureAwait(false);
        if (after >= last)
            yield break;

        var batches = ReadBatchesAsync(
            after,
            from => $"SELECT {Columns} FROM journal WHERE ordering > {from} AND ordering <= {last} ORDER BY ordering LIMIT {RowsOfStatement}",
            batch => batch[^1].Ordering,
            cancellation);
        await foreach (var batch in batches.ConfigureAwait(false))
            yield return batch;
    }

    public IAsyncEnumerable<RawJournalBatch> ReadCompanyAsync(string persistenceId, long fromSequence = 1, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(persistenceId);
        var id = persistenceId.Replace("'", "''", StringComparison.Ordinal);
        return ReadBatchesAsync(
            fromSequence - 1,
            from => $"SELECT {Columns} FROM journal WHERE persistence_id = '{id}' AND sequence_number > {from} ORDER BY sequence_number LIMIT {RowsOfStatement}",
            batch => batch[^1].SequenceNumber,
            cancellation);
    }

    public async ValueTask<long> LastOffsetAsync(CancellationToken cancellation = default) =>
        await AskAsync(() => _settled.LastAsync(cancellation)).ConfigureAwait(false);

    public async ValueTask<JournalHole?> HoleAsync(CancellationToken cancellation = default) =>
        await AskAsync(() => _settled.HoleAsync(cancellation)).ConfigureAwait(false);

    public async ValueTask<long> RowCountAsync(CancellationToken cancellation = default) =>
        await AskAsync(async () =>
        {
            var command = _source.CreateCommand("SELECT count(*) FROM journal");
            await using var _ = command.ConfigureAwait(false);
            return (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        }).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        _settled.Dispose();
    }

    private static JournalOpenError? FindFault(NpgsqlDataSource source, PostgreSqlAddress address)
    {
        try
        {
            using var connection = source.OpenConnection();
            if (PostgreSqlSchema.Ask<bool>(connection, "SELECT pg_is_in_recovery()"))
                return PostgreSqlErrors.Standby(address.Name);
            return PostgreSqlSchema.Check(connection, address, out var isEmpty) ?? (isEmpty ? PostgreSqlErrors.NotFound(address.Name, address.Schema) : null);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            return PostgreSqlErrors.From(address.Name, failure);
        }
    }

    /// <summary>Reads the next statement's rows while the caller works on these: on two cores the reading then costs no time of its own.</summary>
    private async IAsyncEnumerable<RawJournalBatch> ReadBatchesAsync(
        long position, Func<long, string> select, Func<RawJournalBatch, long> last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task<Queue<RawJournalBatch>>? reading = Start(position);
        try
        {
            while (reading is not null)
            {
                var batches = await reading.ConfigureAwait(false);
                reading = batches.Sum(batch => batch.Count) == RowsOfStatement ? Start(last(batches.Last())) : null;
                while (batches.TryDequeue(out var batch))
                {
                    yield return batch;
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            // The caller may leave in the middle; what was read ahead goes back.
            if (reading is not null)
            {
                await Task.WhenAny(reading).ConfigureAwait(false);
                if (reading.IsCompletedSuccessfully)
                {
                    foreach (var unread in await reading.ConfigureAwait(false))
                        unread.Dispose();
                }
            }
        }

        Task<Queue<RawJournalBatch>> Start(long from) => Task.Run(() => Read(select(from)), CancellationToken.None);
    }

    private Queue<RawJournalBatch> Read(string select)
    {
        try
        {
            using var connection = _source.OpenConnection();
            using var rows = new CopyOutput(connection, select);
            return rows.ReadToEnd(_names, RowsMax, BytesMax);
        }
        catch (Exception failure) when (IsTheServers(failure))
        {
            throw new JournalReadException(PostgreSqlErrors.From(_address.Name, failure), failure);
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsTheServers(failure))
        {
            throw new JournalReadException(PostgreSqlErrors.From(_address.Name, failure), failure);
        }
    }

    private static bool IsTheServers(Exception failure) => failure is NpgsqlException or TimeoutException or EndOfStreamException or InvalidDataException;
}
