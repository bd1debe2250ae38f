using System.Globalization;
using ActorFinance.Journal.Writing;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// Writes a row of its own to the journal's file, as an append does (a transaction of its own, on the disk when it is committed), and reads it back by another
/// connection. Its own connection stays open: a file that was put in the journal's place must not be touched. Not for concurrent use.
/// </summary>
internal sealed class SqliteProbe(string path, SqliteConnection reader) : IDisposable
{
    private static readonly string s_write =
        $"INSERT INTO snapshot (persistence_id, sequence_number, created, manifest) VALUES ('{ProbeRow.Id}', 0, $value, '') ON CONFLICT DO UPDATE SET created = excluded.created";

    private static readonly string s_read = $"SELECT created FROM snapshot WHERE persistence_id = '{ProbeRow.Id}'";

    private SqliteConnection? _writer;

    public JournalOpenError? Probe(long value)
    {
        // Whoever has the file open writes on to one that was deleted, and all of it is lost with the process.
        if (!File.Exists(path))
            return SqliteErrors.NotFound(path);
        try
        {
            Write(value);
            using var read = Command(reader, s_read);
            return read.ExecuteScalar() is long found && found == value
                ? null
                : new(JournalOpenErrorKind.InputOutput, path, $"What is written to the journal '{path}' is not what is read from it.");
        }
        catch (SqliteException failure)
        {
            Dispose();
            return SqliteErrors.From(path, failure.SqliteExtendedErrorCode, failure.Message);
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private void Write(long value)
    {
        if (_writer is null)
        {
            _writer = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            _writer.Open();
            using var settings = Command(_writer, $"PRAGMA synchronous = FULL; PRAGMA busy_timeout = {ProbeRow.Patience.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}");
            settings.ExecuteNonQuery();
        }

        using var write = Command(_writer, s_write);
        write.Parameters.AddWithValue("$value", value);
        write.ExecuteNonQuery();
    }

    /// <summary>The provider itself tries again for so long: it would else wait half a minute.</summary>
    private static SqliteCommand Command(SqliteConnection connection, string sql) => new(sql, connection) { CommandTimeout = (int)ProbeRow.Patience.TotalSeconds };
}
