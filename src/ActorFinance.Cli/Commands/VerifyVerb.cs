using System.CommandLine;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Journal.Verifying;
using ActorFinance.Model;

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
            var report = await VerifyReport.MakeAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
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
}

/// <summary>What <c>verify</c> found. Notes are facts that no company can refuse alone; they are no faults.</summary>
internal sealed record VerifyReport(
    ResolvedCut Scope, IReadOnlyList<Ungrounded> Incomplete, long Rows, int Companies, IReadOnlyList<RowFault> Faults, IReadOnlyList<Finding> Broken, IReadOnlyList<Finding> Notes, IReadOnlyList<RecordedEvent> Pending, Digest Seal)
{
    public bool IsSound => Faults.Count == 0 && Broken.Count == 0;

    public static async Task<VerifyReport> MakeAsync(Terminal terminal, string journal, CancellationToken cancellation)
    {
        var reader = BookReading.Open(journal);
        await using var _ = reader.ConfigureAwait(false);
        var verifier = new ChainVerifier();
        var book = new Book();
        var rows = 0L;
        var last = await reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
        using (var progress = new ProgressBar(terminal, "Verifying", last))
        {
            await foreach (var batch in reader.ReadAsync(upTo: last, cancellation: cancellation).ConfigureAwait(false))
            {
                using (batch)
                {
                    foreach (var row in batch)
                    {
                        rows++;
                        if (verifier.Add(row) is { } recorded && verifier.Faults.Count == 0)
                        {
                            book.Add(recorded);
                        }
                    }

                    progress.Report(batch[^1].Ordering);
                }
            }
        }

        if (verifier.Faults.Count > 0)
        {
            return new(new(Cut.Everything, new(last), Time: null), [], rows, verifier.Companies, verifier.Faults, [], [], [], verifier.Seal());
        }

        var counted = book.At(Cut.Everything);
        IReadOnlyList<Finding> broken = Invariants.Of(counted);
        if (Invariants.Totals(counted).Count == 0)
        {
            broken = [.. broken, .. StockFlowMatrix.Of(counted).SelectMany(matrix => matrix.Check())];
        }

        return new(counted.Resolved, counted.IncompleteKnowledge, rows, verifier.Companies, [], broken, BetweenCompanies.Of(counted), PendingSteps.In(book), verifier.Seal());
    }

    public JsonObject ToJson(bool withSeal)
    {
        var json = JsonAnswer.Head(Scope, Incomplete);
        json["sound"] = IsSound;
        json["rows"] = Rows;
        json["chains"] = Companies;
        json["faults"] = JsonAnswer.List(Faults, fault => new JsonObject
        {
            ["offset"] = fault.Offset,
            ["persistenceId"] = fault.PersistenceId,
            ["sequenceNumber"] = fault.SequenceNumber,
            ["code"] = fault.Code,
            ["message"] = fault.Message,
        });
        json["brokenInvariants"] = JsonAnswer.List(Broken, Node);
        json["notes"] = JsonAnswer.List(Notes, Node);
        json["pending"] = JsonAnswer.List(Pending, step => new JsonObject { ["step"] = step.Header.Step?.ToString(), ["company"] = step.Header.Emitter.Value, ["eventId"] = step.Header.Id.ToString() });
        if (withSeal)
        {
            json["seal"] = Seal.ToString();
        }

        return json;
    }

    private static JsonObject Node(Finding finding) => new() { ["code"] = finding.Code, ["message"] = finding.Message, ["eventId"] = finding.Event?.ToString() };
}
