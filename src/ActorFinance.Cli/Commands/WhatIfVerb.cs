using System.CommandLine;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;
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
        var probability = new Option<decimal[]>("--probability")
        {
            Description = "How likely each file is, in their order, in place of what they say; what is left of 1 is the base. Adds figures weighted by it.",
            HelpName = "0..1",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(token =>
            {
                var share = WhatIfFile.ShareOf(token.Value);
                if (share is null)
                {
                    result.AddError($"--probability '{token.Value}' must be {WhatIfFile.ProbabilityRule}");
                }

                return share ?? 0;
            })],
        };
        command.Options.Add(probability);
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
            List<BranchSide> sides;
            using (var progress = new WorkProgress(terminal, cancellation))
            {
                sides = asked.ConvertAll(side => BranchSide.Of(based, side.Name, side.File, side.Edits, view, progress.Report));
            }

            var report = new WhatIfReport(view, based, sides) { Probabilities = ProbabilitiesOf(sides, parsed.GetValue(probability)) };
            WhatIfOutput.Print(terminal, parsed.GetValue(output), report);
            pictures.Save(terminal, parsed, string.Join(" and ", sides.Select(side => side.File?.Title ?? side.Name)), () => WhatIfCharts.Of(book, report), page => WhatIfOutput.Print(page, OutputForm.Table, report));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One for each side; none when nobody says how likely any is.</summary>
    private static IReadOnlyList<decimal> ProbabilitiesOf(List<BranchSide> sides, decimal[]? asked)
    {
        if (asked is { Length: > 0 } && asked.Length != sides.Count)
        {
            throw new CliFailure(ExitCode.Usage, $"--probability must have one number a file: {asked.Length} for {sides.Count}");
        }

        IReadOnlyList<decimal> stated = asked is { Length: > 0 } ? asked : sides.Any(side => side.File?.Probability is not null) ? [.. sides.Select(side => side.File?.Probability ?? 0)] : [];
        return stated.Sum() <= 1
            ? stated
            : throw new CliFailure(ExitCode.Usage, $"--probability: {string.Join(" + ", stated.Select(Numbers.Text))} must sum to 1 at most (what is left is the base); say it for each file in their order");
    }
}
