using System.Data.Common;
using System.Threading.Channels;

namespace ActorFinance.Journal.Subscriptions;

/// <summary>
/// Keeps durable subscriptions in tables of their own, apart from the journal, whose offsets they must not take. Changes of all subscriptions that come
/// together are one transaction: who acknowledges waits for the disk, but not for a turn of its own. The SQL is what SQLite and PostgreSQL share.
/// </summary>
public sealed class SubscriptionStore : IAsyncDisposable
{
    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS subscription (
            name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, company TEXT NULL, type TEXT NULL, deal TEXT NULL, party TEXT NULL,
            acknowledged BIGINT NOT NULL, epoch BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS subscription_parked (
            subscription TEXT NOT NULL, event_offset BIGINT NOT NULL, reason TEXT NOT NULL, parked_ticks BIGINT NOT NULL, attempts BIGINT NOT NULL, wanted BIGINT NOT NULL,
            PRIMARY KEY (subscription, event_offset));
        """;

    private readonly DbConnection _connection;
    private readonly Channel<Waiting> _changes = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task _writing;

    private SubscriptionStore(DbConnection connection)
    {
        _connection = connection;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes the connection and makes the tables where they are missing.</summary>
    /// <param name="connection">Closed; its settings have what is committed on the disk.</param>
    /// <param name="prepare">Settings of the store itself, in SQL.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DbException">It cannot be opened.</exception>
    public static async Task<SubscriptionStore> OpenAsync(DbConnection connection, string prepare = "", CancellationToken cancellation = default)
    {
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using var _ = command.ConfigureAwait(false);
            command.CommandText = prepare + Tables;
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>All that is kept; asked once, before the first change.</summary>
    public async Task<(IReadOnlyList<StoredSubscription> Subscriptions, IReadOnlyList<ParkedEvent> Parked)> LoadAsync(CancellationToken cancellation = default)
    {
        var subscriptions = await ListAsync(
            "SELECT name, owner, company, type, deal, party, acknowledged, epoch FROM subscription",
            row => new StoredSubscription(row.GetString(0), row.GetString(1), TextOf(row, 2), TextOf(row, 3), TextOf(row, 4), TextOf(row, 5), row.GetInt64(6), row.GetInt64(7)),
            cancellation).ConfigureAwait(false);
        var parked = await ListAsync(
            "SELECT subscription, event_offset, reason, parked_ticks, attempts, wanted FROM subscription_parked",
            row => new ParkedEvent(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), (int)row.GetInt64(4), row.GetInt64(5) != 0),
            cancellation).ConfigureAwait(false);
        return (subscriptions, parked);
    }

    /// <summary>Done when they are on the disk, all or none.</summary>
    /// <exception cref="DbException">They could not be written.</exception>
    public Task ApplyAsync(params IReadOnlyList<SubscriptionChange> changes)
    {
        var waiting = new Waiting(changes, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _changes.Writer.TryWrite(waiting) ? waiting.Written.Task : throw new ObjectDisposedException(nameof(SubscriptionStore));
    }

    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static string? TextOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private async Task WriteAsync()
    {
        var together = new List<Waiting>();
        while (await _changes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            together.Clear();
            while (together.Count < 1_000 && _changes.Reader.TryRead(out var waiting))
            {
                together.Add(waiting);
            }

            try
            {
                await CommitAsync(together.SelectMany(waiting => waiting.Changes)).ConfigureAwait(false);
                together.ForEach(waiting => waiting.Written.SetResult());
            }
            catch (Exception failure)
            {
                together.ForEach(waiting => waiting.Written.SetException(failure));
            }
        }
    }

    private async Task CommitAsync(IEnumerable<SubscriptionChange> changes)
    {
        if (_connection.State != System.Data.ConnectionState.Open)
        {
            // A server's connection can be lost; the next change opens it again.
            await _connection.CloseAsync().ConfigureAwait(false);
            await _connection.OpenAsync().ConfigureAwait(false);
        }

        var transaction = await _connection.BeginTransactionAsync().ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        foreach (var change in changes)
        {
            await ExecuteAsync(transaction, change).ConfigureAwait(false);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
    }

    private async Task ExecuteAsync(DbTransaction transaction, SubscriptionChange change)
    {
        var (sql, values) = change switch
        {
            SubscriptionChange.Save(var s) => (
                "INSERT INTO subscription (name, owner, company, type, deal, party, acknowledged, epoch) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7) "
                + "ON CONFLICT (name) DO UPDATE SET acknowledged = @p6, epoch = @p7",
                (object?[])[s.Name, s.Owner, s.Company, s.Type, s.Deal, s.Party, s.Acknowledged, s.Epoch]),
            SubscriptionChange.Delete(var name) => ("DELETE FROM subscription_parked WHERE subscription = @p0; DELETE FROM subscription WHERE name = @p0", [name]),
            SubscriptionChange.Park(var e) => (
                "INSERT INTO subscription_parked (subscription, event_offset, reason, parked_ticks, attempts, wanted) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) "
                + "ON CONFLICT (subscription, event_offset) DO UPDATE SET reason = @p2, parked_ticks = @p3, attempts = @p4, wanted = @p5",
                [e.Subscription, e.Offset, e.Reason, e.ParkedTicks, (long)e.Attempts, e.IsWanted ? 1L : 0L]),
            SubscriptionChange.Unpark(var name, var offset) => ("DELETE FROM subscription_parked WHERE subscription = @p0 AND event_offset = @p1", [name, offset]),
            _ => throw new InvalidOperationException($"unknown change {change}"),
        };
        var command = _connection.CreateCommand();
        await using var _ = command.ConfigureAwait(false);
        (command.CommandText, command.Transaction) = (sql, transaction);
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i] ?? DBNull.Value);
            if (values[i] is null)
            {
                parameter.DbType = System.Data.DbType.String;
            }

            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        var command = _connection.CreateCommand();
        await using var _ = command.ConfigureAwait(false);
        command.CommandText = sql;
        var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var __ = rows.ConfigureAwait(false);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            list.Add(read(rows));
        }

        return list;
    }

    private sealed record Waiting(IReadOnlyList<SubscriptionChange> Changes, TaskCompletionSource Written);
}
