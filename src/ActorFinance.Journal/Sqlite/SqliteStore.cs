using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Subscriptions;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>A journal in a file of its own.</summary>
internal sealed class SqliteStore(string path) : IJournalStore
{
    /// <summary>FULL: what was acknowledged stays so, also after a power cut.</summary>
    private const string SubscriptionSettings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;\n";

    public string Name => path;

    public string CachePath => JournalPath.Resolve(path);

    public IJournalStore Beside(string what) => new SqliteStore($"{path}.{what}.db");

    public JournalOpening<IJournalReader> OpenReader() => SqliteJournalReader.Open(path).As<IJournalReader>();

    public JournalOpening<IHeldJournal> Hold() => SqliteJournalFile.Open(path).As<IHeldJournal>();

    public Task<SubscriptionStore> OpenSubscriptionsAsync(CancellationToken cancellation = default) => SubscriptionStore.OpenAsync(
        new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = SqliteBackup.FileOf(path, SqliteBackup.Subscriptions), Pooling = false }.ConnectionString), SubscriptionSettings, cancellation);

    public JournalOpenError? CopyTo(string file) => SqliteBackup.Copy(path, file);
}
