using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Journal;

namespace ActorFinance.Cli.Commands;

internal static class BackupVerb
{
    public static Command Create(Terminal terminal)
    {
        var journal = CommonOptions.Journal();
        var target = new Argument<string>("TARGET") { Description = "The copy; it must not exist." };
        var command = new Command("backup", "Copy a journal as it stands at one moment, beside whoever writes it, and verify the copy. Durable subscriptions and kept branches come along, in files beside it.\n\nExample: actorfinance backup book-2026-11-25.db --journal book.db")
        {
            target, journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(target)!;
            if (JournalStore.Of(parsed.GetValue(journal)!).CopyTo(file) is { } error)
            {
                throw new CliFailure(error.Kind == JournalOpenErrorKind.NotAFile ? ExitCode.Refused : ExitCode.InputOutput, error.Message);
            }

            var report = await VerifyAsync(terminal, file, cancellation).ConfigureAwait(false);
            if (!report.IsSound)
            {
                throw new CliFailure(ExitCode.Refused, $"{file} is a true copy of a journal with faults: 'actorfinance verify --journal {file}' lists them. Keep your earlier backups.");
            }

            var kept = await KeptFiles.VerifyAsync(file, report.Scope.Offset.Value, cancellation).ConfigureAwait(false);
            terminal.Line($"{file}: {Phrase(report, kept)}, verified. Seal: {report.Seal}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What a copy holds, in words.</summary>
    public static string Phrase(VerifyReport report, IReadOnlyList<string> kept) =>
        string.Join("; ", kept.Prepend($"{Figures.Count(report.Rows, "event")} of {Figures.Count(report.Companies, "chain")}"));

    public static async Task<VerifyReport> VerifyAsync(Terminal terminal, string file, CancellationToken cancellation)
    {
        var reader = BookReading.Open(file);
        await using var _ = reader.ConfigureAwait(false);
        var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
        using var progress = new ProgressBar(terminal, "Verifying", last);
        return await VerifyReport.MakeAsync(reader, last, progress, cancellation).ConfigureAwait(false);
    }
}
