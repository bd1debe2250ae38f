using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Projections;
using ActorFinance.Cli.Drawing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using Spectre.Console;

namespace ActorFinance.Cli.Commands;

internal static class CashVerb
{
    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var every = CommonOptions.Every("The balance at the end of each month, quarter or year.");
        var changes = new Option<bool>("--changes") { Description = "The balance after each event that changed it, with the event." };
        var noCheckpoint = CommonOptions.NoCheckpoint();
        var burn = BurnReport.Option();
        var command = new Command("cash", "Cash of each company: balance, lowest point, first shortfall, and what is still owed.\n\nExample: actorfinance cash --as-of 2026-03-31 --as-known 2026-04-30")
        {
            journal, output, asOf, asKnown, company, every, changes, burn, noCheckpoint,
        };
        var pictures = new PictureOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(changes) && result.GetValue(every) is not null)
            {
                result.AddError("--changes and --every exclude each other");
            }

            if (result.GetResult(burn) is { Implicit: false } && (result.GetValue(changes) || result.GetValue(every) is not null))
            {
                result.AddError("--burn is of one point in time: leave out --every and --changes");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var prepared = Tables.PrepareAsync(parsed.GetValue(output));
            var reading = await BookReading.ReadIndexAsync(terminal, path, BookParts.Cash, !parsed.GetValue(noCheckpoint), cancellation).ConfigureAwait(false);
            var book = reading.Index;
            var cut = BookReading.Cut(book.LastOffset, parsed.End(asOf), parsed.Known(asKnown));
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(book.Cash.Registered, one);
            }

            var only = parsed.GetValue(company);
            SeriesStep? step = parsed.GetValue(changes) ? SeriesStep.Change : parsed.GetValue(every);

            // Burn looks at what each payment was for, which the accounts do not keep: the book is read a second time, whole.
            var burnt = parsed.GetValue(burn) is { } span
                ? BurnReport.Of(await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false), cut, span, only)
                : null;
            void Answer(Terminal to, OutputForm form)
            {
                if (step is { } chosen)
                {
                    CashSeriesOutput.Print(to, form, book, cut, only, chosen);
                }
                else if (burnt is not null)
                {
                    BurnOutput.Print(to, form, CashReport.Of(book.Publish().Cash, cut, only), burnt);
                }
                else
                {
                    Print(to, form, CashReport.Of(book.Publish().Cash, cut, only));
                }
            }

            await prepared.ConfigureAwait(false);
            Answer(terminal, parsed.GetValue(output));
            pictures.Save(terminal, parsed, only is { } named ? $"Cash of {named}" : "Cash", () => CashCharts.Of(book.Cash, cut, only, step ?? SeriesStep.Month), page => Answer(page, OutputForm.Table));
            await BookReading.KeepAsync(path, reading, cancellation).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Terminal terminal, OutputForm form, CashReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["company", "currency", "amount", "lowest", "lowestAt", "lowestEvent", "firstShortfall", "firstShortfallAt", "firstShortfallEvent"],
                    report.Cash.Balances.Select(balance => (IEnumerable<string?>)
                    [
                        balance.Company.Value, balance.Currency.Code, JsonAnswer.Amount(balance.Amount),
                        Amount(balance.Lowest), balance.Lowest?.At.ToString(), balance.Lowest?.EventId.ToString(),
                        Amount(balance.FirstShortfall), balance.FirstShortfall?.At.ToString(), balance.FirstShortfall?.EventId.ToString(),
                    ]));
                break;
            default:
                PrintTable(terminal, report);
                break;
        }
    }

    private static string? Amount(CashPoint? point) => point is null ? null : JsonAnswer.Amount(point.Amount);

    private static void PrintTable(Terminal terminal, CashReport report)
    {
        if (report.Cash.Balances.Count == 0)
        {
            terminal.Line("No company has cash at this point. 'actorfinance import FILE' records some; 'actorfinance demo' shows a book that has.");
            return;
        }

        var table = Tables.Create(("Company", false), ("Cash", true), ("", false), ("Lowest", true), ("on", false), ("First shortfall", true), ("on", false));
        var moved = report.Cash.Balances.Where(HasMoved).ToList();
        var rows = new List<CashBalance>(moved);
        rows.Sort(LargestFirst);
        foreach (var balance in rows.Take(BalancesShown))
        {
            table.Row(
                balance.Company.Value,
                Figures.Exact(balance.Amount),
                balance.Currency.Code + (balance.HasOpening ? "" : " change"),
                balance.Lowest is { } lowest ? Figures.Exact(lowest.Amount) : Figures.None,
                balance.Lowest is { } low ? Figures.Moment(low.At) : "",
                balance is { HasOpening: true, FirstShortfall: { } shortfall } ? Figures.Exact(shortfall.Amount) : Figures.None,
                balance is { HasOpening: true, FirstShortfall: { } at } ? Figures.Moment(at.At) : "");
        }

        if (moved.Count > 0)
        {
            Tables.Write(terminal, table, "Cash");
            More(terminal, moved.Count - BalancesShown);
        }

        if (moved.Any(balance => !balance.HasOpening))
        {
            terminal.Out.MarkupLine("[grey]change: no opening cash is recorded, so this is the change since the start: neither a balance nor, below zero, a shortfall.[/]");
        }

        if (moved.Count < report.Cash.Balances.Count)
        {
            var still = report.Cash.Balances.Where(balance => !HasMoved(balance)).Select(balance => balance.Company.Value).ToList();
            var more = still.Count > BalancesShown ? $" and {still.Count - BalancesShown} more" : "";
            terminal.Out.MarkupLine($"[grey]no cash moved: {string.Join(", ", still.Take(BalancesShown))}{more}[/]");
        }

        terminal.Line();

        if (report.Commitments.Count > 0)
        {
            var open = Tables.Create(("Owed by", false), ("to", false), ("Open", true), ("", false), ("due", false), ("deal", false));
            foreach (var (commitment, part) in report.Commitments.SelectMany(commitment => commitment.Open().Select(part => (commitment, part))).OrderByDescending(open => open.part.Amount).Take(CommitmentsShown))
            {
                open.Row(
                    commitment.Terms.From?.Value ?? "outside",
                    commitment.Terms.To?.Value ?? "outside",
                    Figures.Exact(part.Amount),
                    commitment.Currency.Code,
                    part.IsDated ? Figures.Moment(part.At) : "undated",
                    commitment.Deal?.Value ?? "");
            }

            Tables.Write(terminal, open, "Contracted and open (no part of the cash above)");
            More(terminal, report.Commitments.Sum(commitment => commitment.Open().Count) - CommitmentsShown);
        }

        Tables.Scope(terminal, report.Cash.Cut, report.Incomplete.Count);
    }

    private static int LargestFirst(CashBalance left, CashBalance right)
    {
        // A comparison of our own: sorting by keys that are structs is code that every cold start would compile.
        var order = Math.Abs(right.Amount).CompareTo(Math.Abs(left.Amount));
        order = order != 0 ? order : left.Company.CompareTo(right.Company);
        return order != 0 ? order : left.Currency.CompareTo(right.Currency);
    }

    private static bool HasMoved(CashBalance balance) => balance.Amount != 0 || balance.Lowest is not null;

    private static void More(Terminal terminal, int count)
    {
        if (count > 0)
        {
            terminal.Out.MarkupLine($"[grey]and {count} more (--output json lists all)[/]");
        }
    }

    /// <summary>More than anyone reads, and few enough that laying out the table takes no time.</summary>
    private const int BalancesShown = 50;

    private const int CommitmentsShown = 15;
}
