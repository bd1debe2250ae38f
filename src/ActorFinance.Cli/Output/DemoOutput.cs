using System.Text.Json.Nodes;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Cli.Commands;
using ActorFinance.Journal;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>The story: one column a view, so that what changed stands side by side.</summary>
internal static class DemoOutput
{
    private const int CyclesShown = 3;
    private static readonly Currency Dollar = Value.Parse<Currency>("USD");

    public static void Print(Terminal terminal, OutputForm form, IReadOnlyList<DemoView> views, IJournalStore? journal)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, new JsonObject { ["version"] = JsonAnswer.Version, ["views"] = JsonAnswer.List(views, ToJson) });
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(terminal, views.Select(view => view.Name).Prepend("question"), Rows(views).Select(row => (IEnumerable<string?>)row));
                break;
            default:
                Tell(terminal, views, journal);
                break;
        }
    }

    private static void Tell(Terminal terminal, IReadOnlyList<DemoView> views, IJournalStore? journal)
    {
        terminal.Out.MarkupLine("[bold]NVIDIA and OpenAI: who owns whom, who has cash, and how much of the money only goes round?[/]");
        terminal.Line();
        terminal.Line("September 2025: a letter of intent, up to 100 bn USD, 10 bn for each gigawatt of NVIDIA systems that OpenAI deploys.");
        terminal.Line("February 2026: replaced by 30 bn USD of plain equity. The last column is the letter as if it had been signed.");
        terminal.Line();

        var table = Tables.Create([("", false), .. views.Select(view => (view.Name, true))]);
        foreach (var row in Rows(views))
        {
            table.Row([.. row]);
        }

        Tables.Write(terminal, table);
        terminal.Out.MarkupLine("[grey]* change since the first deal: no opening cash is published. 'All' counts paid, contracted and announced, in kind too.[/]");
        terminal.Line();
        terminal.Out.MarkupLine("[bold]Largest cycles[/] [grey](all; they overlap, so they do not add up)[/]");
        foreach (var view in views)
        {
            terminal.Line($"  {view.Title}");
            foreach (var cycle in view.Promised.Cycles.Take(CyclesShown))
            {
                terminal.Line($"    {Figures.Short(cycle.Bottleneck, Dollar),16}  {CircularOutput.PathOf(cycle.Companies)}");
            }

            if (!view.Promised.Cycles.Any())
            {
                terminal.Line("    none");
            }
        }

        terminal.Line();
        if (journal is null)
        {
            terminal.Line("Keep the books and look for yourself:");
            terminal.Line("  actorfinance demo --journal ai.db");
            terminal.Line("  actorfinance events --journal ai.db --company openai --as-known 2025-10-01");
            terminal.Line("  actorfinance circular --journal ai.db --firmness announced --in-kind");
        }
        else
        {
            terminal.Line("Look for yourself:");
            terminal.Line($"  actorfinance events --journal {journal.Name} --company openai --as-known 2025-10-01");
            terminal.Line($"  actorfinance circular --journal {journal.Name} --firmness announced --in-kind");
            terminal.Line($"  actorfinance ownership --journal {journal.Beside("seed").Name} --dilution");
        }

        if (!IsOnPath())
        {
            terminal.Out.MarkupLine("[grey]  (actorfinance here: dotnet run -c Release --project src/ActorFinance.Cli --)[/]");
        }
    }

    private static bool IsOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "actorfinance")));

    private static IEnumerable<string[]> Rows(IReadOnlyList<DemoView> views)
    {
        string[] Row(string question, Func<DemoView, string> answer) => [question, .. views.Select(answer)];

        yield return Row("NVIDIA paid into OpenAI", view => Figures.Short(view.Invested, Dollar));
        yield return Row("NVIDIA's part of OpenAI", view => Figures.Percent(HolderOf(view, HolderId.Of(DemoView.Investor))?.Direct));
        yield return Row("largest other holder", Largest);
        yield return Row("NVIDIA's cash", view => Cash(view, DemoView.Investor));
        yield return Row("OpenAI's cash", view => Cash(view, DemoView.Investee));
        yield return Row("back to NVIDIA, paid", view => Figures.Percent(DemoView.Of(view.Paid, DemoView.Investor)?.RoundTrip.Any));
        yield return Row("back to NVIDIA, all", view => Figures.Percent(DemoView.Of(view.Promised, DemoView.Investor)?.RoundTrip.Any));
        yield return Row("NVIDIA's sales it financed, all", view => Figures.Percent(DemoView.Of(view.Promised, DemoView.Investor)?.FinancedRevenueShare));
        yield return Row("cycling index, paid", view => Figures.Percent(view.Paid.Answer.FinnCyclingIndex));
        yield return Row("cycling index, all", view => Figures.Percent(view.Promised.Answer.FinnCyclingIndex));
        yield return Row("deals without a price", view => view.Paid.Answer.UnpricedDeals.ToString());
    }

    private static HolderOwnership? HolderOf(DemoView view, HolderId holder) => view.Investees?.Holders.FirstOrDefault(one => one.Holder == holder);

    private static string Largest(DemoView view) =>
        view.Investees?.Holders.FirstOrDefault(holder => holder.Holder != HolderId.Of(DemoView.Investor) && !holder.Holder.IsOutside) is { } holder
            ? $"{holder.Holder} {Figures.Percent(holder.Direct)}"
            : Figures.None;

    private static string Cash(DemoView view, CompanyId company) =>
        view.CashOf(company) is { } balance ? Figures.Short(balance.Amount, balance.Currency) + (balance.HasOpening ? "" : "*") : Figures.None;

    private static JsonObject ToJson(DemoView view) => new()
    {
        ["name"] = view.Name,
        ["invested"] = JsonAnswer.Amount(view.Invested),
        ["cash"] = JsonAnswer.List(new[] { DemoView.Investor, DemoView.Investee }, company => new JsonObject
        {
            ["company"] = company.Value,
            ["amount"] = view.CashOf(company) is { } balance ? JsonAnswer.Amount(balance.Amount) : null,
        }),
        ["holders"] = JsonAnswer.List(view.Investees?.Holders ?? [], holder => new JsonObject
        {
            ["holder"] = holder.Holder.Value,
            ["direct"] = holder.Direct is { } direct ? JsonValue.Create((double)direct) : null,
        }),
        ["paid"] = Circle(view.Paid),
        ["all"] = Circle(view.Promised),
    };

    private static JsonObject Circle(CircularReport report) => new()
    {
        ["finnCyclingIndex"] = JsonAnswer.Ratio(report.Answer.FinnCyclingIndex),
        ["any"] = JsonAnswer.Ratio(DemoView.Of(report, DemoView.Investor)?.RoundTrip.Any),
        ["financedRevenueShare"] = JsonAnswer.Ratio(DemoView.Of(report, DemoView.Investor)?.FinancedRevenueShare),
        ["unpricedDeals"] = report.Answer.UnpricedDeals,
        ["cycles"] = JsonAnswer.List(report.Answer.Cycles, cycle => new JsonObject
        {
            ["companies"] = JsonAnswer.List(cycle.Companies, company => company.Value),
            ["bottleneck"] = JsonAnswer.Amount(cycle.Bottleneck),
        }),
    };
}
