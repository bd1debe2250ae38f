using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Journal;
using ActorFinance.Journal.Sqlite;

namespace ActorFinance.Cli.Commands;

internal static class RestoreVerb
{
    public static Command Create(Terminal terminal)
    {
        var journal = CommonOptions.Journal();
        var source = new Argument<string>("BACKUP") { Description = "A copy that 'actorfinance backup' made." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the journal that is there, with its durable subscriptions and kept branches. What they have beyond the backup is lost: subscribers that have seen it are told (410)." };
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

            if (!parsed.GetValue(overwrite) && SqliteBackup.Endings.Reverse().FirstOrDefault(ending => KeptFiles.Has(target, ending)) is { } taken)
            {
                throw new CliFailure(ExitCode.Refused, $"{target}{taken} is there: --overwrite replaces it, and loses what it has beyond the backup (look first: 'actorfinance verify --journal {target}')");
            }

            // A copy of the copy takes the journal's place, so that the backup stays a backup.
            var incoming = target + ".incoming";
            SqliteBackup.Delete(incoming);
            try
            {
                if (JournalStore.Of(from).CopyTo(incoming) is { } error)
                {
                    throw new CliFailure(ExitCode.InputOutput, error.Message);
                }

                var report = await BackupVerb.VerifyAsync(terminal, incoming, cancellation).ConfigureAwait(false);
                if (!report.IsSound)
                {
                    throw new CliFailure(ExitCode.Refused, $"{from} has faults ('actorfinance verify --journal {from}' lists them); {target} is as it was. Take an earlier backup.");
                }

                var last = report.Scope.Offset.Value;
                var kept = await KeptFiles.VerifyAsync(incoming, last, cancellation).ConfigureAwait(false);
                var hasSubscriptions = KeptFiles.Has(incoming, SqliteBackup.Subscriptions);
                if (SqliteBackup.PutInPlace(incoming, target) is { } held)
                {
                    throw new CliFailure(ExitCode.InputOutput, held.Message);
                }

                terminal.Line($"{target}: {BackupVerb.Phrase(report, kept)} from {from}, verified. Seal: {report.Seal}");
                if (!hasSubscriptions && KeptFiles.Has(target, SqliteBackup.Subscriptions))
                {
                    var back = await KeptFiles.SetBackAsync(target, last, CancellationToken.None).ConfigureAwait(false);
                    terminal.Line($"The backup has no durable subscriptions: those that are there stay, {back} of them set back to the journal's end at offset {last}.");
                }

                return ExitCode.Done;
            }
            finally
            {
                SqliteBackup.Delete(incoming);
            }
        });
        return command;
    }
}
