namespace ActorFinance.Journal.Sqlite;

internal static class JournalPath
{
    /// <summary>
    /// The full path, through a symbolic link at its end: two names of one journal must lead to one lock, and to the
    /// one log that SQLite keeps beside the file itself.
    /// </summary>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            // Not there, or not reachable: opening it will say so in full.
            return full;
        }
    }
}
