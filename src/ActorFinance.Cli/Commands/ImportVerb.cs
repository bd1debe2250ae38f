using System.CommandLine;
using System.Diagnostics;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Importing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Cli.Commands;

internal static class ImportVerb
{
    private const int RateFrom = 1_000;

    public static Command Create(Terminal terminal)
    {
        var journal = CommonOptions.Journal();
        var file = new Argument<string>("FILE") { Description = "A scenario (.yaml), commands (.jsonl), or cash flows or a cap table (.csv)." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check the file and all its decisions, write nothing." };
        var acknowledge = new Option<string>("--acknowledge")
        {
            Description = "Append the id of each command to this file as soon as it is on disk, so that it can be checked after a crash what was promised.",
            Hidden = true,
        };
        var command = new Command("import", "Have the companies decide on a file's commands and write what they accept. The file is checked whole first: a bad one changes nothing.\n\nExample: actorfinance import flows.csv --journal book.db")
        {
            file, journal, dryRun, acknowledge,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var started = Stopwatch.StartNew();
            var path = parsed.GetValue(file)!;
            var (book, items) = FileReading.Read(terminal, path);
            var target = parsed.GetValue(journal)!;
            ImportPlan? rehearsed = null;
            if (parsed.GetValue(dryRun) || !await Importing.IsThereAsync(target).ConfigureAwait(false))
            {
                // A journal that is not there yet is not made for a file that it would refuse.
                rehearsed = await Importing.RehearseAsync(terminal, items, target, cancellation).ConfigureAwait(false);
                if (parsed.GetValue(dryRun))
                {
                    terminal.Line($"{path}: {Figures.Count(rehearsed.Commands, "command")} would be written as {Figures.Count(rehearsed.Events, "event")}, {rehearsed.AlreadyThere:#,0} {(rehearsed.AlreadyThere == 1 ? "is" : "are")} there already. Nothing was changed.");
                    return ExitCode.Done;
                }
            }

            var session = await Importing.OpenAsync(target, new SessionOptions(), cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                var acknowledgements = AcknowledgementsTo(parsed.GetValue(acknowledge));
                await using (acknowledgements.ConfigureAwait(false))
                {
                    var (plan, result) = await Importing.RunAsync(
                        terminal, session, items, path, cancellation, rehearsed, id => acknowledgements.WriteLine(id)).ConfigureAwait(false);
                    Report(terminal, path, session.Name, book, plan, result, started.Elapsed);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A line leaves the process as it is written: what a killed import acknowledged must be known.</summary>
    private static StreamWriter AcknowledgementsTo(string? file) =>
        file is null ? StreamWriter.Null : new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    private static void Report(Terminal terminal, string path, string journal, CommandBook book, ImportPlan plan, ImportResult result, TimeSpan took)
    {
        if (book.Registered.Count > 0)
        {
            var names = string.Join(", ", book.Registered.Take(12)) + (book.Registered.Count > 12 ? $" and {book.Registered.Count - 12} more" : "");
            terminal.Line($"Companies named: {names} (registered where the journal did not know them).");
        }

        // A rate says something where the start of the program does not make up most of the time.
        var rate = took > TimeSpan.FromSeconds(1) && result.Written >= RateFrom ? $" ({result.Written / took.TotalSeconds:#,0}/s)" : "";
        terminal.Line($"{path} -> {journal}: {Figures.Count(result.Written, "command")} written, {plan.AlreadyThere:#,0} {(plan.AlreadyThere == 1 ? "was" : "were")} there already, in {took.TotalSeconds:0.0} s{rate}.");
        terminal.Line($"Next: actorfinance cash --journal {journal}, actorfinance circular --journal {journal}");
    }
}

/// <summary>The steps of an import as a program takes them: rehearse, open, write.</summary>
internal static class Importing
{
    private const int RefusalsShown = 100;

    /// <summary>Tries the items on the journal as it is; a refusal ends the program with all of them on standard error.</summary>
    public static async Task<ImportPlan> RehearseAsync(Terminal terminal, IReadOnlyList<ImportItem> items, string journal, CancellationToken cancellation)
    {
        if (BookReading.OpenIfThere(JournalStore.Of(journal)) is not { } reader)
        {
            return Checked(terminal, await ImportPlan.MakeAsync(items, reader: null, TimeProvider.System, cancellation).ConfigureAwait(false));
        }

        await using (reader.ConfigureAwait(false))
        {
            return Checked(terminal, await ImportPlan.MakeAsync(items, reader, TimeProvider.System, cancellation).ConfigureAwait(false));
        }
    }

    public static async Task<bool> IsThereAsync(string journal)
    {
        if (BookReading.OpenIfThere(JournalStore.Of(journal)) is not { } reader)
        {
            return false;
        }

        await reader.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    public static Task<JournalSession> OpenAsync(string journal, SessionOptions options, CancellationToken cancellation) =>
        OpenAsync(JournalStore.Of(journal), options, cancellation);

    public static async Task<JournalSession> OpenAsync(IJournalStore journal, SessionOptions options, CancellationToken cancellation)
    {
        try
        {
            return (await JournalSession.OpenAsync(journal, options, cancellation).ConfigureAwait(false)).Succeeded(out var session, out var error)
                ? session
                : throw new CliFailure(ExitCode.InputOutput, error.Message);
        }
        catch (Exception damage) when (damage is CorruptEventException or CorruptJournalException)
        {
            throw new CliFailure(ExitCode.Refused, $"{damage.Message}\nThe journal is damaged; 'actorfinance verify' lists all faults.");
        }
    }

    public static async Task<(ImportPlan Plan, ImportResult Result)> RunAsync(
        Terminal terminal,
        JournalSession session,
        IReadOnlyList<ImportItem> items,
        string what,
        CancellationToken cancellation,
        ImportPlan? rehearsed = null,
        Action<CommandId>? acknowledged = null)
    {
        // A rehearsal on no journal holds for an empty one; anything else is rehearsed on what is there now that nobody else writes.
        var plan = rehearsed is not null && await session.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false) == 0
            ? rehearsed
            : Checked(terminal, await ImportPlan.MakeAsync(items, session.Reader, TimeProvider.System, cancellation).ConfigureAwait(false));
        ImportResult result;
        using (var progress = new ProgressBar(terminal, "Importing", plan.Commands))
        {
            result = await ImportRun.RunAsync(session, plan, progress, cancellation, acknowledged).ConfigureAwait(false);
        }

        foreach (var refused in result.Refusals.Take(RefusalsShown))
        {
            terminal.Error($"{refused.Item.Place}: {refused.Refusal}");
        }

        if (result.Failure is { } failure)
        {
            throw new CliFailure(ExitCode.InputOutput, $"The journal '{session.Name}' cannot be written: {failure}\n{result.Written:#,0} of {plan.Commands:#,0} commands are known to be written; import {what} again to complete it.");
        }

        if (result.Cancelled)
        {
            terminal.Error($"{result.Written:#,0} of {plan.Commands:#,0} commands are written; import {what} again to complete it.");
            throw new CliFailure(ExitCode.Cancelled, "Cancelled.");
        }

        if (result.Refusals.Count > 0)
        {
            throw new CliFailure(ExitCode.Refused, $"{result.Refusals.Count} commands were refused while writing, {result.Written:#,0} are written");
        }

        await session.SettleAsync(cancellation).ConfigureAwait(false);
        return (plan, result);
    }

    private static ImportPlan Checked(Terminal terminal, ImportPlan plan)
    {
        if (plan.Refusals.Count == 0)
        {
            return plan;
        }

        foreach (var refused in plan.Refusals.Take(RefusalsShown))
        {
            terminal.Error($"{refused.Item.Place}: {refused.Item.Command.Company}: {refused.Refusal}");
        }

        var more = plan.Refusals.Count > RefusalsShown ? $" ({RefusalsShown} shown)" : "";
        throw new CliFailure(ExitCode.Refused, $"{Figures.Count(plan.Refusals.Count, "command")} would be refused{more}; nothing was changed");
    }
}
