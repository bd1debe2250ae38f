using System.Text;
using ActorFinance.Journal.Serialization;
using ActorFinance.Journal.Writing;
using SQLitePCL;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// The connection that appends, with its prepared insert; not for concurrent use. The plugin's own insert spells every payload out as hexadecimal
/// text, which SQLite then parses: half of what an append cost (decision 0023).
/// </summary>
internal sealed class SqliteWriteConnection : IJournalAppender
{
    /// <summary>For a snapshot that is being saved, or another program's transaction.</summary>
    private const int BusyTimeoutMilliseconds = 10_000;

    private const string Insert =
        "INSERT INTO journal (persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message) VALUES (?1, ?2, ?3, ?4, ?5, 0, '', ?6, ?7)";

    private readonly sqlite3 _connection;
    private readonly string _path;
    private readonly Dictionary<string, byte[]> _manifests = new(StringComparer.Ordinal);
    private readonly sqlite3_stmt _insert;

    static SqliteWriteConnection() => Batteries_V2.Init();

    /// <exception cref="JournalWriteException">The journal cannot be opened.</exception>
    public SqliteWriteConnection(string path)
    {
        _path = path;

        // Without CREATE: a journal that was deleted under a running service must not come back empty.
        var result = raw.sqlite3_open_v2(path, out _connection, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Check(result);
            raw.sqlite3_busy_timeout(_connection, BusyTimeoutMilliseconds);

            // A confirmed event is on the disk before the reply, also after a power cut.
            Execute("PRAGMA synchronous = FULL");
            Check(raw.sqlite3_prepare_v2(_connection, Insert, out _insert));
        }
        catch
        {
            raw.sqlite3_close_v2(_connection);
            throw;
        }
    }

    public void Append(IReadOnlyList<JournalWrite> writes)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var write in writes)
                Append(write);
            Execute("COMMIT");
        }
        catch
        {
            // Some failures have ended the transaction already.
            if (raw.sqlite3_get_autocommit(_connection) == 0)
                raw.sqlite3_exec(_connection, "ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        raw.sqlite3_close_v2(_connection);
    }

    private void Append(JournalWrite write)
    {
        // What a statement was bound to stays over its runs.
        raw.sqlite3_bind_text(_insert, 1, Encoding.UTF8.GetBytes(write.PersistenceId));
        raw.sqlite3_bind_int(_insert, 4, StoredEventSerializer.SerializerId);
        raw.sqlite3_bind_int64(_insert, 5, write.CreatedTicks);
        raw.sqlite3_bind_text(_insert, 6, Encoding.UTF8.GetBytes(write.WriterId));
        foreach (var (sequenceNumber, stored) in write.Rows)
        {
            raw.sqlite3_bind_int64(_insert, 2, sequenceNumber);
            raw.sqlite3_bind_text(_insert, 3, Utf8(stored.Manifest));
            raw.sqlite3_bind_blob(_insert, 7, stored.Payload);
            var result = raw.sqlite3_step(_insert);

            // The message belongs to the step, and a reset may fail with it once more.
            var failure = result == raw.SQLITE_DONE ? null : Failure();
            raw.sqlite3_reset(_insert);
            if (failure is not null)
                throw failure;
        }
    }

    private byte[] Utf8(string manifest)
    {
        if (!_manifests.TryGetValue(manifest, out var bytes))
            _manifests.Add(manifest, bytes = Encoding.UTF8.GetBytes(manifest));
        return bytes;
    }

    private void Execute(string sql) => Check(raw.sqlite3_exec(_connection, sql));

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure();
    }

    private JournalWriteException Failure() => new(SqliteErrors.From(_connection, _path));
}
