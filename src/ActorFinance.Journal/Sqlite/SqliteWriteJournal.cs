using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// The plugin's journal, except that it appends through <see cref="SqliteJournalWriter"/> and looks up a last number by itself: the same tables and columns, so that the plugin reads what
/// is written here, and the other way round (decision 0023). Named in <c>journal.sqlite.conf</c>.
/// </summary>
public sealed class SqliteWriteJournal : SqlWriteJournal
{
    private static readonly ImmutableArray<Exception> OneWritten = [null!];

    /// <summary>As the plugin has it: of this journal's run, not of each actor. The replay filter tells by it whose an event is.</summary>
    private readonly string _writerId = Guid.NewGuid().ToString("N");
    private readonly string _path;
    private readonly int _rowsTogether;
    private readonly int _rowsWaitingMax;
    private readonly SqliteWakingQueries _queries;
    private SqliteJournalWriter? _writer;

    public SqliteWriteJournal(Config configuration)
        : base(configuration)
    {
        _path = new SqliteConnectionStringBuilder(configuration.GetString("connection-string")).DataSource;
        _queries = new(configuration);
        _rowsTogether = configuration.GetInt("batch-size");
        _rowsWaitingMax = configuration.GetInt("buffer-size");
    }

    protected override void PreStart()
    {
        _writer = new(_path, _rowsTogether, _rowsWaitingMax);
        base.PreStart();
    }

    protected override void PostStop()
    {
        base.PostStop();
        _writer?.Dispose();
        _queries.Dispose();
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // Whether it fails is its own actor's business.
        await _writer!.UnderWay(persistenceId).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _queries.HighestSequenceNumber(persistenceId);
    }

    /// <summary>All of one call in one transaction. It fails wholly or not at all.</summary>
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages as IReadOnlyList<AtomicWrite> ?? [.. messages];
        if (writes is [var only])
        {
            await _writer!.AppendAsync(WriteOf((IImmutableList<IPersistentRepresentation>)only.Payload)).ConfigureAwait(false);
            return OneWritten;
        }

        await _writer!.AppendAsync(WriteOf([.. writes.SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload)])).ConfigureAwait(false);
        return ImmutableArray.CreateRange(Enumerable.Repeat<Exception>(null!, writes.Count));
    }

    private JournalWrite WriteOf(IReadOnlyList<IPersistentRepresentation> events)
    {
        var rows = new JournalRow[events.Count];
        var next = 0;
        foreach (var persistent in events)
        {
            rows[next++] = new(
                persistent.SequenceNr,
                persistent.Payload as StoredEvent ?? throw new ArgumentException($"the journal keeps {nameof(StoredEvent)}, not {persistent.Payload.GetType()}", nameof(events)));
        }

        return new(events[0].PersistenceId, _writerId, DateTime.UtcNow.Ticks, rows);
    }
}
