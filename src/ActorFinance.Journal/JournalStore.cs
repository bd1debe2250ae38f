using ActorFinance.Journal.PostgreSql;
using ActorFinance.Journal.Sqlite;

namespace ActorFinance.Journal;

/// <summary>Chooses the store by what a user wrote.</summary>
public static class JournalStore
{
    /// <param name="journal">A file's path, or <c>postgres://USER@HOST:PORT/DATABASE?schema=NAME</c>. What is wrong with it shows when it is opened.</param>
    public static IJournalStore Of(string journal) => PostgreSqlAddress.IsOne(journal) ? new PostgreSqlStore(journal) : new SqliteStore(journal);
}
