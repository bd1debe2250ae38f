using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Commands;

/// <summary>Kept branches beside their base, and beside each other.</summary>
internal static class BranchReading
{
    public static Command Show(Terminal terminal)
    {
        var name = BranchVerb.Name();
        var (journal, output, options) = (CommonOptions.Journal(), CommonOptions.Output(), new BranchOptions());
        var command = new Command("show", "A kept branch beside the base that it stands on: the same figures, to the byte, whenever it is asked for.") { name, journal, output };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var branch = BranchFiles.Find(await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false), parsed.GetValue(name));
            var book = await BookReading.ReadAsync(terminal, path, cancellation).ConfigureAwait(false);
            Print(terminal, parsed.GetValue(output), [branch], book, options.View(parsed, book, new AsKnown.AtOffset(branch.Base)), cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Compare(Terminal terminal)
    {
        var names = new Argument<BranchId[]>("NAME")
        {
            Description = "Branches to put side by side.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var ids = new List<BranchId>();
                foreach (var token in result.Tokens)
                {
                    if (BranchId.TryParse(token.Value, out var id))
                    {
                        ids.Add(id);
                    }
                    else
                    {
                        result.AddError($"'{token.Value}' must be {BranchId.Rule}");
                    }
                }

                return [.. ids.Distinct()];
            },
        };
        var (journal, output, asKnown, options) = (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsKnown(), new BranchOptions());
        var command = new Command("compare", "Kept branches side by side on one base: the newest that one of them stands on, unless --as-known says another.") { names, journal, output, asKnown };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var kept = await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false);
            var branches = parsed.GetValue(names)!.Select(name => BranchFiles.Find(kept, name)).ToList();
            var book = await BookReading.ReadAsync(terminal, path, cancellation).ConfigureAwait(false);
            var on = parsed.GetResult(asKnown) is null ? new AsKnown.AtOffset(branches.Max(branch => branch.Base)) : parsed.Known(asKnown);
            Print(terminal, parsed.GetValue(output), branches, book, options.View(parsed, book, on), cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Terminal terminal, OutputForm form, IReadOnlyList<KeptBranch> branches, Analysis.Timeline.Book book, BranchView view, CancellationToken cancellation)
    {
        var based = new BaseFigures(new BranchBase(book, view.Cut.AsKnown));
        foreach (var branch in branches)
        {
            BranchFiles.SayGrown(terminal, book, branch, based.Base.Resolved.Offset);
        }

        var sides = new List<BranchSide>();
        using (var progress = new WorkProgress(terminal, cancellation))
        {
            foreach (var branch in branches)
            {
                var whatIf = BranchListReport.WhatIfOf(branch);
                sides.Add(BranchSide.Of(based, branch.Name.Value, whatIf, whatIf.Edits, view, progress.Report));
            }
        }

        WhatIfOutput.Print(terminal, form, new(view, based, [.. sides]));
    }
}
