// Mirrors the book into a SQLite file of its own, each event exactly once: the offset is stored in the same transaction as the data, so whatever breaks, whenever, the two
// never differ. Started again it goes on behind the last offset that it stored.
//
//     dotnet run --project samples/BookMirror -- http://127.0.0.1:5230 mirror.db
//
// Then ask it: sqlite3 mirror.db "select company, count(*) from event group by company"
using ActorFinance.Client;
using Microsoft.Data.Sqlite;

if (args is not [var url, var file])
{
    Console.Error.WriteLine("usage: BookMirror URL FILE, such as http://127.0.0.1:5230 mirror.db");
    return 2;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

using var mirror = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString);
mirror.Open();
Run(
    null,
    """
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS event (event_offset INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, company TEXT NOT NULL, effective TEXT NOT NULL, fields TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS reached (one INTEGER PRIMARY KEY CHECK (one = 1), event_offset INTEGER NOT NULL);
    INSERT INTO reached VALUES (1, 0) ON CONFLICT DO NOTHING;
    """);
var reached = (long)Run(null, "SELECT event_offset FROM reached")!;
Console.WriteLine($"from offset {reached}");

using var client = new ActorFinanceClient(new ActorFinanceClientOptions { Url = new Uri(url) });
try
{
    // A plain subscription: the offset is kept here, not in the service.
    await foreach (var step in client.Subscriptions.SubscribeAsync(StreamStart.After(reached), heartbeats: true, cancellation: stopping.Token).ConfigureAwait(false))
    {
        using var transaction = mirror.BeginTransaction();
        if (step.Event is { } one)
        {
            Run(
                transaction,
                "INSERT INTO event VALUES ($offset, $id, $type, $company, $effective, $fields)",
                ("$offset", one.Offset),
                ("$id", one.EventId),
                ("$type", one.Type),
                ("$company", one.Company),
                ("$effective", one.Effective.ToString("O")),
                ("$fields", one.Fields.GetRawText()));
        }

        Run(transaction, "UPDATE reached SET event_offset = $offset", ("$offset", step.Offset));
        await transaction.CommitAsync(stopping.Token).ConfigureAwait(false);
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    // Ctrl+C.
}
catch (TooLateException shorter)
{
    Console.Error.WriteLine($"{shorter.Message}: the service was restored from a backup. Delete '{file}' to mirror it anew.");
    return 1;
}
catch (ActorFinanceException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

return 0;

object? Run(SqliteTransaction? transaction, string sql, params (string Name, object Value)[] values)
{
    using var command = mirror.CreateCommand();
    (command.CommandText, command.Transaction) = (sql, transaction);
    foreach (var (name, value) in values)
    {
        command.Parameters.AddWithValue(name, value);
    }

    return command.ExecuteScalar();
}
