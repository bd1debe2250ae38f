using Akka.Actor.Setup;
using Akka.Configuration;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// A journal held for writing: the file is a journal of this schema, its settings are the safe ones, and no other
/// writer has it. Dispose it after the actor system has stopped.
/// </summary>
public sealed class SqliteJournalFile : IHeldJournal
{
    /// <summary>FULL: a confirmed event is on the disk before the reply, also after a power cut.</summary>
    private const long SynchronousFull = 2;

    private readonly SqliteWriterLock _lock;
    private readonly SqliteConnection _keeper;
    private readonly SqliteProbe _probe;

    private SqliteJournalFile(string path, SqliteWriterLock writerLock, SqliteConnection keeper) =>
        (Path, _lock, _keeper, _probe) = (path, writerLock, keeper, new(path, keeper));

    /// <summary>The journal's full path, symbolic links at its end resolved.</summary>
    public string Path { get; }

    /// <summary>For the persistence plugin, which opens connections of its own.</summary>
    public string ConnectionString => _keeper.ConnectionString;

    public Task<JournalOpenError> Lost { get; } = new TaskCompletionSource<JournalOpenError>().Task;

    public JournalOpenError? Probe(long value) => _probe.Probe(value);

    public ActorSystemSetup Setup(Config? over = null, string? folder = null) => JournalConfiguration.SetupForSqlite(this, over, folder);

    /// <summary>Opens a journal for writing. A missing or empty file becomes one, unless <paramref name="create"/> says no.</summary>
    public static JournalOpening<SqliteJournalFile> Open(string path, bool create = true)
    {
        path = JournalPath.Resolve(path);
        if (FindFault(path, create) is { } fault)
            return fault;
        if (!SqliteWriterLock.Acquire(path).Succeeded(out var writerLock, out var refusal))
            return refusal;

        var isNew = !File.Exists(path);
        var connection = new SqliteConnection(ConnectionStringOf(path));
        var error = Prepare(path, connection);
        if (error is null)
            return new SqliteJournalFile(path, writerLock, connection);

        connection.Dispose();
        SqliteConnection.ClearPool(connection);
        if (isNew)
            DeleteUnfinished(path);
        writerLock.Dispose();
        return error;
    }

    /// <summary>Closes the pooled connections, which moves the log into the file, and lets the next writer in.</summary>
    public void Dispose()
    {
        _probe.Dispose();
        _keeper.Dispose();
        SqliteConnection.ClearPool(_keeper);
        _lock.Dispose();
    }

    /// <summary>Looks before anything is written, so that a file that is no journal gets neither a lock file beside it nor a changed byte.</summary>
    private static JournalOpenError? FindFault(string path, bool create)
    {
        if (SqliteReadConnection.Open(path).Succeeded(out var existing, out var error))
        {
            using (existing)
                return existing.IsEmpty && !create ? SqliteErrors.NotAJournal(path, "it is empty") : null;
        }

        if (error.Kind != JournalOpenErrorKind.NotFound || !create)
            return error;

        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (File.Exists(folder))
            return SqliteErrors.NoAccess(path, $"'{folder}' is a file, not a folder");
        return Directory.Exists(folder) ? null : SqliteErrors.NoFolder(path, folder);
    }

    /// <summary>Under the lock: creates the tables where there are none and asserts the settings that every append relies on.</summary>
    private static JournalOpenError? Prepare(string path, SqliteConnection connection)
    {
        try
        {
            using (var creating = new SqliteConnection(CreatingConnectionStringOf(path)))
            {
                creating.Open();
                if (SqliteIdentity.Check(creating.Handle!, path, out var isEmpty) is { } error)
                    return error;
                if (isEmpty && SqliteSchema.Create(creating.Handle!) is not SQLitePCL.raw.SQLITE_OK)
                    return SqliteErrors.From(creating.Handle!, path);
            }

            connection.Open();
            return AssertSettings(path, connection);
        }
        catch (SqliteException failure)
        {
            return SqliteErrors.From(path, failure.SqliteExtendedErrorCode, failure.Message);
        }
    }

    /// <summary>
    /// The plugin sets no PRAGMA, so its connections have what the file and SQLite's build give them; this connection
    /// comes out of the same pool and shows it.
    /// </summary>
    private static JournalOpenError? AssertSettings(string path, SqliteConnection connection)
    {
        // Again at every start: any SQLite tool can have switched a journal back.
        if (Ask(connection, "PRAGMA journal_mode = WAL") is not "wal")
            return SqliteErrors.NoAccess(path, "its file system does not support SQLite's write-ahead log; a local disk does");
        if (Ask(connection, "PRAGMA synchronous") is not SynchronousFull)
            return SqliteErrors.NoAccess(path, "this build of SQLite does not write synchronously by default, so a confirmed event could be lost");
        return null;
    }

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>
    /// ReadWrite without Create: a journal that was deleted under a running service must not come back empty. No shared
    /// cache: its table locks would make readers and the writer wait for each other.
    /// </summary>
    private static string ConnectionStringOf(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = true,
        // Seconds for which a command waits for another connection's transaction, the snapshot store's for instance.
        DefaultTimeout = 30,
    }.ToString();

    private static string CreatingConnectionStringOf(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
    }.ToString();

    /// <summary>A journal that could not be created (a full disk) leaves nothing behind. The lock is still held.</summary>
    private static void DeleteUnfinished(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + "-journal" })
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
