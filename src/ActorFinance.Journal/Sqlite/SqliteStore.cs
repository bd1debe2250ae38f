using ActorFinance.Journal.Reading;

namespace ActorFinance.Journal.Sqlite;

/// <summary>A journal in a file of its own.</summary>
internal sealed class SqliteStore(string path) : IJournalStore
{
    public string Name => path;

    public string CachePath => JournalPath.Resolve(path);

    public IJournalStore Beside(string what) => new SqliteStore($"{path}.{what}.db");

    public JournalOpening<IJournalReader> OpenReader() => SqliteJournalReader.Open(path).As<IJournalReader>();

    public JournalOpening<IHeldJournal> Hold() => SqliteJournalFile.Open(path).As<IHeldJournal>();
}
