using ActorFinance.Journal.Writing;
using Akka.Actor.Setup;
using Akka.Configuration;
using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// A journal held for writing: its tables are of this schema, the server's settings are safe ones, and no other writer has it. One session both holds the
/// lock and writes, so that nothing can be written without it: whatever ends the session ends the lock and its transaction together (decision 0120).
/// </summary>
internal sealed class PostgreSqlHeldJournal : IHeldJournal
{
    /// <summary>Often enough to hear of a lost session before someone waits for it, and to keep firewalls from forgetting it.</summary>
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(5);

    /// <summary>By the server, not by the client: a client that gives up would end the session.</summary>
    private static readonly string s_probePatience = $"SET LOCAL lock_timeout = '{ProbeRow.Patience.TotalMilliseconds:0}ms'";

    private static readonly string s_probeWrite =
        $"INSERT INTO snapshot (persistence_id, sequence_number, created, manifest) VALUES ('{ProbeRow.Id}', 0, $1, '') ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET created = $1";

    private static readonly string s_probeRead = $"SELECT created FROM snapshot WHERE persistence_id = '{ProbeRow.Id}'";

    private const string LastOffset = "SELECT coalesce(max(ordering), 0) FROM journal";

    private readonly PostgreSqlAddress _address;
    private readonly NpgsqlConnection _connection;
    private readonly Lock _gate = new();
    private readonly CopyInput _rows = new();
    private readonly TaskCompletionSource<JournalOpenError> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _probe;

    /// <summary>The last offset when it was last looked, and how many rows were appended here since.</summary>
    private long _top;
    private long _appended;

    private PostgreSqlHeldJournal(PostgreSqlAddress address, NpgsqlConnection connection)
    {
        (_address, _connection) = (address, connection);
        _top = PostgreSqlSchema.Ask<long>(connection, LastOffset);
        Source = NpgsqlDataSource.Create(address.Connection());
        _probe = new(_ => Probe(), null, ProbeEvery, ProbeEvery);
    }

    public Task<JournalOpenError> Lost => _lost.Task;

    /// <summary>Connections for everything but appending.</summary>
    public NpgsqlDataSource Source { get; }

    public string Name => _address.Name;

    /// <summary>The server's process for the session that holds and writes.</summary>
    public int Session => _connection.ProcessID;

    public static JournalOpening<PostgreSqlHeldJournal> Open(PostgreSqlAddress address)
    {
        // Not pooled: the session ends when it is closed, and the lock with it.
        var settings = address.Connection();
        settings.Pooling = false;
        settings.ApplicationName = PostgreSqlWriterLock.HolderName;
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            connection.Open();
            if (FindFault(connection, address) is not { } fault)
                return new PostgreSqlHeldJournal(address, connection);

            connection.Dispose();
            return fault;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            connection.Dispose();
            return PostgreSqlErrors.From(address.Name, failure);
        }
    }

    public ActorSystemSetup Setup(Config? over = null, string? folder = null) => JournalConfiguration.SetupForPostgreSql(this, over, folder);

    /// <summary>All of them in one transaction, or none.</summary>
    /// <exception cref="JournalWriteException">Nothing was written, or the session was lost before it could say.</exception>
    public void Append(IReadOnlyList<JournalWrite> writes)
    {
        lock (_gate)
        {
            if (_lost.Task.IsCompletedSuccessfully)
                throw new JournalWriteException(_lost.Task.GetAwaiter().GetResult());
            try
            {
                _rows.Fill(writes);
                using (var copy = _connection.BeginRawBinaryCopy(CopyInput.Statement))
                    copy.Write(_rows.Bytes);
                _appended += writes.Sum(write => write.Rows.Length);
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                throw new JournalWriteException(Judge(failure));
            }
        }
    }

    /// <summary>Written in the session that appends; whatever holds that up holds up the appends too.</summary>
    public JournalOpenError? Probe(long value)
    {
        if (_lost.Task.IsCompletedSuccessfully)
            return _lost.Task.GetAwaiter().GetResult();
        if (!_gate.TryEnter(ProbeRow.Patience))
            return PostgreSqlErrors.Waiting(Name, ProbeRow.Patience);
        try
        {
            using var transaction = _connection.BeginTransaction();
            PostgreSqlSchema.Execute(_connection, s_probePatience);
            using (var write = new NpgsqlCommand(s_probeWrite, _connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = value } } })
                write.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
        {
            return Judge(failure);
        }
        finally
        {
            _gate.Exit();
        }

        try
        {
            using var read = Source.CreateCommand(s_probeRead);
            return read.ExecuteScalar() is long found && found == value
                ? null
                : new(JournalOpenErrorKind.InputOutput, Name, $"What is written to the journal '{Name}' is not what is read from it.");
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            return PostgreSqlErrors.From(Name, failure);
        }
    }

    /// <summary>The last sequence number of one persistent actor; 0 when it has written nothing. What every waking actor asks (decision 0024).</summary>
    /// <exception cref="NpgsqlException">The server does not answer.</exception>
    public Task<long> HighestSequenceNumberAsync(string persistenceId, CancellationToken cancellation) =>
        AskAsync<long>("SELECT coalesce(max(sequence_number), 0) FROM journal WHERE persistence_id = $1", persistenceId, cancellation);

    /// <summary>What every waking actor asks first (decision 0024).</summary>
    /// <exception cref="NpgsqlException">The server does not answer.</exception>
    public Task<bool> HasSnapshotAsync(string persistenceId, CancellationToken cancellation) =>
        AskAsync<bool>("SELECT EXISTS (SELECT 1 FROM snapshot WHERE persistence_id = $1)", persistenceId, cancellation);

    public void Dispose()
    {
        _probe.Dispose();
        lock (_gate)
            _connection.Dispose();
        Source.Dispose();
    }

    private async Task<T> AskAsync<T>(string sql, string persistenceId, CancellationToken cancellation)
    {
        var command = Source.CreateCommand(sql);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = persistenceId });
        return (T)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private static JournalOpenError? FindFault(NpgsqlConnection connection, PostgreSqlAddress address)
    {
        if (PostgreSqlSchema.Ask<bool>(connection, "SELECT pg_is_in_recovery()"))
            return PostgreSqlErrors.Standby(address.Name);
        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            // A confirmed event is on the disk before the reply, also after a power cut.
            if (PostgreSqlSchema.Ask<string>(connection, $"SHOW {setting}") is "off" or "local")
                return PostgreSqlErrors.NotWritable(address.Name, $"the server runs with {setting} off, so a confirmed event could be lost", $"Set {setting} = on in postgresql.conf");
        }

        if (PostgreSqlWriterLock.Acquire(connection, address) is { } refusal)
            return refusal;
        if (PostgreSqlSchema.Check(connection, address, out var isEmpty) is { } fault)
            return fault;
        if (isEmpty)
            PostgreSqlSchema.Create(connection, address);
        return null;
    }

    private void Probe()
    {
        // Whoever writes finds out by writing.
        if (!_gate.TryEnter())
            return;
        try
        {
            if (!_lost.Task.IsCompleted)
                (_top, _appended) = (PostgreSqlSchema.Ask<long>(_connection, LastOffset), 0);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
        {
            Judge(failure);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>What the server answered leaves the session as it was; anything else has ended it.</summary>
    private JournalOpenError Judge(Exception failure)
    {
        if (failure is PostgresException answered && (_connection.State == System.Data.ConnectionState.Open || (IsFull(answered) && TryHoldAgain())))
            return PostgreSqlErrors.From(_address.Name, failure);

        var lost = PostgreSqlErrors.Lost(_address.Name, failure.Message.TrimEnd('.'));
        _lost.TrySetResult(lost);
        _connection.Close();
        return lost;
    }

    /// <summary>Class 53 of appendix A: no room on the disk or in memory. The client ends its session on such an answer, though the server does not.</summary>
    private static bool IsFull(PostgresException answered) => answered.SqlState.StartsWith("53", StringComparison.Ordinal);

    /// <summary>
    /// In a new session, if nobody has written in between: then what the companies remember is what is there. Any row counts that was not appended here since it was last looked
    /// (decision 0120).
    /// </summary>
    private bool TryHoldAgain()
    {
        try
        {
            _connection.Close();
            _connection.Open();
            return PostgreSqlWriterLock.Acquire(_connection, _address) is null
                && PostgreSqlSchema.Ask<long>(_connection, $"SELECT count(*) FROM journal WHERE ordering > {_top}") == _appended;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
