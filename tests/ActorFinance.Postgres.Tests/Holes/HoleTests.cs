using System.Globalization;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Tests.Specs;
using ActorFinance.Postgres.Tests.Running;
using Npgsql;

namespace ActorFinance.Postgres.Tests.Holes;

/// <summary>What is read beside transactions that have taken offsets and not yet ended (decision 0121).</summary>
public sealed class HoleTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly PostgreSqlTestStore _store = new();
    private int _numbers;

    public HoleTests() => _store.Create();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_reading_stops_below_a_hole_that_can_fill_and_goes_on_when_it_has()
    {
        await using var reader = _store.OpenReader();
        await using var slow = Writer.Begin(_store);
        Insert(slow);
        Committed(3);

        (await Offsets(reader.ReadAsync())).ShouldBeEmpty();
        slow.Commit();
        (await Offsets(reader.ReadAsync())).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_hole_that_was_rolled_back_is_passed()
    {
        await using var reader = _store.OpenReader();
        Committed(1);
        await using (var failed = Writer.Begin(_store))
            Insert(failed);
        Committed(2);

        (await Offsets(reader.ReadAsync())).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public async Task An_old_hole_is_passed_beside_a_busy_writer_and_a_fresh_one_is_not()
    {
        await using (var failed = Writer.Begin(_store))
            Insert(failed);
        Committed(2);
        await using var slow = Writer.Begin(_store);
        Insert(slow);
        Committed(2);

        // 1 is dead, 4 is under way; a reader that has seen nothing yet cannot tell them apart, and one that has read before can.
        await using var fresh = _store.OpenReader();
        (await Offsets(fresh.ReadAsync())).ShouldBeEmpty();
        slow.Commit();
        (await Offsets(fresh.ReadAsync())).ShouldBe([2, 3, 4, 5, 6]);
        await using var next = Writer.Begin(_store);
        Insert(next);
        Committed(1);
        (await Offsets(fresh.ReadAsync())).ShouldBe([2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task An_offset_above_a_hole_that_can_fill_waits_for_it_and_one_below_does_not()
    {
        await using var reader = _store.OpenReader();
        Committed(2);
        await using var slow = Writer.Begin(_store);
        Insert(slow);
        Committed(2);

        (await Offsets(reader.ReadAsync(upTo: 2))).ShouldBe([1, 2]);
        var above = Offsets(reader.ReadAsync(upTo: 4));
        using (var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100)))
            await Should.ThrowAsync<OperationCanceledException>(async () => await Offsets(reader.ReadAsync(upTo: 4, cancellation: soon.Token)));
        above.IsCompleted.ShouldBeFalse();
        slow.Commit();
        (await above.WaitAsync(s_patience)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task An_offset_that_was_taken_by_hand_and_not_yet_used_holds_the_reading_too()
    {
        // Without a row, and without a page of the log to write (one in 32 does), its transaction has no number, so that no snapshot tells of it.
        await using var reader = _store.OpenReader();
        Committed(1);
        await using var slow = Writer.Begin(_store);
        var offset = (long)slow.Ask("SELECT nextval(pg_get_serial_sequence('journal', 'ordering'))")!;
        Committed(2);

        slow.Ask("SELECT txid_current_if_assigned()").ShouldBe(DBNull.Value);
        (await Offsets(reader.ReadAsync())).ShouldBe([1]);
        Insert(slow, $"OVERRIDING SYSTEM VALUE SELECT {offset}, * FROM", "ordering, ");
        slow.Commit();
        (await Offsets(reader.ReadAsync())).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_prepared_transaction_holds_the_reading_until_it_is_decided()
    {
        await using var reader = _store.OpenReader();
        await using (var prepared = Writer.Begin(_store))
        {
            Insert(prepared);
            prepared.Ask($"PREPARE TRANSACTION '{_store.Schema}'");
        }

        Committed(2);
        (await Offsets(reader.ReadAsync())).ShouldBeEmpty();
        _store.Execute($"COMMIT PREPARED '{_store.Schema}'");
        (await Offsets(reader.ReadAsync())).ShouldBe([1, 2, 3]);
    }

    /// <summary>
    /// Real sessions take offsets, keep their transactions open for a while, commit late or roll back, at random; meanwhile one reader follows from where it
    /// was. What it has read at the end is what is there, each row once, in order; and at every moment it was never further behind than the oldest
    /// transaction that was open.
    /// </summary>
    [Fact]
    public async Task A_reader_that_follows_misses_nothing_and_repeats_nothing()
    {
        const int Writers = 6;
        var rounds = (int)Effort.Samples(60);
        var seed = Environment.TickCount;
        var read = new List<long>();
        await using var reader = _store.OpenReader();
        using var written = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            for (var last = false; ; )
            {
                last = written.IsCancellationRequested;
                await foreach (var batch in reader.ReadAsync(read.Count == 0 ? 0 : read[^1]))
                {
                    using (batch)
                        read.AddRange(batch.Select(row => row.Ordering));
                }

                if (last)
                    return;
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => WriteAtRandomAsync(new Random(seed + n), rounds))));
        await written.CancelAsync();
        await following.WaitAsync(s_patience);

        var stored = _store.Column("SELECT ordering FROM journal ORDER BY ordering").Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        read.ShouldBe(stored, $"seed {seed}");
        stored[^1].ShouldBeGreaterThan(stored.Count, "no transaction was rolled back: the test has shown nothing");
    }

    private async Task WriteAtRandomAsync(Random random, int rounds)
    {
        await using var connection = _store.Connect();
        for (var round = 0; round < rounds; round++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (var rows = random.Next(1, 4); rows > 0; rows--)
            {
                PostgreSqlTestStore.Execute(connection, RowSql("SELECT * FROM", "", NextNumber()));
                for (var held = random.Next(0, 4); held > 0; held--)
                    PostgreSqlTestStore.Execute(connection, $"SELECT pg_sleep({random.Next(0, 8) / 1000.0})");
            }

            if (random.Next(4) == 0)
                await transaction.RollbackAsync();
            else
                await transaction.CommitAsync();
        }
    }

    private void Committed(int rows)
    {
        for (var row = 0; row < rows; row++)
            _store.Execute(RowSql("SELECT * FROM", "", NextNumber()));
    }

    private void Insert(Writer writer, string select = "SELECT * FROM", string column = "") => writer.Ask(RowSql(select, column, NextNumber()));

    private int NextNumber() => Interlocked.Increment(ref _numbers);

    private static string RowSql(string select, string column, int number) =>
        $"""
         INSERT INTO journal ({column}persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message)
         {select} (VALUES ('company-c', {number}::bigint, 'milestone-reached:1', 7301, 1::bigint, false, '', '0', '\x00'::bytea)) AS row
         """;

    private static async Task<List<long>> Offsets(IAsyncEnumerable<RawJournalBatch> batches)
    {
        var offsets = new List<long>();
        await foreach (var batch in batches)
        {
            using (batch)
                offsets.AddRange(batch.Select(row => row.Ordering));
        }

        return offsets;
    }

    /// <summary>A session with a transaction open; ended without a commit it rolls back.</summary>
    private sealed class Writer(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static Writer Begin(PostgreSqlTestStore store)
        {
            var connection = store.Connect();
            return new(connection, connection.BeginTransaction());
        }

        public object? Ask(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection);
            return command.ExecuteScalar();
        }

        public void Commit() => transaction.Commit();

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
