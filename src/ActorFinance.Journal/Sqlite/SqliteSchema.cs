using SQLitePCL;

namespace ActorFinance.Journal.Sqlite;

/// <summary>The tables of a journal in SQLite, created by our own script: the plugin's auto-initialize stays off.</summary>
public static class SqliteSchema
{
    /// <summary><c>PRAGMA application_id</c> of a journal: "AFJL" in ASCII, big-endian. <c>file(1)</c> shows it too.</summary>
    public const int ApplicationId = 0x41464A4C;

    /// <summary><c>PRAGMA user_version</c> of the journals that this program writes.</summary>
    public const int Version = 1;

    /// <summary>The DDL of <see cref="Version"/>, without the PRAGMAs that mark the file.</summary>
    public static string Script { get; } = ReadScript();

    /// <summary>
    /// Creates the tables in an empty database. The script and the two marks are one transaction: a process killed
    /// in the middle leaves a database that is still empty, and the next start creates it.
    /// </summary>
    /// <returns>The SQLite result code; <c>SQLITE_OK</c> when the tables stand.</returns>
    internal static int Create(sqlite3 connection)
    {
        // The mode is a property of the file and cannot change within a transaction, so it goes first.
        var result = Execute(connection, "PRAGMA journal_mode = WAL");
        if (result != raw.SQLITE_OK)
            return result;

        // user_version and application_id live in the database header and roll back with it.
        result = Execute(
            connection,
            $"""
             BEGIN IMMEDIATE;
             {Script}
             PRAGMA user_version = {Version};
             PRAGMA application_id = {ApplicationId};
             COMMIT;
             """);
        if (result != raw.SQLITE_OK)
        {
            if (raw.sqlite3_get_autocommit(connection) == 0)
                Execute(connection, "ROLLBACK");
            return result;
        }

        // Moves the schema from the log into the file itself: a copy of the file alone is then a journal, too.
        return Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static int Execute(sqlite3 connection, string sql)
    {
        var result = raw.sqlite3_exec(connection, sql);
        return result == raw.SQLITE_OK ? result : raw.sqlite3_extended_errcode(connection);
    }

    private static string ReadScript()
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream("ActorFinance.Journal.Sqlite.schema-1.sql")
            ?? throw new InvalidOperationException("The script schema-1.sql is not embedded in ActorFinance.Journal.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
