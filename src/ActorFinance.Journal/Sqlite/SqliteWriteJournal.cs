using System.Collections.Immutable;
using ActorFinance.Journal.Writing;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// The plugin's journal, except that it appends through <see cref="JournalWriter"/> and looks up a last number by itself: the same tables and columns, so that the plugin reads what
/// is written here, and the other way round (decision 0023). Named in <c>journal.sqlite.conf</c>.
/// </summary>
public sealed class SqliteWriteJournal : SqlWriteJournal
{
    private readonly string _writerId = Guid.NewGuid().ToString("N");
    private readonly string _path;
    private readonly int _rowsTogether;
    private readonly int _rowsWaitingMax;
    private readonly SqliteWakingQueries _queries;
    private JournalWriter? _writer;

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
        _writer = new(_path, () => new SqliteWriteConnection(_path), _rowsTogether, _rowsWaitingMax);
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

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages as IReadOnlyList<AtomicWrite> ?? [.. messages];
        await _writer!.AppendAsync(JournalWrite.Of(writes, _writerId)).ConfigureAwait(false);
        return JournalWrite.Written(writes.Count);
    }
}
