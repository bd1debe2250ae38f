using System.Data.Common;
using LinqToDB.Interceptors;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// Prepares each connection that the persistence plugin opens. SQLite's asynchronous calls run synchronously, so the
/// plugin's write stage would finish one write before it looks at the next, and never gather those that wait into one
/// transaction: a sync to the disk for every event. Giving the thread back once, before the connection opens, is enough
/// (decision 0020).
/// </summary>
internal sealed class SqlitePluginConnections : ConnectionInterceptor
{
    /// <summary>
    /// FULL is this build's default, which the start asserts; said again for the connections that hold the money.
    /// Without a busy timeout of SQLite's own, a write that meets a snapshot being saved sleeps for 150 ms.
    /// </summary>
    private const string Settings = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000";

    public override async Task ConnectionOpeningAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken) =>
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) => Prepare(connection);

    public override Task ConnectionOpenedAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        Prepare(connection);
        return Task.CompletedTask;
    }

    private static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }
}
