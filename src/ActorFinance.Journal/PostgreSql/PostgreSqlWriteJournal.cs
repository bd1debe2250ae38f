using System.Collections.Immutable;
using ActorFinance.Journal.Writing;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// The plugin's journal, except that it appends through the session that holds the journal and looks up a last number by itself: the same tables and columns, so
/// that the plugin reads what is written here, and the other way round (decisions 0023 and 0120). Named in <c>journal.postgresql.conf</c>.
/// </summary>
public sealed class PostgreSqlWriteJournal : SqlWriteJournal
{
    private readonly string _writerId = Guid.NewGuid().ToString("N");
    private readonly int _rowsTogether;
    private readonly int _rowsWaitingMax;
    private readonly PostgreSqlHeldJournal _held;
    private JournalWriter? _writer;

    public PostgreSqlWriteJournal(Config configuration)
        : base(configuration)
    {
        _held = PostgreSqlHeldSetup.Of(Context.System);
        _rowsTogether = configuration.GetInt("batch-size");
        _rowsWaitingMax = configuration.GetInt("buffer-size");
    }

    protected override void PreStart()
    {
        _writer = new(_held.Name, () => new PostgreSqlAppender(_held), _rowsTogether, _rowsWaitingMax);
        base.PreStart();
    }

    protected override void PostStop()
    {
        base.PostStop();
        _writer?.Dispose();
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // Whether it fails is its own actor's business.
        await _writer!.UnderWay(persistenceId).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await _held.HighestSequenceNumberAsync(persistenceId, cancellationToken).ConfigureAwait(false);
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages as IReadOnlyList<AtomicWrite> ?? [.. messages];
        await _writer!.AppendAsync(JournalWrite.Of(writes, _writerId)).ConfigureAwait(false);
        return JournalWrite.Written(writes.Count);
    }
}
