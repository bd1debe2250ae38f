using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// One writer a journal: a session-level advisory lock, which ends with its session however that ends. Not through a pooler that hands one server session to
/// several clients.
/// </summary>
internal static class PostgreSqlWriterLock
{
    /// <summary>"AFJL" in ASCII: keeps our locks apart from those of other programs in the same database.</summary>
    private const int Class = 0x41464A4C;

    /// <summary>The server needs a moment to notice that a killed writer is gone.</summary>
    private const int PatienceMilliseconds = 2_000;

    /// <summary>Whoever is refused is told it; at most 63 bytes, or the server cuts it.</summary>
    public static string HolderName
    {
        get
        {
            var name = $"actorfinance: process {Environment.ProcessId} on {Environment.MachineName}";
            return name.Length <= 63 ? name : name[..63];
        }
    }

    /// <returns>Null when this session has the lock.</returns>
    public static JournalOpenError? Acquire(NpgsqlConnection connection, PostgreSqlAddress address)
    {
        var key = KeyOf(address.Schema);
        try
        {
            PostgreSqlSchema.Execute(connection, $"SET lock_timeout = {PatienceMilliseconds}");
            PostgreSqlSchema.Execute(connection, $"SELECT pg_advisory_lock({Class}, {key})");
            PostgreSqlSchema.Execute(connection, "RESET lock_timeout");
            return null;
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return PostgreSqlErrors.Held(address.Name, HolderOf(connection, key));
        }
    }

    private static string HolderOf(NpgsqlConnection connection, int key)
    {
        var sql =
            $"""
             SELECT coalesce(nullif(replace(a.application_name, 'actorfinance: ', ''), ''), 'session ' || l.pid)
             FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = {Class}::oid AND l.objid = {unchecked((uint)key)}::oid
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
             """;
        using var command = new NpgsqlCommand(sql, connection);
        var holder = command.ExecuteScalar() as string ?? "another session";
        return holder == HolderName.Replace("actorfinance: ", "", StringComparison.Ordinal) ? $"this process ({Environment.ProcessId})" : holder;
    }

    /// <summary>FNV-1a; two schemas of one database that share a key would only keep each other from writing at once.</summary>
    private static int KeyOf(string schema)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in schema)
            hash = unchecked((hash ^ letter) * 16_777_619u);
        return unchecked((int)hash);
    }
}
