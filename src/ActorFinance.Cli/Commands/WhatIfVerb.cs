using System.CommandLine;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Commands;

internal static class WhatIfVerb
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "What-ifs in YAML, side by side; their edits come before those of the command line.", Arity = ArgumentArity.ZeroOrMore };
        var (journal, output, asKnown) = (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsKnown());
        var options = new BranchOptions();
        var command = new Command(
            "what-if",
            "Edit the events of the book, never the book, and see which figures change: edits apply in the order in which they stand, legs of one deal and tranche together (linked=no parts them), and facts whose ground an edit took are left out and listed.\n\nExample: actorfinance what-if --journal book.db.seed.db --shift deal=NVDA-OAI-LOI,tranche=4..,by=12M --default company=openai,at=2030-01-01")
        {
            files, journal, output, asKnown,
        };
        options.AddTo(command);
        command.AddEdits();
        var pictures = new PictureOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var more = EditOptions.Of(parsed);
            List<(string Name, WhatIf? File, List<Edit> Edits)> asked =
                [.. parsed.GetValue(files)!.Select(EditOptions.ReadFile).Select(file => (file.Name, (WhatIf?)file, (List<Edit>)[.. file.Edits, .. more]))];
            if (asked.Count == 0)
            {
                if (more.Count == 0)
                {
                    throw new CliFailure(ExitCode.Usage, "nothing to change: give a file, or an edit such as --drop deal=NVDA-OAI-LOI");
                }

                asked.Add(("what-if", null, more));
            }

            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var view = options.View(parsed, book, parsed.Known(asKnown));
            var based = new BaseFigures(new BranchBase(book, view.Cut.AsKnown));
            var sides = asked.Select(side => BranchSide.Of(based, side.Name, side.File, side.Edits, view)).ToList();
            var report = new WhatIfReport(view, based, sides);
            WhatIfOutput.Print(terminal, parsed.GetValue(output), report);
            pictures.Save(terminal, parsed, string.Join(" and ", sides.Select(side => side.File?.Title ?? side.Name)), () => WhatIfCharts.Of(book, report), page => WhatIfOutput.Print(page, OutputForm.Table, report));
            return ExitCode.Done;
        });
        return command;
    }
}
