using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Snapshot;

namespace ActorFinance.Journal.Sqlite;

/// <summary>The plugin's snapshot store, which need not be asked for what is not there (decision 0024). Named in <c>journal.sqlite.conf</c>.</summary>
public sealed class SqliteSnapshotStore : SqlSnapshotStore
{
    private readonly SqliteWakingQueries _queries;

    public SqliteSnapshotStore(Config configuration)
        : base(configuration) => _queries = new(configuration);

    protected override void PostStop()
    {
        base.PostStop();
        _queries.Dispose();
    }

    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        _queries.HasSnapshot(persistenceId) ? await base.LoadAsync(persistenceId, criteria, cancellationToken).ConfigureAwait(false) : null;
}
