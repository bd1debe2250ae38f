using ActorFinance.Journal.Sqlite;

namespace ActorFinance.Journal;

/// <summary>Chooses the store by what a user wrote.</summary>
public static class JournalStore
{
    /// <param name="journal">A file's path.</param>
    public static IJournalStore Of(string journal) => new SqliteStore(journal);
}
