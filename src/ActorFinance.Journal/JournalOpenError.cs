namespace ActorFinance.Journal;

/// <summary>Why a journal cannot be opened, or read on.</summary>
public enum JournalOpenErrorKind
{
    /// <summary>There is no such file, its folder does not exist, or the database has no tables of a journal.</summary>
    NotFound,

    /// <summary>The server does not answer, does not let this user in, or has no such database.</summary>
    Unreachable,

    /// <summary>A folder, not SQLite, a database or tables of another program, or an address that says nothing.</summary>
    NotAJournal,

    /// <summary>A journal whose schema is newer than this program.</summary>
    NewerSchema,

    /// <summary>Another writer holds the journal, in this process or another.</summary>
    Locked,

    /// <summary>The file, its folder or its file system takes no writes (or, for a reader, denies access).</summary>
    NotWritable,

    DiskFull,

    /// <summary>What was asked is done to files, and a server keeps this journal.</summary>
    NotAFile,

    /// <summary>Truncated or damaged.</summary>
    Corrupt,

    /// <summary>The machine failed in another way; the message carries the store's words.</summary>
    InputOutput,
}

/// <param name="Kind">What kind of fault, for exit codes and health checks.</param>
/// <param name="Path">The journal's full path, or its address without a password.</param>
/// <param name="Message">One or two sentences that name the journal, the fault, and what to do.</param>
public sealed record JournalOpenError(JournalOpenErrorKind Kind, string Path, string Message)
{
    public override string ToString() => Message;
}

/// <summary>
/// The journal broke while it was being read: a damaged page can show only when the scan reaches it. Everything that
/// can be seen at the start comes as a value instead.
/// </summary>
public sealed class JournalReadException(JournalOpenError error, Exception? inner = null) : IOException(error.Message, inner)
{
    public JournalOpenError Error { get; } = error;
}

/// <summary>Events could not be appended: none of those that were to be written together is in the journal.</summary>
public sealed class JournalWriteException(JournalOpenError error) : IOException(error.Message)
{
    public JournalOpenError Error { get; } = error;
}
