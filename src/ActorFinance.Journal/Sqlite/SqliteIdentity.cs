using SQLitePCL;

namespace ActorFinance.Journal.Sqlite;

/// <summary>Tells a journal from an empty database, another program's database and a damaged one.</summary>
internal static class SqliteIdentity
{
    /// <summary>Everything that the plugin and the reader name; a statement that prepares proves that the columns stand.</summary>
    private static readonly string[] s_probes =
    [
        "SELECT ordering, persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message FROM journal",
        "SELECT persistence_id, sequence_number, created, manifest, serializer_id, snapshot FROM snapshot",
    ];

    public static JournalOpenError? Check(sqlite3 connection, string path, out bool isEmpty)
    {
        isEmpty = false;
        if (!TryRead(connection, "PRAGMA application_id", out var applicationId)
            || !TryRead(connection, "PRAGMA user_version", out var version)
            || !TryRead(connection, "SELECT count(*) FROM sqlite_master", out var objects))
            return SqliteErrors.From(connection, path);

        if (applicationId == 0 && version == 0 && objects == 0)
        {
            isEmpty = true;
            return null;
        }

        if (applicationId != SqliteSchema.ApplicationId)
            return SqliteErrors.NotAJournal(path, $"it is an SQLite database of another program (application id {applicationId})");
        if (version > SqliteSchema.Version)
            return SqliteErrors.NewerSchema(path, (int)version);
        if (version < 1)
            return SqliteErrors.Corrupt(path, $"its schema version is {version}");

        foreach (var probe in s_probes)
        {
            var result = raw.sqlite3_prepare_v2(connection, probe, out var statement);
            var words = raw.sqlite3_errmsg(connection).utf8_to_string();
            statement?.Dispose();
            if (result != raw.SQLITE_OK)
                return SqliteErrors.Corrupt(path, words);
        }

        return null;
    }

    /// <summary>On failure the connection holds the error: SQLite keeps it when the statement is finalized.</summary>
    private static bool TryRead(sqlite3 connection, string sql, out long value)
    {
        value = 0;
        if (raw.sqlite3_prepare_v2(connection, sql, out var statement) != raw.SQLITE_OK)
            return false;

        using (statement)
        {
            if (raw.sqlite3_step(statement) != raw.SQLITE_ROW)
                return false;

            value = raw.sqlite3_column_int64(statement, 0);
            return true;
        }
    }
}
