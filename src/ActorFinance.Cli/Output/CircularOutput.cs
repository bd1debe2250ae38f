using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

internal static class CircularOutput
{
    private const int CompaniesShown = 15;

    public static void Print(Terminal terminal, OutputForm form, CircularReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["company", "currency", "invested", "direct", "any", "financedRevenueShare", "outsideRevenue", "revenueWithoutFinanced"],
                    report.Companies.Select(company => (IEnumerable<string?>)
                    [
                        company.Company.Value, report.Answer.Currency?.Code, JsonAnswer.Amount(company.Invested),
                        company.RoundTrip.Direct?.ToString("R"), company.RoundTrip.Any?.ToString("R"), company.FinancedRevenueShare?.ToString("R"),
                        JsonAnswer.Amount(company.OutsideRevenue), JsonAnswer.Amount(company.RevenueWithoutFinanced),
                    ]));
                break;
            default:
                PrintTables(terminal, report);
                break;
        }
    }

    private static void PrintTables(Terminal terminal, CircularReport report)
    {
        if (report.Answer.Currency is not { } currency)
        {
            terminal.Line("Nothing flowed in this window. A later --to, an earlier --from, or --firmness contracted or announced may show more.");
            return;
        }

        terminal.Out.MarkupLine($"[bold]Cycling index (Finn)[/] {Figures.Percent(report.Answer.FinnCyclingIndex)} of all throughflow is due to cycling");
        if (report.Answer.UnpricedDeals > 0)
        {
            terminal.Out.MarkupLine($"[yellow]{report.Answer.UnpricedDeals} deals have no published price[/]: what they hide is not in these figures");
        }

        foreach (var closed in report.Answer.Closed)
        {
            terminal.Out.MarkupLine($"closed: nothing enters or leaves {Markup.Escape(string.Join(", ", closed))}");
        }

        terminal.Line();
        var companies = report.Companies
            .OrderByDescending(company => company.Invested)
            .ThenByDescending(company => company.RevenueWithoutFinanced)
            .ThenBy(company => company.Company)
            .ToList();
        var table = Tables.Create(("Company", false), ($"Invested {currency}", true), ("came back direct", true), ("any path", true), ("financed revenue", true), ("outside revenue", true));
        foreach (var company in companies.Take(CompaniesShown))
        {
            table.Row(
                company.Company.Value,
                Figures.Exact(company.Invested),
                Figures.Percent(company.RoundTrip.Direct),
                Figures.Percent(company.RoundTrip.Any),
                Figures.Percent(company.FinancedRevenueShare),
                Figures.Exact(company.OutsideRevenue));
        }

        Tables.Write(terminal, table, "Of what each company invested, how much can have come back as purchases");
        if (companies.Count > CompaniesShown)
        {
            terminal.Out.MarkupLine($"[grey]and {companies.Count - CompaniesShown} more (--output json lists all)[/]");
        }

        var cycles = Tables.Create(("Cycle", false), ($"Bottleneck {currency}", true));
        foreach (var cycle in report.Cycles)
        {
            cycles.Row(PathOf(cycle.Companies), Figures.Exact(cycle.Bottleneck));
        }

        if (cycles.Rows.Count > 0)
        {
            Tables.Write(terminal, cycles, "Largest cycles (they overlap: bottlenecks do not add up)");
        }
        else
        {
            terminal.Line("No money goes round: there is no cycle in this window.");
        }

        Tables.Scope(terminal, report.Cut, 0);
    }

    public static string PathOf(IReadOnlyList<CompanyId> companies) => string.Join(" -> ", companies.Append(companies[0]));
}
