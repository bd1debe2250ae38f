using ActorFinance.Journal;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFinance.Benchmarks.Peer;

/// <summary>A journal of our schema under the same plugin configuration as ours, written by bare actors: through the plugin's own insert, or through ours.</summary>
internal sealed class BareJournal : IAsyncDisposable
{
    private static readonly Config PluginsOwn = ConfigurationFactory.ParseString(
        """
        akka.persistence.journal.sql.class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
        akka.persistence.snapshot-store.sql.class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
        """);

    private readonly IHeldJournal _held;
    private readonly Dictionary<string, IActorRef> _actors = new(StringComparer.Ordinal);

    public BareJournal(string journal, bool pluginsOwn = true)
    {
        _held = JournalStore.Of(journal).Hold().Succeeded(out var held, out var error) ? held : throw new InvalidOperationException(error.Message);
        System = ActorSystem.Create("bare", _held.Setup(pluginsOwn ? PluginsOwn : null));
    }

    public ActorSystem System { get; }

    public Task WriteAsync(string persistenceId, StoredEvent[] batch)
    {
        if (!_actors.TryGetValue(persistenceId, out var actor))
        {
            _actors.Add(persistenceId, actor = System.ActorOf(BareActor.Props(persistenceId), persistenceId));
        }

        return actor.Ask<StoredEvent[]>(batch, Timeout.InfiniteTimeSpan, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        _held.Dispose();
    }

    /// <summary>What a journal holds, as bytes ready to write: each company's events in their order, companies as they first appear.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, List<StoredEvent>>>> LoadAsync(string journal)
    {
        var events = new Dictionary<string, List<StoredEvent>>(StringComparer.Ordinal);
        await using var reader = JournalStore.Of(journal).OpenReader().Succeeded(out var opened, out var error) ? opened : throw new InvalidOperationException(error.Message);
        await foreach (var batch in reader.ReadAsync())
        {
            using (batch)
            {
                foreach (var row in batch)
                {
                    if (!events.TryGetValue(row.PersistenceId, out var own))
                    {
                        events.Add(row.PersistenceId, own = []);
                    }

                    own.Add(new(row.Manifest, row.Payload.ToArray()));
                }
            }
        }

        return [.. events];
    }
}
