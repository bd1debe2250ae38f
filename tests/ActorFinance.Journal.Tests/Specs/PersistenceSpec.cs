using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace ActorFinance.Journal.Tests.Specs;

/// <summary>The plugin with our configuration, tables, serializer and appending, under real actors, whatever the store.</summary>
public abstract class PersistenceSpec : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly ITestStore _store;

    protected PersistenceSpec(ITestStore store) => _store = store;

    /// <summary>Every column that does not tell who wrote and when, and its only row.</summary>
    protected abstract (string Sql, string Row) RowForm { get; }

    /// <summary>SQL for the payload in hexadecimal.</summary>
    protected abstract string Hex { get; }

    protected abstract string IsolationLevel { get; }

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Events_and_snapshots_come_back_after_a_restart_of_the_actor_system()
    {
        await WithSystem(async system =>
        {
            var company = system.ActorOf(Ledger.Props("nvidia"));
            (await company.Ask<long>(new Ledger.Append(100), s_patience)).ShouldBe(100);
            (await company.Ask<long>(new Ledger.Append(1), s_patience)).ShouldBe(101);
        });

        await WithSystem(async system =>
        {
            var recovered = await system.ActorOf(Ledger.Props("nvidia")).Ask<Ledger.Recovered>(new Ledger.Tell(), s_patience);
            recovered.ShouldBe(new Ledger.Recovered(FromSnapshot: 0, Events: 101, LastPayload: 101));
            var company = system.ActorOf(Ledger.Props("openai"));
            await company.Ask<long>(new Ledger.Append(10), s_patience);
            (await company.Ask<long>(new Ledger.Snapshot(), s_patience)).ShouldBe(10);
            await company.Ask<long>(new Ledger.Append(2), s_patience);
        });

        await WithSystem(async system =>
        {
            var recovered = await system.ActorOf(Ledger.Props("openai")).Ask<Ledger.Recovered>(new Ledger.Tell(), s_patience);
            recovered.ShouldBe(new Ledger.Recovered(FromSnapshot: 10, Events: 2, LastPayload: 12));
        });

        _store.Column("SELECT DISTINCT identifier || ' ' || manifest || ' [' || tags || ']' FROM journal").ShouldBe(["7301 milestone-reached:1 []"]);
        _store.Column("SELECT serializer_id || ' ' || manifest || ' ' || sequence_number FROM snapshot").ShouldBe(["7301 company-snapshot:1 10"]);
    }

    [Fact]
    public async Task A_snapshot_that_does_not_decode_costs_a_longer_recovery_and_nothing_else()
    {
        await WithSystem(async system =>
        {
            var company = system.ActorOf(Ledger.Props("openai"));
            await company.Ask<long>(new Ledger.Append(10), s_patience);
            await company.Ask<long>(new Ledger.Snapshot(), s_patience);
        });
        _store.Execute("UPDATE snapshot SET serializer_id = 999999");

        await WithSystem(async system =>
        {
            var recovered = await system.ActorOf(Ledger.Props("openai")).Ask<Ledger.Recovered>(new Ledger.Tell(), s_patience);
            recovered.ShouldBe(new Ledger.Recovered(FromSnapshot: 0, Events: 10, LastPayload: 10));
        });
    }

    [Fact]
    public async Task Companies_that_write_at_once_keep_their_order_and_share_one_dense_order_of_offsets()
    {
        await WithSystem(async system =>
        {
            var companies = new[] { "nvidia", "openai", "oracle" }.Select(id => system.ActorOf(Ledger.Props(id))).ToArray();
            await Task.WhenAll(companies.SelectMany(company => Enumerable.Range(0, 50).Select(_ => company.Ask<long>(new Ledger.Append(7), s_patience))));

            // Beside the running writer.
            await using var reader = _store.OpenReader();
            var rows = await TestStores.Read(reader.ReadAsync());

            rows.Select(row => int.Parse(row.Split(' ')[0])).ShouldBe(Enumerable.Range(1, 1_050));
            foreach (var company in rows.GroupBy(row => row.Split(' ', '/')[1]))
                company.Select(row => int.Parse(row.Split(' ', '/')[2])).ShouldBe(Enumerable.Range(1, 350));
        });
    }

    [Fact]
    public async Task The_events_of_one_persist_all_stand_together_and_wholly()
    {
        await WithSystem(async system =>
        {
            var company = system.ActorOf(Ledger.Props("nvidia"));
            // More than a batch of the plugin: it still goes in one transaction.
            (await company.Ask<long>(new Ledger.Append(2_000), s_patience)).ShouldBe(2_000);
        });

        _store.Column("SELECT count(*) || ' ' || max(ordering) || ' ' || max(sequence_number) FROM journal").ShouldBe(["2000 2000 2000"]);
    }

    [Fact]
    public async Task The_plugins_own_journal_goes_on_from_ours_and_ours_from_its_own()
    {
        const string PluginsOwn = "akka.persistence.journal.sql.class = \"Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql\"";
        foreach (var (over, expected) in new[] { ("", 3), (PluginsOwn, 6), ("", 9) })
        {
            await WithSystem(
                async system => (await system.ActorOf(Ledger.Props("nvidia")).Ask<long>(new Ledger.Append(3), s_patience)).ShouldBe(expected),
                over);
        }

        // Every column that does not tell who wrote and when is the same, type included.
        _store.Column(RowForm.Sql).ShouldBe([RowForm.Row]);
        _store.Column($"SELECT sequence_number || ' ' || upper({Hex}) FROM journal ORDER BY ordering")
            .ShouldBe(Enumerable.Range(1, 9).Select(n => $"{n} {Convert.ToHexString(BitConverter.GetBytes((long)n))}"));
    }

    [Fact]
    public async Task A_second_writer_that_got_around_the_lock_is_stopped_by_the_unique_index()
    {
        await WithSystem(async system =>
        {
            var company = system.ActorOf(Ledger.Props("nvidia"));
            await company.Ask<long>(new Ledger.Append(3), s_patience);
            _store.Execute(
                """
                INSERT INTO journal (persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message)
                SELECT persistence_id, 4, manifest, identifier, created, deleted, tags, 'another', message FROM journal WHERE ordering = 3
                """);

            // The actor stops instead of answering, and only what the other wrote is there.
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            system.ActorOf(Props.Create(() => new DeathWatch(company, stopped)));
            company.Tell(new Ledger.Append(1));
            await stopped.Task.WaitAsync(s_patience);
        });

        _store.Column("SELECT count(*) FROM journal").ShouldBe(["4"]);
    }

    [Fact]
    public async Task The_plugin_runs_with_the_settings_of_the_configuration_files()
    {
        await WithSystem(system =>
        {
            var journal = system.Settings.Config.GetConfig("akka.persistence.journal.sql");
            journal.GetBoolean("auto-initialize").ShouldBeFalse();
            journal.GetString("tag-write-mode").ShouldBe("Csv");
            journal.GetString("read-isolation-level").ShouldBe(IsolationLevel);
            journal.GetString("replay-filter.mode").ShouldBe("fail");
            journal.GetString("circuit-breaker.call-timeout").ShouldBe("60s");
            return Task.CompletedTask;
        });
    }

    protected async Task WithSystem(Func<ActorSystem, Task> action, string over = "")
    {
        using var journal = JournalStore.Of(_store.Journal).Hold().ShouldOpen();
        var system = ActorSystem.Create("journal", journal.Setup(ConfigurationFactory.ParseString(over)));
        try
        {
            await action(system);
        }
        finally
        {
            await system.Terminate();
        }
    }

    private sealed class DeathWatch : UntypedActor
    {
        private readonly TaskCompletionSource _stopped;

        public DeathWatch(IActorRef watched, TaskCompletionSource stopped)
        {
            _stopped = stopped;
            Context.Watch(watched);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated)
                _stopped.SetResult();
        }
    }

    /// <summary>Counts its own events; each payload is the count so far.</summary>
    protected sealed class Ledger : UntypedPersistentActor
    {
        private long _count;
        private long _fromSnapshot;
        private int _recoveredEvents;
        private IActorRef _asker = ActorRefs.Nobody;

        public Ledger(string id) => PersistenceId = $"company-{id}";

        public override string PersistenceId { get; }

        public static Props Props(string id) => Akka.Actor.Props.Create(() => new Ledger(id));

        protected override void OnRecover(object message)
        {
            switch (message)
            {
                case SnapshotOffer { Snapshot: StoredSnapshot snapshot }:
                    _count = _fromSnapshot = BitConverter.ToInt64(snapshot.Payload);
                    break;
                case StoredEvent stored:
                    _count = BitConverter.ToInt64(stored.Payload);
                    _recoveredEvents++;
                    break;
            }
        }

        protected override void OnCommand(object message)
        {
            var sender = Sender;
            switch (message)
            {
                case Append append:
                    var unwritten = append.Events;
                    PersistAll(
                        Enumerable.Range(1, append.Events).Select(n => new StoredEvent("milestone-reached:1", BitConverter.GetBytes(_count + n))),
                        stored =>
                        {
                            _count = BitConverter.ToInt64(stored.Payload);
                            if (--unwritten == 0)
                                sender.Tell(_count);
                        });
                    break;
                case Snapshot:
                    _asker = sender;
                    SaveSnapshot(new StoredSnapshot(BitConverter.GetBytes(_count)));
                    break;
                case SaveSnapshotSuccess saved:
                    _asker.Tell(saved.Metadata.SequenceNr);
                    break;
                case Tell:
                    sender.Tell(new Recovered(_fromSnapshot, _recoveredEvents, _count));
                    break;
            }
        }

        public sealed record Append(int Events);

        public sealed record Snapshot;

        public sealed record Tell;

        public sealed record Recovered(long FromSnapshot, int Events, long LastPayload);
    }
}
