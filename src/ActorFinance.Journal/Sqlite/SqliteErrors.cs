using SQLitePCL;

namespace ActorFinance.Journal.Sqlite;

/// <summary>Says in a journal's words what SQLite says in result codes.</summary>
internal static class SqliteErrors
{
    /// <summary>Extended result codes that SQLitePCL does not name (sqlite3.h).</summary>
    private const int IoErrorShortRead = raw.SQLITE_IOERR | (2 << 8);

    private const int IoErrorShmSize = raw.SQLITE_IOERR | (19 << 8);

    public static JournalOpenError From(sqlite3 connection, string path) =>
        From(path, raw.sqlite3_extended_errcode(connection), raw.sqlite3_errmsg(connection).utf8_to_string());

    /// <param name="path">The journal.</param>
    /// <param name="code">A primary or extended result code.</param>
    /// <param name="words">SQLite's own message, shown where ours would only guess.</param>
    public static JournalOpenError From(string path, int code, string words) => code switch
    {
        IoErrorShortRead => Corrupt(path, words),
        // The index of the log is memory-mapped: the file system's refusal to grow it is not reported as "full".
        IoErrorShmSize => DiskFull(path),
        _ => (code & 0xff) switch
        {
            raw.SQLITE_NOTADB => NotAJournal(path, "it is not an SQLite database"),
            raw.SQLITE_CORRUPT => Corrupt(path, words),
            raw.SQLITE_FULL => DiskFull(path),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_CANTOPEN => NoAccess(path, words),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new JournalOpenError(
                JournalOpenErrorKind.Locked, path,
                $"The journal '{path}' is locked by another program that has it open in SQLite ({words}). Close that program and try again."),
            raw.SQLITE_CONSTRAINT => new JournalOpenError(
                JournalOpenErrorKind.Locked, path,
                $"Another program writes to the journal '{path}' beside this one ({words}). Stop it; nothing was overwritten."),
            _ => new JournalOpenError(
                JournalOpenErrorKind.InputOutput, path,
                $"The journal '{path}' cannot be read or written: {words} (SQLite code {code}). Check the disk and the file system."),
        },
    };

    public static JournalOpenError NotFound(string path) => new(
        JournalOpenErrorKind.NotFound, path,
        $"There is no journal '{path}'. Check the name; importing or serving creates one.");

    public static JournalOpenError NoFolder(string path, string folder) => new(
        JournalOpenErrorKind.NotFound, path,
        $"The journal '{path}' cannot be created: its folder '{folder}' does not exist. Create the folder first.");

    public static JournalOpenError NotAJournal(string path, string because) => new(
        JournalOpenErrorKind.NotAJournal, path,
        $"'{path}' is not a journal: {because}. Nothing was changed; name another file.");

    public static JournalOpenError NewerSchema(string path, int version) => new(
        JournalOpenErrorKind.NewerSchema, path,
        $"The journal '{path}' has schema {version}, this program knows schemas up to {SqliteSchema.Version}. Open it with a newer version of this program.");

    public static JournalOpenError NoAccess(string path, string because) => new(
        JournalOpenErrorKind.NotWritable, path,
        $"The journal '{path}' cannot be opened: {because}. Check that the file and its folder permit writing (reading needs it, too, when the write-ahead log beside the file must be recovered), or copy the journal together with its '-wal' file to a folder that does.");

    public static JournalOpenError DiskFull(string path) => new(
        JournalOpenErrorKind.DiskFull, path,
        $"The disk is full: '{path}' cannot be written. Nothing that was confirmed is lost. Free some space and try again.");

    public static JournalOpenError Corrupt(string path, string because) => new(
        JournalOpenErrorKind.Corrupt, path,
        $"The journal '{path}' is damaged or cut short: {because}. Restore it from a backup; keep the damaged file and its '-wal' file.");
}
