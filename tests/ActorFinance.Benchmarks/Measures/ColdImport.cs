using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Peer;
using ActorFinance.Benchmarks.Runs;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>Many companies, few flows each: what waking costs. Everything must be on disk and nothing may have been said on the way.</summary>
internal static class ColdImport
{
    private static readonly string[] Alarms = ["[WARNING]", "[ERROR]", "timed out", "stopped", "circuit breaker"];

    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var book = new FlowBook(options.Quick ? 1_000 : 10_000, options.Quick ? 10_000 : 100_000);
        var csv = book.WriteCsv(folder.File("cold.csv"));
        report.Fact("companies", book.Companies);
        report.Fact("flows", book.Flows);
        foreach (var program in Actorfinance.All(options))
        {
            var seconds = new List<double>();
            for (var round = 0; round < Math.Min(3, options.Rounds); round++)
            {
                var journal = folder.FreshJournal();
                var run = (await program.RunAsync("import", csv, "--journal", journal)).MustSucceed();
                var said = run.Output + run.Errors;
                if (Alarms.FirstOrDefault(alarm => said.Contains(alarm, StringComparison.OrdinalIgnoreCase)) is { } alarm)
                {
                    throw new InvalidOperationException($"the import said '{alarm}':\n{said}");
                }

                var rows = (await BareJournal.LoadAsync(journal)).Sum(company => company.Value.Count);
                if (rows != book.Flows + book.Companies)
                {
                    throw new InvalidOperationException($"{rows} events, not {book.Flows + book.Companies}");
                }

                seconds.Add(run.Seconds);
                WorkFolder.Delete(journal);
            }

            report.Samples($"cold import, {program.Name}", "s", seconds);
        }

        report.Fact("checked", "exit code 0, every event on disk, no time-out and no stopped actor reported");
    }
}
