using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Progress;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal static class OwnershipVerb
{
    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var basis = Basis();
        var dilution = new Option<bool>("--dilution") { Description = "How each holder's fraction changed, event by event." };
        var every = CommonOptions.Every("Direct ownership at the end of each month, quarter or year.");
        var changes = new Option<bool>("--changes") { Description = "Direct ownership after each time at which something changed." };
        var (explain, noCheckpoint) = (Explain(), CommonOptions.NoCheckpoint());
        var command = new Command(
            "ownership",
            "Who holds how much of whom, directly and through others, who controls whom, and what it is worth at the last recorded price.\n\n"
            + "Example: actorfinance ownership --company openai --basis fully-diluted --as-of 2028-12-31")
        {
            journal, output, asOf, asKnown, company, basis, dilution, every, changes, explain, noCheckpoint,
        };
        var pictures = new PictureOptions(command);
        command.Validators.Add(result =>
        {
            var views = (result.GetValue(dilution) ? 1 : 0) + (result.GetValue(changes) ? 1 : 0)
                + (result.GetResult(every) is { Implicit: false } ? 1 : 0) + (result.GetResult(explain) is { Implicit: false } ? 1 : 0);
            if (views > 1)
            {
                result.AddError("--dilution, --every, --changes and --explain exclude each other");
            }

            if (result.GetResult(explain) is { Implicit: false } && result.GetResult(company) is null or { Implicit: true })
            {
                result.AddError("--explain HOLDER needs the issuer: --company ID");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var reading = await BookReading.ReadIndexAsync(terminal, path, BookParts.Ownership, !parsed.GetValue(noCheckpoint), cancellation).ConfigureAwait(false);
            var book = reading.Index.Publish();
            var cut = BookReading.Cut(book.LastOffset, parsed.End(asOf), parsed.Known(asKnown));
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(book.Registered, one);
            }

            var form = parsed.GetValue(output);
            using var progress = new WorkProgress(terminal, cancellation);
            var report = OwnershipReport.Of(book.Ownership, cut, parsed.GetValue(basis), parsed.GetValue(company), done => progress.Report("Circle", done));
            var explained = parsed.GetValue(explain) is { } asked
                ? await HoldingExplanation.OfAsync(report, parsed.GetValue(company)!.Value, asked, references => BookReading.ReadAsync(path, references, cancellation)).ConfigureAwait(false)
                : null;
            SeriesStep? step = parsed.GetValue(changes) ? SeriesStep.Change : parsed.GetValue(every);
            int Answer(Terminal to, OutputForm form)
            {
                if (parsed.GetValue(dilution))
                {
                    DilutionOutput.Print(to, form, report);
                }
                else if (step is { } chosen)
                {
                    OwnershipSeriesOutput.Print(to, form, report, chosen);
                }
                else if (explained is not null)
                {
                    HoldingOutput.Print(to, form, report, explained);
                }
                else
                {
                    OwnershipOutput.Print(to, form, report);
                    return report.Errors.Any() ? ExitCode.Refused : ExitCode.Done;
                }

                return ExitCode.Done;
            }

            var code = Answer(terminal, form);
            foreach (var error in code == ExitCode.Refused ? report.Errors : [])
            {
                terminal.Error(error);
            }

            pictures.Save(terminal, parsed, parsed.GetValue(company) is { } named ? $"Who owns {named}" : "Who owns whom", () => OwnershipCharts.Of(report, step ?? SeriesStep.Month), page => Answer(page, OutputForm.Table));
            await BookReading.KeepAsync(path, reading, cancellation).ConfigureAwait(false);
            return code;
        });
        return command;
    }

    private static Option<OwnershipBasis> Basis() => new("--basis")
    {
        Description = "outstanding: shares as converted to common; voting: votes; fully-diluted: with warrants, convertibles and pools.",
        HelpName = "outstanding|voting|fully-diluted",
        DefaultValueFactory = _ => OwnershipBasis.Outstanding,
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "outstanding":
                    return OwnershipBasis.Outstanding;
                case "voting":
                    return OwnershipBasis.Voting;
                case "fully-diluted":
                    return OwnershipBasis.FullyDiluted;
                default:
                    result.AddError($"--basis '{result.Tokens[0].Value}' must be outstanding, voting or fully-diluted");
                    return default;
            }
        },
    };

    private static Option<HolderId?> Explain() => new("--explain")
    {
        Description = "The events and sources behind this holder's part of --company.",
        HelpName = "HOLDER",
        CustomParser = result =>
        {
            if (HolderId.TryParse(result.Tokens[0].Value, out var holder))
            {
                return holder;
            }

            result.AddError($"--explain '{result.Tokens[0].Value}' must be {HolderId.Rule}");
            return null;
        },
    };
}
