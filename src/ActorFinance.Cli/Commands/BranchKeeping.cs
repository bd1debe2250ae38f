using System.CommandLine;
using ActorFinance.Actors.Hosting;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Journal;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Commands;

/// <summary>What is kept of branches: kept, edited, renamed, archived, listed.</summary>
internal static class BranchKeeping
{
    public static Command List(Terminal terminal)
    {
        var (journal, output) = (CommonOptions.Journal(), CommonOptions.Output());
        var all = new Option<bool>("--all") { Description = "Archived ones too." };
        var command = new Command("list", "The kept branches of a journal.") { journal, output, all };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var last = await LastOffsetAsync(path, cancellation).ConfigureAwait(false);
            var kept = await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false);
            BranchListOutput.Print(terminal, parsed.GetValue(output), [.. kept.All.Where(branch => parsed.GetValue(all) || !branch.IsArchived).OrderBy(branch => branch.Name)], last);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Keep(Terminal terminal)
    {
        var (name, file) = (BranchVerb.Name(), File());
        var (journal, asKnown) = (CommonOptions.Journal(), CommonOptions.AsKnown());
        var from = Named("--from", "A branch whose edits come first: a branch of a branch.");
        var (title, author, reason, source) = (Text("--title", "What it asks."), Text("--author", "Who asks."), Text("--reason", "Why."), Text("--source", "Where that is said."));
        var command = new Command("keep", "Keep edits by name, on the journal as it is now or at the offset that --as-known says. What cannot be applied is not kept.") { name, file, journal, asKnown, from, title, author, reason, source };
        command.AddEdits();
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var id = parsed.GetValue(name);
            var kept = await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false);
            if (kept.Taken(id) is { } taken)
            {
                throw new CliFailure(ExitCode.Refused, taken.Message);
            }

            var parent = parsed.GetValue(from) is { } named ? BranchFiles.Find(kept, named) : null;
            var (texts, what) = Texts(parsed, file, id);
            ValueList<string> edits = [.. parent?.Edits ?? [], .. texts];
            var on = await CheckedAsync(terminal, parsed, asKnown, path, id, edits, parent?.Base, cancellation).ConfigureAwait(false);
            var recorded = new BranchRecorded(
                on, parent?.Id, edits, parsed.GetValue(title) ?? what?.Title, parsed.GetValue(author) ?? what?.Author, parsed.GetValue(reason) ?? what?.Reason, parsed.GetValue(source) ?? what?.Source);
            await AskAsync(path, id, recorded, cancellation).ConfigureAwait(false);
            terminal.Line($"Branch '{id}' is kept on offset {on}{(parent is null ? "" : $", on top of '{parent.Name}'")}. Next: actorfinance branch show {id} --journal {JournalStore.Of(path).Name}");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Edit(Terminal terminal)
    {
        var (name, file) = (BranchVerb.Name(), File());
        var (journal, asKnown) = (CommonOptions.Journal(), CommonOptions.AsKnown());
        var (append, reason) = (new Option<bool>("--append") { Description = "After the edits that are there, not in their place." }, Text("--reason", "Why."));
        var command = new Command("edit", "Other edits for a kept branch; those before stay in its journal.") { name, file, journal, asKnown, append, reason };
        command.AddEdits();
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var branch = BranchFiles.Find(await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false), parsed.GetValue(name));
            var (texts, _) = Texts(parsed, file, branch.Id);
            ValueList<string> edits = [.. parsed.GetValue(append) ? branch.Edits : [], .. texts];
            var on = await CheckedAsync(terminal, parsed, asKnown, path, branch.Id, edits, branch.Base, cancellation).ConfigureAwait(false);
            await AskAsync(path, branch.Id, new BranchEdited(on, edits, parsed.GetValue(reason)), cancellation).ConfigureAwait(false);
            terminal.Line($"Branch '{branch.Name}' has {Figures.Count(BranchListReport.EditsOf(branch.Id, edits).Edits.Count, "edit")} on offset {on}.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Rename(Terminal terminal)
    {
        var (name, to, journal) = (BranchVerb.Name(), BranchVerb.Name("TO"), CommonOptions.Journal());
        var command = new Command("rename", "Call a branch something else.") { name, to, journal };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var kept = await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false);
            var branch = BranchFiles.Find(kept, parsed.GetValue(name));
            var wanted = parsed.GetValue(to);
            if (wanted != branch.Name && wanted != branch.Id && kept.Taken(wanted) is { } taken)
            {
                throw new CliFailure(ExitCode.Refused, taken.Message);
            }

            await AskAsync(path, branch.Id, new BranchRenamed(wanted), cancellation).ConfigureAwait(false);
            terminal.Line($"Branch '{branch.Name}' is now called '{wanted}'.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Archive(Terminal terminal)
    {
        var (name, journal, reason) = (BranchVerb.Name(), CommonOptions.Journal(), Text("--reason", "Why."));
        var command = new Command("archive", "Take a branch out of the list. Nothing is lost: 'list --all' still has it, and 'show' shows it.") { name, journal, reason };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var branch = BranchFiles.Find(await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false), parsed.GetValue(name));
            await AskAsync(path, branch.Id, new BranchArchived(parsed.GetValue(reason)), cancellation).ConfigureAwait(false);
            terminal.Line($"Branch '{branch.Name}' is archived.");
            return ExitCode.Done;
        });
        return command;
    }

    public static async Task<KeptBranch> AskAsync(string journal, BranchId id, BranchEvent asked, CancellationToken cancellation)
    {
        if (!BranchJournal.Open(journal, TimeProvider.System).Succeeded(out var branches, out var error))
        {
            throw new CliFailure(ExitCode.InputOutput, error.Message);
        }

        await using var _ = branches.ConfigureAwait(false);
        var (branch, refusal) = await branches.AskAsync(id, asked, Environment.UserName, cancellation).ConfigureAwait(false);
        return refusal is null ? branch : throw new CliFailure(ExitCode.Refused, refusal.Message);
    }

    private static Argument<string?> File() => new("FILE") { Description = "A what-if in YAML; its edits come before those of the command line.", Arity = ArgumentArity.ZeroOrOne };

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    private static Option<BranchId?> Named(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        CustomParser = result =>
        {
            if (BranchId.TryParse(result.Tokens[0].Value, out var id))
            {
                return id;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' must be {BranchId.Rule}");
            return null;
        },
    };

    /// <summary>The file as it is written, and the edits of the command line as if they were one.</summary>
    private static (IReadOnlyList<string> Texts, WhatIf? File) Texts(ParseResult parsed, Argument<string?> file, BranchId id)
    {
        EditOptions.Of(parsed);
        var texts = new List<string>();
        var read = parsed.GetValue(file) is { } path ? EditOptions.ReadFile(path) : null;
        if (read is not null)
        {
            texts.Add(System.IO.File.ReadAllText(parsed.GetValue(file)!));
        }

        if (EditOptions.TextOf(parsed, id.Value) is { } typed)
        {
            texts.Add(typed);
        }

        return (texts, read);
    }

    /// <summary>The offset that the edits are kept on, once they could be applied there.</summary>
    private static async Task<Offset> CheckedAsync(
        Terminal terminal, ParseResult parsed, Option<AsKnown> asKnown, string path, BranchId id, ValueList<string> edits, Offset? otherwise, CancellationToken cancellation)
    {
        var asked = parsed.GetResult(asKnown) is not null ? parsed.Known(asKnown) : otherwise is { } offset ? new AsKnown.AtOffset(offset) : AsKnown.All;
        if (asked is not AsKnown.AtOffset)
        {
            throw new CliFailure(ExitCode.Usage, "a branch is kept on an offset, which never changes what it stands for: --as-known OFFSET");
        }

        var book = await BookReading.ReadAsync(terminal, path, cancellation).ConfigureAwait(false);
        var based = new BranchBase(book, BookReading.Cut(book, Instant.Maximum, asked).AsKnown);
        using var progress = new WorkProgress(terminal, cancellation);
        BranchSide.Applied(based, BranchListReport.EditsOf(id, edits).Edits, progress.Report);
        return based.Resolved.Offset;
    }

    private static async Task<Offset> LastOffsetAsync(string journal, CancellationToken cancellation)
    {
        var reader = BookReading.Open(journal);
        await using var _ = reader.ConfigureAwait(false);
        return new(await reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
    }
}
