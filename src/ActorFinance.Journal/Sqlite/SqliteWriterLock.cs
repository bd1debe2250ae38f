using System.Globalization;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// One writer a journal, across processes. The lock is the operating system's lock on an open handle of
/// <c>JOURNAL.lock</c>, so it ends with the process however that ends; the file's mere existence means nothing and it
/// stays behind, because deleting it while another process opens it would let two of them hold "the" lock.
/// <c>JOURNAL.writer</c> says who holds it: the locked file itself cannot be read.
/// </summary>
internal sealed class SqliteWriterLock : IDisposable
{
    /// <summary>Errors as the systems number them: EAGAIN on Linux, EWOULDBLOCK on macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static readonly int[] s_heldByAnother = [11, 35, unchecked((int)0x80070020)];

    /// <summary>ENOSPC and ERROR_DISK_FULL.</summary>
    private static readonly int[] s_diskFull = [28, unchecked((int)0x80070070)];

    private readonly FileStream _handle;
    private readonly string _ownerPath;

    private SqliteWriterLock(FileStream handle, string ownerPath) => (_handle, _ownerPath) = (handle, ownerPath);

    public static JournalOpening<SqliteWriterLock> Acquire(string journalPath)
    {
        var lockPath = journalPath + ".lock";
        var ownerPath = journalPath + ".writer";
        FileStream handle;
        try
        {
            handle = OpenExclusively(lockPath);
        }
        catch (IOException failure) when (s_heldByAnother.Contains(failure.HResult))
        {
            return Held(journalPath, ownerPath);
        }
        catch (IOException failure) when (s_diskFull.Contains(failure.HResult))
        {
            return SqliteErrors.DiskFull(journalPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SqliteErrors.NoAccess(journalPath, $"its lock file '{lockPath}' cannot be created ({failure.Message})");
        }

        if (!IsEnforced(lockPath))
        {
            handle.Dispose();
            return SqliteErrors.NoAccess(
                journalPath,
                $"the file system does not enforce locks on '{lockPath}' (or DOTNET_SYSTEM_IO_DISABLEFILELOCKING is set), so a second writer could not be refused");
        }

        WriteOwner(ownerPath);
        return new SqliteWriterLock(handle, ownerPath);
    }

    public void Dispose()
    {
        // Before the handle: afterwards the file may already be another writer's.
        TryFile(() => File.Delete(_ownerPath));
        _handle.Dispose();
    }

    private static FileStream OpenExclusively(string lockPath) =>
        new(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

    /// <summary>.NET skips a lock that the file system does not support without saying so; only trying shows it.</summary>
    private static bool IsEnforced(string lockPath)
    {
        try
        {
            OpenExclusively(lockPath).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void WriteOwner(string ownerPath) =>
        // Only a help to whoever is refused: the lock holds without it.
        TryFile(() => File.WriteAllText(ownerPath, $"{Environment.ProcessId}\n{Environment.MachineName}\n"));

    private static JournalOpenError Held(string journalPath, string ownerPath)
    {
        var owner = "another process";
        TryFile(() =>
        {
            var lines = File.ReadAllLines(ownerPath);
            if (lines.Length >= 2 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                owner = pid == Environment.ProcessId && lines[1] == Environment.MachineName
                    ? $"this process ({pid})"
                    : $"process {pid} on {lines[1]}";
        });
        return new JournalOpenError(
            JournalOpenErrorKind.Locked, journalPath,
            $"The journal '{journalPath}' is already open for writing by {owner}. A journal has one writer: stop that one first. Reading is possible meanwhile.");
    }

    private static void TryFile(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
