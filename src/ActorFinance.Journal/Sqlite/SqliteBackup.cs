using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// A copy of a journal as it stands at one moment, beside a running writer: SQLite's own backup, in one step and so in one read transaction, which the
/// write-ahead log never makes a writer wait for. What is kept beside the journal and cannot be made anew comes along (decision 0180). A copy is written beside
/// its place and moved there when it is whole and on the disk, the journal's last: where that is, all of it is.
/// </summary>
public static class SqliteBackup
{
    public const string Branches = ".branches.db";
    public const string Subscriptions = ".subscriptions.db";

    /// <summary>What SQLite keeps beside a file; it says nothing about another file in its place.</summary>
    private static readonly string[] s_log = ["-wal", "-shm"];

    /// <summary>
    /// The endings of a journal's files that a copy holds, in the order in which they are copied: what names offsets before the journal, which only grows, so that no
    /// acknowledged offset and no branch of the copy lies beyond the copy's end.
    /// </summary>
    public static IReadOnlyList<string> Endings { get; } = [Branches, Subscriptions, ""];

    /// <summary>Where one of a journal's files is, if it is there.</summary>
    public static string FileOf(string journal, string ending) => (ending == Branches ? Path.GetFullPath(journal) : JournalPath.Resolve(journal)) + ending;

    /// <returns>Null when the copy is there.</returns>
    public static JournalOpenError? Copy(string journal, string target)
    {
        var to = JournalPath.Resolve(target);
        if (Endings.Select(ending => to + ending).FirstOrDefault(Path.Exists) is { } taken)
            return new(JournalOpenErrorKind.NotWritable, to, $"'{taken}' exists already; a backup never overwrites anything. Name another file.");
        if (!SqliteReadConnection.Open(FileOf(journal, "")).Succeeded(out var journalIsOne, out var error))
            return error;

        journalIsOne.Dispose();
        var unfinished = new List<string>();
        try
        {
            foreach (var ending in Endings.Where(ending => File.Exists(FileOf(journal, ending))))
            {
                unfinished.Add(ending);
                CopyOne(FileOf(journal, ending), UnfinishedOf(to + ending));
            }

            foreach (var ending in unfinished)
                File.Move(UnfinishedOf(to + ending), to + ending);
            return null;
        }
        catch (SqliteException failure)
        {
            return SqliteErrors.From(to, failure.SqliteExtendedErrorCode, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SqliteErrors.NoAccess(to, failure.Message);
        }
        finally
        {
            foreach (var ending in unfinished)
                File.Delete(UnfinishedOf(to + ending));
        }
    }

    /// <summary>
    /// Has a copy take a journal's place, whatever is there: it may be damaged. The journal comes last, so that whoever is stopped half-way finds the old one. What the copy
    /// has not of the rest stays as it is.
    /// </summary>
    /// <returns>Null when it did; else who writes the journal or its branches: nothing was changed.</returns>
    public static JournalOpenError? PutInPlace(string copy, string target)
    {
        string[] present = [.. Endings.Where(ending => File.Exists(FileOf(copy, ending)))];
        var locks = new List<SqliteWriterLock>();
        try
        {
            foreach (var ending in present.Where(ending => ending != Subscriptions))
            {
                if (!SqliteWriterLock.Acquire(FileOf(target, ending)).Succeeded(out var held, out var error))
                    return error;
                locks.Add(held);
            }

            foreach (var ending in present)
            {
                var place = FileOf(target, ending);
                foreach (var rest in s_log)
                    File.Delete(place + rest);
                File.Move(FileOf(copy, ending), place, overwrite: true);
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SqliteErrors.NoAccess(target, failure.Message);
        }
        finally
        {
            locks.ForEach(held => held.Dispose());
        }
    }

    /// <summary>All of a copy that is there.</summary>
    public static void Delete(string copy)
    {
        foreach (var ending in Endings)
        {
            foreach (var rest in s_log.Prepend(""))
                File.Delete(FileOf(copy, ending) + rest);
        }
    }

    private static string UnfinishedOf(string file) => file + ".unfinished";

    private static void CopyOne(string from, string to)
    {
        File.Delete(to);
        using (var source = Connect(from, SqliteOpenMode.ReadOnly))
        using (var copy = Connect(to, SqliteOpenMode.ReadWriteCreate))
            source.BackupDatabase(copy);
        using var written = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
