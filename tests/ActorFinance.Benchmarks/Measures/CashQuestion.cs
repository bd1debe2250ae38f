using System.Globalization;
using ActorFinance.Actors.Projections;
using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>
/// The balance of every company on a day, the whole process, against ledger (and hledger and bean-query, once) on the same book as a text file: read
/// from the journal's beginning, and from the checkpoint that a first question left.
/// </summary>
internal static class CashQuestion
{
    private const int Companies = 1_000;

    /// <param name="options">Rounds, and whether a tenth is enough.</param>
    /// <param name="folder">For the books.</param>
    /// <param name="report">Takes the samples.</param>
    /// <param name="flows">In the book.</param>
    /// <param name="target">How often ledger's time is to hold ours without a checkpoint, and with one.</param>
    public static async Task RunAsync(RunOptions options, WorkFolder folder, Report report, int flows, (string Without, string With) target)
    {
        var book = new FlowBook(options.Quick ? Companies / 10 : Companies, options.Quick ? flows / 10 : flows);
        var journal = book.WriteJournal(folder.FreshJournal());
        var (text, beans) = (book.WriteLedger(folder.File($"{flows}.ledger")), book.WriteBeancount(folder.File($"{flows}.beancount")));
        var asOf = FlowBook.Cut.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // Ours includes the day, theirs ends before it.
        var end = FlowBook.Cut.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        report.Fact("companies", book.Companies);
        report.Fact("flows", book.Flows);
        report.Fact("ledger", Machine.Ask("ledger", "--version"));
        report.Fact("hledger", Machine.Ask("hledger", "--version"));
        report.Fact("bean-query", Machine.Ask("bean-query", "--version"));

        string[] ask = ["cash", "--journal", journal, "--as-of", asOf];
        string[] askLedger = ["ledger", "-f", text, "bal", "--end", end];
        string[] askHledger = ["hledger", "-f", text, "bal", "--end", end];
        string[] askBeans = ["bean-query", beans, $"select account, sum(position) where date < {end} group by account"];
        string[] flat = [.. askLedger, "--flat", "--no-total", "--format", "%(account) %(quantity(scrub(display_total)))\n"];

        // The first question writes the checkpoint, the second answers from it; small books get none.
        await CheckAsync([.. ask, "--output", "csv"], flat);
        await CheckAsync([.. ask, "--output", "csv"], flat);
        await CheckAsync([.. ask, "--output", "csv", "--no-checkpoint"], flat);
        report.Fact("checked", "every balance equals ledger's, with the checkpoint and without");
        report.Fact("checkpoint, bytes an event", File.Exists(journal + CheckpointFile.Extension) ? new FileInfo(journal + CheckpointFile.Extension).Length / (double)(book.Flows + book.Companies) : 0);

        var programs = Actorfinance.All(options).ToList();
        var (without, with) = (programs.ToDictionary(program => program, _ => new List<double>()), programs.ToDictionary(program => program, _ => new List<double>()));
        var ledger = new List<double>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            var peer = (await ProgramRun.RunAsync(askLedger)).MustSucceed();
            foreach (var program in programs)
            {
                var plain = (await program.RunAsync([.. ask, "--no-checkpoint"])).MustSucceed();
                var kept = (await program.RunAsync(ask)).MustSucceed();
                if (kept.Output != plain.Output)
                {
                    throw new InvalidOperationException("the checkpoint changed the answer");
                }

                if (round > 0)
                {
                    without[program].Add(plain.Seconds);
                    with[program].Add(kept.Seconds);
                }
            }

            if (round > 0)
            {
                ledger.Add(peer.Seconds);
            }
        }

        report.Samples("ledger", "s", ledger);
        report.Samples("hledger", "s", [(await ProgramRun.RunAsync(askHledger)).MustSucceed().Seconds]);
        report.Samples("bean-query", "s", [(await ProgramRun.RunAsync(askBeans)).MustSucceed().Seconds]);
        foreach (var program in programs)
        {
            report.Samples($"cash --as-of, {program.Name}", "s", without[program]);
            report.Samples($"cash --as-of, from the checkpoint, {program.Name}", "s", with[program]);
            report.Compare($"ledger's time over ours, {program.Name}", ledger, without[program], target.Without);
            report.Compare($"ledger's time over ours from the checkpoint, {program.Name}", ledger, with[program], target.With);
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
