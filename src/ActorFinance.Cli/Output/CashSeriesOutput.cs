using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;

namespace ActorFinance.Cli.Output;

/// <summary>Balances over time, one row a point.</summary>
internal static class CashSeriesOutput
{
    public static void Print(Terminal terminal, OutputForm form, BookIndex book, Cut cut, CompanyId? company, SeriesStep step)
    {
        var index = book.Cash;
        var promised = book.Publish().Promises.At(cut);
        CommitmentFold.Of(promised);
        var incomplete = promised.IncompleteKnowledge;
        var all = index.At(cut, company).Balances
            .Select(balance => CashSeries.Of(index, cut, balance.Company, balance.Currency, step))
            .Where(series => series.Points.Count > 0)
            .ToList();
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(promised.Resolved, incomplete);
                json["series"] = JsonAnswer.List(all, series => new System.Text.Json.Nodes.JsonObject
                {
                    ["company"] = series.Company.Value,
                    ["currency"] = series.Currency.Code,
                    ["points"] = JsonAnswer.List(series.Points, point => new System.Text.Json.Nodes.JsonObject
                    {
                        ["at"] = point.At.ToString(),
                        ["amount"] = JsonAnswer.Amount(point.Amount),
                        ["received"] = JsonAnswer.Amount(point.Received),
                        ["paid"] = JsonAnswer.Amount(point.Paid),
                        ["events"] = JsonAnswer.List(point.Events, id => id.ToString()),
                    }),
                });
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["company", "currency", "at", "amount", "received", "paid"],
                    all.SelectMany(series => series.Points.Select(point => (IEnumerable<string?>)
                    [
                        series.Company.Value, series.Currency.Code, point.At.ToString(),
                        JsonAnswer.Amount(point.Amount), JsonAnswer.Amount(point.Received), JsonAnswer.Amount(point.Paid),
                    ])));
                break;
            default:
                PrintTables(terminal, all, step, promised.Resolved, incomplete.Count);
                break;
        }
    }

    private static void PrintTables(Terminal terminal, List<CashSeries> all, SeriesStep step, ResolvedCut cut, int incomplete)
    {
        if (all.Count == 0)
        {
            terminal.Line("No cash moved up to this point.");
            return;
        }

        foreach (var series in all)
        {
            var table = Tables.Create(("At", false), ("Received", true), ("Paid", true), ("Balance", true));
            foreach (var point in series.Points)
            {
                table.Row(step == SeriesStep.Change ? Figures.Moment(point.At) : Figures.End(point.At), Figures.Exact(point.Received), Figures.Exact(point.Paid), Figures.Exact(point.Amount));
            }

            Tables.Write(terminal, table, $"{series.Company}, {series.Currency}");
        }

        Tables.Scope(terminal, cut, incomplete);
    }
}
