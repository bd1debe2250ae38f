using System.Diagnostics;
using ActorFinance.Journal.Reading;
using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// How far the journal may be read without passing a hole that can still fill (decision 0121). A transaction takes its offsets before it commits, or rolls back,
/// so a row can appear below one that has been read. Whoever takes an offset holds a lock on the sequence until its transaction has ended, from before it
/// takes it until after its rows can be seen. So: if a hole lies below a row that is seen, then whoever took the hole's offset held that lock before; and if,
/// looked at afterwards, none that hold it then still do, the hole is filled by what the next look sees, or never. Safe for concurrent use.
/// </summary>
internal sealed class SettledOffsets(NpgsqlDataSource source) : IDisposable
{
    /// <summary>After so long the answer is what lies below the hole: someone keeps a transaction open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(20);

    /// <summary>Walking over more rows than this takes longer than the transactions of a busy writer.</summary>
    private const int WalkMax = 50_000;

    private const string Top = "SELECT coalesce(max(ordering), 0) FROM journal";

    /// <summary>Inserting takes this lock, and so does asking the sequence by hand; the name stands for a transaction, a prepared one too.</summary>
    private const string Takers =
        """
        SELECT virtualtransaction FROM pg_locks
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
          AND relation = pg_get_serial_sequence('journal', 'ordering')::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>The last row of the unbroken run that follows an offset, and the first row behind the hole that ends it; either may be missing.</summary>
    private const string Run =
        """
        WITH run AS (
            SELECT coalesce((
                SELECT ordering FROM (SELECT ordering, lead(ordering) OVER (ORDER BY ordering) AS following FROM journal WHERE ordering > $1) AS row
                WHERE following IS DISTINCT FROM ordering + 1 ORDER BY ordering LIMIT 1), $1) AS last
            WHERE EXISTS (SELECT 1 FROM journal WHERE ordering = $1 + 1)
            UNION ALL SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM journal WHERE ordering = $1 + 1))
        SELECT last, (SELECT min(ordering) FROM journal WHERE ordering > last) FROM run
        """;

    /// <summary>The one that has been open longest, as far as this user may see; a prepared transaction has no session.</summary>
    private const string OldestTaker =
        """
        SELECT coalesce('session ' || pid || ' of ' || usename || coalesce(', ' || nullif(application_name, ''), '') || coalesce(', ' || state, ''), 'a prepared transaction (pg_prepared_xacts)')
        FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
          AND relation = pg_get_serial_sequence('journal', 'ordering')::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        ORDER BY xact_start LIMIT 1
        """;

    private readonly SemaphoreSlim _looking = new(1, 1);

    /// <summary>Every row up to here can be seen, and every hole is dead.</summary>
    private long _settled;

    /// <summary>When they have all ended, every hole up to the offset is dead.</summary>
    private (HashSet<string> Takers, long UpTo)? _waiting;

    /// <summary>Behind which offset the last look found a hole that can fill, and when one first did.</summary>
    private volatile Held? _held;

    /// <summary>The hole that holds up reading now, if one does.</summary>
    public async Task<JournalHole?> HoleAsync(CancellationToken cancellation)
    {
        var (after, isBehindHole) = await LookAsync(cancellation).ConfigureAwait(false);
        if (!isBehindHole)
            return null;

        var command = source.CreateCommand(OldestTaker);
        await using var _ = command.ConfigureAwait(false);
        var taker = (string?)await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        return taker is not null && _held is { } held && held.After == after ? new(after, Stopwatch.GetElapsedTime(held.Since), taker) : null;
    }

    /// <summary>The greatest offset that may be read. Waits a moment for a hole to fill or die.</summary>
    public Task<long> LastAsync(CancellationToken cancellation) => SettleAsync(upTo: null, cancellation);

    /// <summary>An offset that may be read up to: the one that was asked for, or the last below it. Waits for holes below it for as long as they can fill.</summary>
    public async Task<long> ReachAsync(long upTo, CancellationToken cancellation) =>
        Interlocked.Read(ref _settled) >= upTo ? upTo : Math.Min(upTo, await SettleAsync(upTo, cancellation).ConfigureAwait(false));

    public void Dispose() => _looking.Dispose();

    private async Task<long> SettleAsync(long? upTo, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        for (var pause = TimeSpan.FromMilliseconds(1); ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            var (settled, isBehindHole) = await LookAsync(cancellation).ConfigureAwait(false);
            if (!isBehindHole || settled >= upTo || (upTo is null && waited.Elapsed >= Patience))
                return settled;
            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(long Settled, bool IsBehindHole)> LookAsync(CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (settled, isBehindHole) = await FindAsync(cancellation).ConfigureAwait(false);
            _held = !isBehindHole ? null : _held is { } held && held.After == settled ? held : new(settled, Stopwatch.GetTimestamp());
            return (settled, isBehindHole);
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<(long Settled, bool IsBehindHole)> FindAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var (top, takers) = await AskTakersAsync(connection, cancellation).ConfigureAwait(false);
        if (takers.Count == 0)
        {
            Settle(top);
            _waiting = null;
            return (_settled, false);
        }

        if (_waiting is { } waiting && !waiting.Takers.Overlaps(takers))
        {
            Settle(waiting.UpTo);
            _waiting = null;
        }

        if (_waiting is null && top - _settled > WalkMax)
        {
            _waiting = (takers, top);
            return (_settled, true);
        }

        var (last, behind) = await AskRunAsync(connection, cancellation).ConfigureAwait(false);
        Settle(last);
        if (behind is not null && (_waiting is null || _waiting.Value.UpTo <= _settled))
            _waiting = (takers, top);
        return (_settled, behind is not null);
    }

    private void Settle(long upTo) => Interlocked.Exchange(ref _settled, Math.Max(_settled, upTo));

    /// <summary>In this order: what is seen first was taken before it is asked who takes.</summary>
    private static async Task<(long Top, HashSet<string> Takers)> AskTakersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Top), new(Takers) } };
        await using var _ = batch.ConfigureAwait(false);
        var answers = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var __ = answers.ConfigureAwait(false);
        await answers.ReadAsync(cancellation).ConfigureAwait(false);
        var top = answers.GetInt64(0);
        await answers.NextResultAsync(cancellation).ConfigureAwait(false);
        var takers = new HashSet<string>(StringComparer.Ordinal);
        while (await answers.ReadAsync(cancellation).ConfigureAwait(false))
            takers.Add(answers.GetString(0));
        return (top, takers);
    }

    private async Task<(long Last, long? Behind)> AskRunAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(Run, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = _settled } } };
        await using var _ = command.ConfigureAwait(false);
        var answer = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var __ = answer.ConfigureAwait(false);
        await answer.ReadAsync(cancellation).ConfigureAwait(false);
        return (answer.GetInt64(0), await answer.IsDBNullAsync(1, cancellation).ConfigureAwait(false) ? null : answer.GetInt64(1));
    }

    private sealed record Held(long After, long Since);
}
