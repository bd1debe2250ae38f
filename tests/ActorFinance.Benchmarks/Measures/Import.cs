using System.Globalization;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>`actorfinance import` of a file of cash flows, the whole process, against the bare peer, the whole process less the reading of its bytes.</summary>
internal static class Import
{
    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var book = new FlowBook(options.Quick ? 100 : 1_000, options.Quick ? 10_000 : 100_000);
        var csv = book.WriteCsv(folder.File("flows.csv"));
        report.Fact("companies", book.Companies);
        report.Fact("flows", book.Flows);
        var programs = Actorfinance.All(options).ToList();
        var ours = programs.ToDictionary(program => program, _ => new List<double>());
        var (peer, peerWhole) = (new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var last = "";
            foreach (var program in programs)
            {
                last = folder.FreshJournal();
                var run = (await program.RunAsync("import", csv, "--journal", last)).MustSucceed();
                if (round > 0)
                {
                    ours[program].Add(book.Flows / run.Seconds);
                }

                if (program != programs[^1])
                {
                    WorkFolder.Delete(last);
                }
            }

            var target = folder.FreshJournal();
            var bare = (await ProgramRun.RunAsync(["dotnet", Path.Combine(AppContext.BaseDirectory, "ActorFinance.Benchmarks.dll"), "bare", last, target])).MustSucceed();
            if (round > 0)
            {
                peerWhole.Add(book.Flows / bare.Seconds);
                peer.Add(book.Flows / (bare.Seconds - double.Parse(bare.Output, CultureInfo.InvariantCulture)));
            }

            WorkFolder.Delete(last);
            WorkFolder.Delete(target);
        }

        report.Samples("bare actors", "flows/s", peer);
        report.Samples("bare actors, with the reading of their bytes", "flows/s", peerWhole);
        foreach (var program in programs)
        {
            report.Samples($"import, {program.Name}", "flows/s", ours[program]);
            report.Compare($"import, {program.Name}", ours[program], peer, ">= 0.6, and >= 10,000 flows/s");
        }
    }
}
