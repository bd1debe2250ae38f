using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Snapshot;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>The plugin's snapshot store, which need not be asked for what is not there (decision 0024). Named in <c>journal.postgresql.conf</c>.</summary>
public sealed class PostgreSqlSnapshotStore(Config configuration) : SqlSnapshotStore(configuration)
{
    private readonly PostgreSqlHeldJournal _held = PostgreSqlHeldSetup.Of(Context.System);

    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        await _held.HasSnapshotAsync(persistenceId, cancellationToken).ConfigureAwait(false)
            ? await base.LoadAsync(persistenceId, criteria, cancellationToken).ConfigureAwait(false)
            : null;
}
