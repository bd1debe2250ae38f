using System.Globalization;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>The balance of every company on a day, the whole process, against ledger (and hledger) on the same book as a text file.</summary>
internal static class CashQuestion
{
    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report)
    {
        var book = new FlowBook(options.Quick ? 100 : 1_000, options.Quick ? 10_000 : 100_000);
        var journal = folder.FreshJournal();
        (await Actorfinance.Plain.RunAsync("import", book.WriteCsv(folder.File("cash.csv")), "--journal", journal)).MustSucceed();
        var text = book.WriteLedger(folder.File("cash.ledger"));
        var asOf = FlowBook.Cut.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // Ours includes the day, theirs ends before it.
        var end = FlowBook.Cut.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        report.Fact("companies", book.Companies);
        report.Fact("flows", book.Flows);
        report.Fact("ledger", Machine.Ask("ledger", "--version"));
        report.Fact("hledger", Machine.Ask("hledger", "--version"));

        string[] ask = ["cash", "--journal", journal, "--as-of", asOf];
        string[] askLedger = ["ledger", "-f", text, "bal", "--end", end];
        string[] askHledger = ["hledger", "-f", text, "bal", "--end", end];
        var programs = Actorfinance.All(options).ToList();
        var ours = programs.ToDictionary(program => program, _ => new List<double>());
        var (ledger, hledger) = (new List<double>(), new List<double>());
        await CheckAsync([.. ask, "--output", "csv"], [.. askLedger, "--flat", "--no-total", "--format", "%(account) %(quantity(scrub(display_total)))\n"]);
        report.Fact("checked", "every balance equals ledger's");
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var program in programs)
            {
                var run = (await program.RunAsync(ask)).MustSucceed();
                if (round > 0)
                {
                    ours[program].Add(run.Seconds);
                }
            }

            var peer = (await ProgramRun.RunAsync(askLedger)).MustSucceed();
            var other = round <= 2 ? (await ProgramRun.RunAsync(askHledger)).MustSucceed() : null;
            if (round > 0)
            {
                ledger.Add(peer.Seconds);
                hledger.AddRange(other is null ? [] : [other.Seconds]);
            }
        }

        report.Samples("ledger", "s", ledger);
        report.Samples("hledger", "s", hledger);
        foreach (var program in programs)
        {
            report.Samples($"cash --as-of, {program.Name}", "s", ours[program]);
            report.Compare($"ledger's time over ours, {program.Name}", ledger, ours[program], "> 1");
        }
    }

    private static async Task CheckAsync(string[] ask, string[] askLedger)
    {
        var ours = (await Actorfinance.Plain.RunAsync(ask)).MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).ToDictionary(row => row[0], row => Number(row[2]), StringComparer.Ordinal);
        var theirs = (await ProgramRun.RunAsync(askLedger)).MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).ToDictionary(row => row[0], row => Number(row[1]), StringComparer.Ordinal);
        var different = ours.Where(balance => theirs.GetValueOrDefault(balance.Key) != balance.Value).ToList();
        if (different.Count > 0 || ours.Count < theirs.Count)
        {
            throw new InvalidOperationException($"{different.Count} balances differ, for instance {different.FirstOrDefault()}");
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
