using System.Diagnostics;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Peer;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Model;
using ActorFinance.Testing.Servers;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// The same as <see cref="Append"/> and <see cref="Replay"/> on a PostgreSQL server of our own on the same machine, with its data on the disk and its settings those of a fresh
/// installation. Processor time is this process's, without the server's.
/// </summary>
internal static class Postgres
{
    private static int s_schemas;

    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        using var server = await PostgreSqlServer.StartAsync(Path.GetTempPath());
        await Append.CompareAsync("append to PostgreSQL", [(1, 200), (10, 500), (100, 1_000)], Fresh, journal => server.Drop(SchemaOf(journal)), options, report);
        await ReplayAsync(Fresh(), options, folder, report);

        string Fresh() => server.Journal($"bench_{++s_schemas}");
    }

    private static string SchemaOf(string journal) => journal[(journal.LastIndexOf('=') + 1)..];

    private static async Task ReplayAsync(string journal, RunOptions options, WorkFolder folder, Report report)
    {
        var book = new FlowBook(options.Quick ? 100 : 1_000, options.Quick ? 10_000 : 100_000);
        (await Actorfinance.Plain.RunAsync("import", book.WriteCsv(folder.File("replay.csv")), "--journal", journal)).MustSucceed();
        var events = book.Flows + book.Companies;
        report.Fact("events read", events);

        // Both sides have their connections: a service opens the journal once.
        await using var reader = Replay.Open(journal);
        await using var bare = new BareJournal(journal);
        using var materializer = bare.System.Materializer();
        var query = bare.System.ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        var (ours, peer) = (new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var straight = await Replay.StraightAsync(reader);
            var own = events / clock.Elapsed.TotalSeconds;
            clock.Restart();
            var streamed = await Replay.StreamedAsync(query, materializer);
            var other = events / clock.Elapsed.TotalSeconds;
            if (straight.Places.Count != events || !straight.At(Cut.Everything).Equals(streamed.At(Cut.Everything)))
            {
                throw new InvalidOperationException("the two ways gave different balances");
            }

            if (round > 0)
            {
                ours.Add(own);
                peer.Add(other);
            }
        }

        report.Fact("checked", "both ways give the same balances");
        report.Samples("straight from the server", "events/s", ours);
        report.Samples("CurrentAllEvents", "events/s", peer);
        report.Compare("replay from PostgreSQL", ours, peer, ">= 5");
    }
}
