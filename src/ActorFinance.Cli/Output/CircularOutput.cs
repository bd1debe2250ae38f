using ActorFinance.Analysis.Circularity;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

internal static class CircularOutput
{
    public const string NothingFlowed =
        "Nothing flowed in this window. A later --to, an earlier --from, or --firmness contracted or announced may show more.";

    private const int CompaniesShown = 15;

    public static void Print(Terminal terminal, OutputForm form, CircularReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv:
                PrintCsv(terminal, report);
                break;
            default:
                PrintTables(terminal, report);
                break;
        }
    }

    private static void PrintCsv(Terminal terminal, CircularReport report) => CsvAnswer.Print(
        terminal,
        [
            "company", "currency", "invested", "direct", "any", "anyViaAll", "traceMethod", "returned", "returnedOtherwise", "spentOutside", "absorbed", "held",
            "tracedRatio", "financedRevenueShare", "financedRevenueShareProRata", "outsideRevenue", "revenueWithoutFinanced", .. Hops(report).Select(hop => $"withinHops{hop}"),
        ],
        report.Companies.Select(company => (IEnumerable<string?>)
        [
            company.Company.Value, report.Answer.Currency?.Code, JsonAnswer.Amount(company.Invested),
            Text(company.RoundTrip.Direct), Text(company.RoundTrip.Any), Text(company.RoundTrip.AnyViaAll),
            CircularReport.NameOf(company.Traced.Method), JsonAnswer.Amount(company.Traced.Returned), JsonAnswer.Amount(company.Traced.ReturnedOtherwise),
            JsonAnswer.Amount(company.Traced.SpentOutside), JsonAnswer.Amount(company.Traced.Absorbed), JsonAnswer.Amount(company.Traced.Held),
            Text(company.Traced.Ratio), Text(company.FinancedRevenueShare), Text(company.FinancedRevenueShareProRata),
            JsonAnswer.Amount(company.OutsideRevenue), JsonAnswer.Amount(company.RevenueWithoutFinanced), .. company.RoundTrip.WithinHops.Select(Text),
        ]));

    private static IEnumerable<int> Hops(CircularReport report) => Enumerable.Range(1, report.Companies.FirstOrDefault()?.RoundTrip.WithinHops.Count ?? 0);

    private static string? Text(double? ratio) => ratio?.ToString("R");

    private static void PrintTables(Terminal terminal, CircularReport report)
    {
        if (report.Answer.Currency is not { } currency)
        {
            terminal.Line(NothingFlowed);
            return;
        }

        terminal.Out.MarkupLine($"[bold]Cycling index (Finn)[/] {Figures.Percent(report.Answer.FinnCyclingIndex)} of all throughflow is due to cycling");
        terminal.Out.MarkupLine(report.Answer.CirculationShare is null
            ? "[bold]Circulation share[/] undefined: in this window no company paid another"
            : $"[bold]Circulation share[/] {Figures.Percent(report.Answer.CirculationShare)} of what companies paid each other could be netted along who owes whom "
            + $"({Figures.Percent(report.Answer.NettingShare)} if anyone could be netted with anyone)");
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
        if (companies.Count == 0)
        {
            terminal.Line($"{report.Company} has no flow in this window.");
        }
        else
        {
            PrintCompanies(terminal, report, currency, companies);
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

        Tables.Scope(terminal, report.Cut, report.Incomplete.Count);
    }

    private static void PrintCompanies(Terminal terminal, CircularReport report, Currency currency, List<CompanyCircularity> companies)
    {
        var hops = Hops(report).Where(hop => hop > 1).ToList();
        var (path, any) = report.Via == Via.Purchases
            ? ("any path", (Func<CompanyCircularity, double?>)(company => company.RoundTrip.Any))
            : ("any path via all", company => company.RoundTrip.AnyViaAll);
        var table = Tables.Create(
        [
            ("Company", false), ($"Invested {currency}", true), ("came back direct", true), .. hops.Select(hop => ($"within {hop}", true)), (path, true),
            ($"traced ({CircularReport.NameOf(companies[0].Traced.Method)})", true),
            ("financed revenue", true), ("pro rata", true), ("outside revenue", true), ("revenue less own money", true),
        ]);
        foreach (var company in companies.Take(CompaniesShown))
        {
            table.Row(
            [
                company.Company.Value,
                Figures.Exact(company.Invested),
                Figures.Percent(company.RoundTrip.Direct),
                .. hops.Select(hop => Figures.Percent(company.RoundTrip.WithinHops[hop - 1])),
                Figures.Percent(any(company)),
                Figures.Percent(company.Traced.Ratio),
                Figures.Percent(company.FinancedRevenueShare),
                Figures.Percent(company.FinancedRevenueShareProRata),
                Figures.Exact(company.OutsideRevenue),
                Figures.Exact(company.RevenueWithoutFinanced),
            ]);
        }

        Tables.Write(terminal, table, "Of what each company invested, how much can have come back as purchases, and how much did when every payment is followed");
        if (report.Company is not null && companies is [{ Financed.Sales: > 0 } one])
        {
            PrintAttributions(terminal, currency, one);
        }

        if (companies.Count > CompaniesShown)
        {
            terminal.Out.MarkupLine($"[grey]and {companies.Count - CompaniesShown} more (--output json lists all)[/]");
        }
    }

    /// <summary>How much of one company's revenue is its own money depends on which money its buyers are said to spend first.</summary>
    private static void PrintAttributions(Terminal terminal, Currency currency, CompanyCircularity company)
    {
        var (financed, revenue) = (company.Financed, company.Financed.Sales + company.OutsideRevenue);
        var table = Tables.Create(("Buyers spend", false), ($"its own money {currency}", true), ("of its sales", true), ($"revenue without it {currency}", true));
        void Row(string what, decimal own, double? share) => table.Row(what, Figures.Exact(own), Figures.Percent(share), Figures.Exact(revenue - own));
        Row($"{company.Company}'s money first (a bound)", financed.Financed, financed.Share);
        foreach (var (method, share) in financed.Traced)
        {
            Row(WordOf(method), decimal.Round((decimal)((share ?? 0) * (double)financed.Sales), 2), share);
        }

        Tables.Write(terminal, table, $"How much of {company.Company}'s revenue of {Figures.Exact(revenue)} {currency} is its own money");
    }

    private static string WordOf(TraceMethod method) => method switch
    {
        TraceMethod.Haircut => "all alike (haircut, pro rata)",
        TraceMethod.Fifo => "what came in first (fifo)",
        _ => "what came in last (lifo)",
    };

    public static string PathOf(IReadOnlyList<CompanyId> companies) => string.Join(" -> ", companies.Append(companies[0]));
}
