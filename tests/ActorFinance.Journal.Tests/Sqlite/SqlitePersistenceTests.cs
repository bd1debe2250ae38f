using System.Buffers.Binary;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Tests.Specs;
using Akka.Actor;
using LinqToDB.Data;

namespace ActorFinance.Journal.Tests.Sqlite;

public sealed class SqlitePersistenceTests : PersistenceSpec
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder;

    public SqlitePersistenceTests()
        : this(new TemporaryFolder())
    {
    }

    private SqlitePersistenceTests(TemporaryFolder folder)
        : base(new SqliteTestStore(folder)) => _folder = folder;

    protected override (string Sql, string Row) RowForm => (
        """
        SELECT DISTINCT persistence_id || ' ' || manifest || ' ' || identifier || ' ' || deleted || ' [' || tags || '] ' || length(writer_uuid) || ' ' || typeof(message)
            || ' ' || typeof(created) || ' ' || length(created) || ' ' || typeof(tags) || ' ' || typeof(manifest) FROM journal
        """,
        "company-nvidia milestone-reached:1 7301 0 [] 32 blob integer 18 text text");

    protected override string Hex => "hex(message)";

    protected override string IsolationLevel => "read-uncommitted";

    [Fact]
    public async Task Writes_that_wait_share_a_transaction()
    {
        const int Companies = 40;
        await WithSystem(async system =>
        {
            var companies = Enumerable.Range(0, Companies).Select(n => system.ActorOf(Ledger.Props($"c{n}"))).ToArray();
            await Task.WhenAll(companies.Select(company => company.Ask<Ledger.Recovered>(new Ledger.Tell(), s_patience)));
            await Task.WhenAll(companies.SelectMany(company => Enumerable.Range(0, 3).Select(_ => company.Ask<long>(new Ledger.Append(1), s_patience))));

            // Without the sharing each of the 120 events has a commit, and so a wait for the disk, of its own.
            CommitsInLog(_folder.Journal + "-wal").ShouldBeLessThan(Companies * 3 * 3 / 4);
        });
    }

    [Fact]
    public void The_plugins_connections_are_opened_with_safe_settings()
    {
        using var journal = SqliteJournalFile.Open(_folder.Journal).ShouldOpen();
        using var connection = new DataConnection(JournalConfiguration.OptionsForSqlite(journal));

        connection.Execute<long>("PRAGMA synchronous").ShouldBe(2);
        connection.Execute<string>("PRAGMA journal_mode").ShouldBe("wal");
        connection.Execute<long>("PRAGMA busy_timeout").ShouldBe(10_000);
    }

    [Fact]
    public async Task Nothing_but_the_lock_stays_beside_the_journal()
    {
        await WithSystem(async system => await system.ActorOf(Ledger.Props("nvidia")).Ask<long>(new Ledger.Append(3), s_patience));

        _folder.Names().ShouldBe(["journal.db", "journal.db.lock"]);
    }

    /// <summary>A log frame that ends a transaction carries the database's size, the others zero (sqlite.org/fileformat2.html, 4.1).</summary>
    private static int CommitsInLog(string path)
    {
        const int Header = 32, FrameHeader = 24, Page = 4_096;
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[log.Length];
        log.ReadExactly(bytes);
        var commits = 0;
        for (var frame = Header; frame + FrameHeader + Page <= bytes.Length; frame += FrameHeader + Page)
            commits += BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(frame + 4)) == 0 ? 0 : 1;
        return commits;
    }
}
