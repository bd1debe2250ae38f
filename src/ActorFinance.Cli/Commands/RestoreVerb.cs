using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Journal;

namespace ActorFinance.Cli.Commands;

internal static class RestoreVerb
{
    /// <summary>What SQLite keeps beside a journal; of the journal that is replaced, and of no other.</summary>
    private static readonly string[] Beside = ["-wal", "-shm"];

    public static Command Create(Terminal terminal)
    {
        var journal = CommonOptions.Journal();
        var source = new Argument<string>("BACKUP") { Description = "A copy that 'actorfinance backup' made." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the journal that is there. What it has beyond the backup is lost: subscribers that have seen it are told (410)." };
        var command = new Command("restore", "Put a backup in a journal's place, once it is verified. Nobody may be writing the journal.\n\nExample: actorfinance restore book-2026-11-25.db --journal book.db --overwrite")
        {
            source, journal, overwrite,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (from, target) = (parsed.GetValue(source)!, parsed.GetValue(journal)!);
            if (target.Contains("://", StringComparison.Ordinal) || from.Contains("://", StringComparison.Ordinal))
            {
                throw new CliFailure(ExitCode.Usage, "restore puts a file in a file's place; a database is restored by its own tools");
            }

            if (File.Exists(target) && !parsed.GetValue(overwrite))
            {
                throw new CliFailure(ExitCode.Refused, $"{target} is there: --overwrite replaces it, and loses what it has beyond the backup (look first: 'actorfinance status --journal {target}')");
            }

            // A copy of the copy takes the journal's place, so that the backup stays a backup.
            var incoming = target + ".incoming";
            File.Delete(incoming);
            if (JournalStore.Of(from).CopyTo(incoming) is { } error)
            {
                throw new CliFailure(ExitCode.InputOutput, error.Message);
            }

            try
            {
                var report = await BackupVerb.VerifyAsync(terminal, incoming, cancellation).ConfigureAwait(false);
                if (!report.IsSound)
                {
                    throw new CliFailure(ExitCode.Refused, $"{from} has faults ('actorfinance verify --journal {from}' lists them); {target} is as it was. Take an earlier backup.");
                }

                Replace(incoming, target);
                terminal.Line($"{target}: {Figures.Count(report.Rows, "event")} of {Figures.Count(report.Companies, "chain")} from {from}, verified. Seal: {report.Seal}");
                return ExitCode.Done;
            }
            finally
            {
                foreach (var rest in Beside.Prepend(""))
                {
                    File.Delete(incoming + rest);
                }
            }
        });
        return command;
    }

    /// <summary>Whoever writes the journal holds it: then it is refused, as a second writer is.</summary>
    private static void Replace(string incoming, string target)
    {
        if (File.Exists(target))
        {
            if (!JournalStore.Of(target).Hold().Succeeded(out var held, out var error))
            {
                throw new CliFailure(ExitCode.InputOutput, error.Message);
            }

            // Let go, the file is whole by itself, and what is beside it says nothing more.
            held.Dispose();
            foreach (var rest in Beside)
            {
                File.Delete(target + rest);
            }
        }

        File.Move(incoming, target, overwrite: true);
    }
}
