using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// A copy of a journal as it stands at one moment, beside a running writer: SQLite's own backup, in one step and so in one read transaction, which the
/// write-ahead log never makes a writer wait for. The copy is written beside its place and moved there when it is whole and on the disk.
/// </summary>
public static class SqliteBackup
{
    /// <returns>Null when the copy is there.</returns>
    public static JournalOpenError? Copy(string journal, string target)
    {
        var (from, to) = (JournalPath.Resolve(journal), JournalPath.Resolve(target));
        if (File.Exists(to) || Directory.Exists(to))
            return new(JournalOpenErrorKind.NotWritable, to, $"'{to}' exists already; a backup never overwrites anything. Name another file.");
        if (!SqliteReadConnection.Open(from).Succeeded(out var journalIsOne, out var error))
            return error;

        journalIsOne.Dispose();
        var unfinished = to + ".unfinished";
        try
        {
            File.Delete(unfinished);
            using (var source = Connect(from, SqliteOpenMode.ReadOnly))
            using (var copy = Connect(unfinished, SqliteOpenMode.ReadWriteCreate))
                source.BackupDatabase(copy);
            using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(unfinished, to);
            return null;
        }
        catch (SqliteException failure)
        {
            File.Delete(unfinished);
            return SqliteErrors.From(to, failure.SqliteExtendedErrorCode, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SqliteErrors.NoAccess(to, failure.Message);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
