using Akka.Configuration;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// The two questions that every waking actor asks, answered in microseconds: the plugin's own queries take about a millisecond of processor time, and
/// an actor that is new, or has no snapshot, needs no more than these (decision 0024). Safe to call from any thread.
/// </summary>
internal sealed class SqliteWakingQueries(Config plugin) : IDisposable
{
    private readonly string _path = new SqliteConnectionStringBuilder(plugin.GetString("connection-string")).DataSource;
    private readonly Lock _gate = new();
    private SqliteReadConnection? _connection;

    /// <exception cref="JournalReadException">The journal cannot be read.</exception>
    public long HighestSequenceNumber(string persistenceId)
    {
        lock (_gate)
            return Connection().HighestSequenceNumber(persistenceId);
    }

    /// <exception cref="JournalReadException">The journal cannot be read.</exception>
    public bool HasSnapshot(string persistenceId)
    {
        lock (_gate)
            return Connection().HasSnapshot(persistenceId);
    }

    public void Dispose()
    {
        lock (_gate)
            _connection?.Dispose();
    }

    private SqliteReadConnection Connection() => _connection ??=
        SqliteReadConnection.Open(_path).Succeeded(out var opened, out var error) ? opened : throw new JournalReadException(error);
}
