using ActorFinance.Analysis.Cash;
using ActorFinance.Cli.Commands;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Who uses up how much a month, how long that lasts, and what is promised beyond it.</summary>
internal static class BurnOutput
{
    private const int RowsShown = 25;

    public static void Print(Terminal terminal, OutputForm form, CashReport cash, BurnReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                var json = cash.ToJson();
                report.AddTo(json);
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["company", "currency", "from", "to", "earned", "spent", "financed", "perMonth", "cash", "runwayMonths"],
                    report.Burns.Select(one => (IEnumerable<string?>)
                    [
                        one.Company.Value, one.Currency.Code, one.From.ToString(), one.To.ToString(), JsonAnswer.Amount(one.Earned), JsonAnswer.Amount(one.Spent),
                        JsonAnswer.Amount(one.Financed), one.PerMonth is { } perMonth ? JsonAnswer.Amount(perMonth) : null, JsonAnswer.Amount(one.Cash), one.RunwayMonths?.ToString("R"),
                    ]));
                break;
            default:
                PrintTables(terminal, cash, report);
                break;
        }
    }

    private static void PrintTables(Terminal terminal, CashReport cash, BurnReport report)
    {
        if (report.Burns.Count == 0)
        {
            terminal.Line("No cash moved up to this point, so nothing is burnt.");
            return;
        }

        var moved = report.Burns.Where(HasMoved).OrderByDescending(one => one.PerMonth ?? decimal.MinValue).ThenBy(one => one.Company).ToList();
        var table = Tables.Create(("Company", false), ("Earned", true), ("Spent", true), ("Financed", true), ("Burn a month", true), ("Cash", true), ("", false), ("Runway", true));
        foreach (var one in moved.Take(RowsShown))
        {
            table.Row(
                one.Company.Value,
                Figures.Exact(one.Earned),
                Figures.Exact(one.Spent),
                Figures.Exact(one.Financed),
                one.PerMonth is { } perMonth ? Figures.Exact(decimal.Round(perMonth, 2)) : Figures.None,
                Figures.Exact(one.Cash),
                one.Currency.Code + Kind(one.HasOpening),
                one.RunwayMonths is { } months ? $"{months:#,0.0} months" : Figures.None);
        }

        var (first, last) = (report.Burns[0].From, report.Burns[0].To);
        if (moved.Count == 0)
        {
            terminal.Line($"No cash moved in the {report.Span} up to {last.ToDateText()}: nothing is burnt.");
        }
        else
        {
            Tables.Write(terminal, table, $"Burn over {report.Span}: after {first.ToDateText()}, up to {last.ToDateText()}");
            More(terminal, moved.Count);
            terminal.Out.MarkupLine("[grey]Burn: spent less earned in business, without money raised, placed or returned. No runway: nothing is burnt, the account is younger than the window, or no opening cash is recorded.[/]");
        }

        terminal.Line();
        if (report.Gaps.Count > 0)
        {
            PrintGaps(terminal, report);
        }

        Tables.Scope(terminal, cash.Cash.Cut, cash.Incomplete.Count);
    }

    private static void PrintGaps(Terminal terminal, BurnReport report)
    {
        var opened = report.Burns.Where(one => one.HasOpening).Select(one => (one.Company, one.Currency)).ToHashSet();
        var table = Tables.Create(("Company", false), ("Owes", true), ("Cash", true), ("Gap", true), ("Promised to it", true), ("Gap after that", true), ("", false));
        foreach (var gap in report.Gaps.OrderByDescending(gap => gap.Gap).ThenBy(gap => gap.Company).Take(RowsShown))
        {
            table.Row(
                gap.Company.Value, Figures.Exact(gap.Owed), Figures.Exact(gap.Cash), Figures.Exact(gap.Gap), Figures.Exact(gap.Promised), Figures.Exact(gap.GapAfterReceipts), gap.Currency.Code + Kind(opened.Contains((gap.Company, gap.Currency))));
        }

        Tables.Write(terminal, table, "Funding gap: what open commitments owe beyond the cash there is");
        More(terminal, report.Gaps.Count);
        terminal.Out.MarkupLine("[grey]change: no opening cash is recorded, so cash is the change since the start, and the gap is as wrong as that.[/]");
    }

    private static string Kind(bool hasOpening) => hasOpening ? "" : " change";

    private static bool HasMoved(Burn one) => one.Earned != 0 || one.Spent != 0 || one.Financed != 0;

    private static void More(Terminal terminal, int count)
    {
        if (count > RowsShown)
        {
            terminal.Out.MarkupLine($"[grey]and {count - RowsShown} more (--output json lists all)[/]");
        }
    }
}
