using ActorFinance.Journal.Reading;
using SQLitePCL;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// One read-only connection with its prepared statements; not for concurrent use. It speaks SQLite's C interface,
/// because the ADO.NET reader on top of it takes about twice as long for each row.
/// </summary>
/// <remarks>
/// A journal file is only ever opened by SQLite, never as a stream: closing any other handle on it would silently drop
/// the locks that SQLite holds on the file in this process (POSIX advisory locks belong to the process, not the handle).
/// </remarks>
internal sealed class SqliteReadConnection : IDisposable
{
    private const string Unnamed = "ordering, manifest, message";
    private const string Columns = $"{Unnamed}, persistence_id, sequence_number";

    /// <summary>A reader waits only while the log is recovered or the last writer closes, both short.</summary>
    private const int BusyTimeoutMilliseconds = 10_000;

    private readonly sqlite3 _connection;
    private readonly string _path;
    private sqlite3_stmt? _scan;
    private sqlite3_stmt? _unnamed;
    private sqlite3_stmt? _company;
    private sqlite3_stmt? _last;
    private sqlite3_stmt? _count;
    private sqlite3_stmt? _highest;
    private sqlite3_stmt? _snapshots;

    static SqliteReadConnection() => Batteries_V2.Init();

    private SqliteReadConnection(sqlite3 connection, string path, bool isEmpty) =>
        (_connection, _path, IsEmpty) = (connection, path, isEmpty);

    /// <summary>The file is a database without any table: not yet a journal, but one can be created in it.</summary>
    public bool IsEmpty { get; }

    /// <summary>Opens the file and tells a journal from everything else. Leaves a file that is none as it was.</summary>
    public static JournalOpening<SqliteReadConnection> Open(string path)
    {
        if (Directory.Exists(path))
            return SqliteErrors.NotAJournal(path, "it is a folder");
        if (!File.Exists(path))
            return SqliteErrors.NotFound(path);

        var opening = Open(path, path, raw.SQLITE_OPEN_READONLY);
        if (opening.Succeeded(out _, out var error) || error.Kind != JournalOpenErrorKind.NotWritable || HasLog(path))
            return opening;

        // The folder takes no new files, so SQLite cannot make the shared index of the log. Without a log there is no
        // writer either, and the file can be read as one that does not change.
        var immutable = $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        return Open(path, immutable, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
    }

    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static JournalOpening<SqliteReadConnection> Open(string path, string name, int flags)
    {
        // NOMUTEX: each connection is used by one thread at a time, so SQLite need not lock on every call.
        var result = raw.sqlite3_open_v2(name, out var connection, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var error = result == raw.SQLITE_OK ? null : SqliteErrors.From(connection, path);
        var isEmpty = false;
        if (error is null)
        {
            raw.sqlite3_busy_timeout(connection, BusyTimeoutMilliseconds);
            error = SqliteIdentity.Check(connection, path, out isEmpty);
        }

        if (error is null)
            return new SqliteReadConnection(connection, path, isEmpty);

        raw.sqlite3_close_v2(connection);
        return error;
    }

    public void ReadRange(long after, long upTo, InternedNames names, RawJournalBatch batch)
    {
        _scan ??= Prepare($"SELECT {Columns} FROM journal WHERE ordering > ?1 AND ordering <= ?2 ORDER BY ordering LIMIT ?3");
        raw.sqlite3_bind_int64(_scan, 1, after);
        raw.sqlite3_bind_int64(_scan, 2, upTo);
        raw.sqlite3_bind_int64(_scan, 3, batch.RowsMax);
        Fill(_scan, names, batch);
    }

    /// <summary>The same without whose rows they are.</summary>
    public void ReadUnnamed(long after, long upTo, InternedNames names, RawJournalBatch batch)
    {
        _unnamed ??= Prepare($"SELECT {Unnamed} FROM journal WHERE ordering > ?1 AND ordering <= ?2 ORDER BY ordering LIMIT ?3");
        raw.sqlite3_bind_int64(_unnamed, 1, after);
        raw.sqlite3_bind_int64(_unnamed, 2, upTo);
        raw.sqlite3_bind_int64(_unnamed, 3, batch.RowsMax);
        Fill(_unnamed, names, batch, named: false);
    }

    public void ReadCompany(string persistenceId, long fromSequence, InternedNames names, RawJournalBatch batch)
    {
        _company ??= Prepare(
            $"SELECT {Columns} FROM journal WHERE persistence_id = ?1 AND sequence_number >= ?2 ORDER BY sequence_number LIMIT ?3");
        raw.sqlite3_bind_text(_company, 1, persistenceId);
        raw.sqlite3_bind_int64(_company, 2, fromSequence);
        raw.sqlite3_bind_int64(_company, 3, batch.RowsMax);
        Fill(_company, names, batch);
    }

    public long LastOffset() => Scalar(_last ??= Prepare("SELECT coalesce(max(ordering), 0) FROM journal"));

    public long RowCount() => Scalar(_count ??= Prepare("SELECT count(*) FROM journal"));

    /// <summary>The last sequence number of one persistent actor; 0 when it has written nothing.</summary>
    public long HighestSequenceNumber(string persistenceId) =>
        Scalar(_highest ??= Prepare("SELECT coalesce(max(sequence_number), 0) FROM journal WHERE persistence_id = ?1"), persistenceId);

    public bool HasSnapshot(string persistenceId) =>
        Scalar(_snapshots ??= Prepare("SELECT EXISTS (SELECT 1 FROM snapshot WHERE persistence_id = ?1)"), persistenceId) != 0;

    /// <summary>Makes the running statement fail; the only member that another thread may call.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_connection);

    public void Dispose()
    {
        _scan?.Dispose();
        _unnamed?.Dispose();
        _company?.Dispose();
        _last?.Dispose();
        _count?.Dispose();
        _highest?.Dispose();
        _snapshots?.Dispose();
        raw.sqlite3_close_v2(_connection);
    }

    private void Fill(sqlite3_stmt statement, InternedNames names, RawJournalBatch batch, bool named = true)
    {
        var row = new SqliteRow(statement);
        int result;
        while ((result = row.Step()) == raw.SQLITE_ROW)
        {
            if (!batch.TryAdd(row.Integer(0), named ? names.Get(row.Bytes(3)) : "", named ? row.Integer(4) : 0, names.Get(row.Bytes(1)), row.Bytes(2)))
                break;
        }

        // The row knows the statement by its address only.
        GC.KeepAlive(statement);
        Finish(statement, result);
    }

    private long Scalar(sqlite3_stmt statement, string persistenceId)
    {
        raw.sqlite3_bind_text(statement, 1, persistenceId);
        return Scalar(statement);
    }

    private long Scalar(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        var value = result == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
        Finish(statement, result);
        return value;
    }

    /// <summary>Ends the statement's transaction; throws what the last step reported.</summary>
    private void Finish(sqlite3_stmt statement, int result)
    {
        var failure = result is raw.SQLITE_ROW or raw.SQLITE_DONE ? null : Failure(result);
        raw.sqlite3_reset(statement);
        if (failure is not null)
            throw failure;
    }

    private sqlite3_stmt Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v2(_connection, sql, out var statement);
        return result == raw.SQLITE_OK ? statement : throw Failure(result);
    }

    private Exception Failure(int result) => result == raw.SQLITE_INTERRUPT
        ? new OperationCanceledException()
        : new JournalReadException(SqliteErrors.From(_connection, _path));
}
