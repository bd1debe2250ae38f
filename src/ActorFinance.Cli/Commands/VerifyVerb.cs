using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;

namespace ActorFinance.Cli.Commands;

internal static class VerifyVerb
{
    private const int Shown = 50;
    private const int NotesOfAKind = 5;

    public static Command Create(Terminal terminal)
    {
        var (journal, output) = (CommonOptions.Journal(), CommonOptions.Output());
        var seal = new Option<bool>("--seal") { Description = "Print one digest over the heads of all chains; kept elsewhere, it shows a cut tail." };
        var command = new Command("verify", "Hold every row to its bytes, its hash chain and its company's rules, and the whole book to its invariants. Faults end with exit code 1.\n\nExample: actorfinance verify --journal book.db --seal")
        {
            journal, output, seal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await MakeAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var withSeal = parsed.GetValue(seal);
            switch (parsed.GetValue(output))
            {
                case OutputForm.Json:
                    JsonAnswer.Print(terminal, report.ToJson(withSeal));
                    break;
                case OutputForm.Csv:
                    CsvAnswer.Print(
                        terminal,
                        ["kind", "offset", "company", "sequenceNumber", "code", "message"],
                        report.Faults.Select(fault => (IEnumerable<string?>)["fault", fault.Offset.ToString(), fault.PersistenceId, fault.SequenceNumber.ToString(), fault.Code, fault.Message])
                            .Concat(report.Broken.Select(finding => (IEnumerable<string?>)["invariant", null, null, null, finding.Code, finding.Message]))
                            .Concat(report.Notes.Select(finding => (IEnumerable<string?>)["note", null, null, null, finding.Code, finding.Message])));
                    break;
                default:
                    Print(terminal, report, withSeal);
                    break;
            }

            return report.IsSound ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static void Print(Terminal terminal, VerifyReport report, bool withSeal)
    {
        foreach (var fault in report.Faults.Take(Shown))
        {
            terminal.Error(fault.ToString());
        }

        foreach (var finding in report.Broken.Take(Shown))
        {
            terminal.Error($"{finding.Code}: {finding.Message}");
        }

        terminal.Line($"{report.Rows:#,0} rows of {report.Companies:#,0} chains: {(report.Faults.Count == 0 ? "bytes, hash chains and decisions hold" : $"{report.Faults.Count:#,0} faults")}.");
        if (report.Faults.Count == 0)
        {
            terminal.Line(report.Broken.Count == 0
                ? "The book balances: every row and column of the stock-flow matrix is zero, no holding or commitment is below zero."
                : $"{report.Broken.Count:#,0} invariants are broken.");
        }

        foreach (var step in report.Pending)
        {
            terminal.Line($"pending: step {step.Header.Step} of '{step.Header.Emitter}' since {step.Header.RecordedAt} ({EventText.TypeOf(step.Event)})");
        }

        foreach (var kind in report.Notes.GroupBy(note => note.Code))
        {
            foreach (var note in kind.Take(NotesOfAKind))
            {
                terminal.Line($"note: {note.Code}: {note.Message}");
            }

            if (kind.Skip(NotesOfAKind).Count() is var more and > 0)
            {
                terminal.Line($"and {more:#,0} more of {kind.Key} (--output json lists all)");
            }
        }

        if (withSeal)
        {
            terminal.Line($"seal: {report.Seal}");
        }
    }

    private static async Task<VerifyReport> MakeAsync(Terminal terminal, string journal, CancellationToken cancellation)
    {
        var reader = BookReading.Open(journal);
        await using var _ = reader.ConfigureAwait(false);
        var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
        using var progress = new ProgressBar(terminal, "Verifying", last);
        return await VerifyReport.MakeAsync(reader, last, progress, cancellation).ConfigureAwait(false);
    }
}
