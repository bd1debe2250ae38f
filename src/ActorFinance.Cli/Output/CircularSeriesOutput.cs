using System.Text.Json.Nodes;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Cli.Commands;

namespace ActorFinance.Cli.Output;

/// <summary>The measures over one window after the other, with a bar each so that the course shows.</summary>
internal static class CircularSeriesOutput
{
    private const int BarCells = 24;
    private static readonly string[] Eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

    public static void Print(Terminal terminal, OutputForm form, CircularQuestionAsked question, CircularSeries series)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, ToJson(question, series));
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["from", "to", "currency", "finnCyclingIndex", "circulationShare", "nettingShare", "company", "invested", "direct", "any", "anyViaAll", "traced", "financedRevenueShare", "financedRevenueShareProRata"],
                    series.Points.Select(point => (IEnumerable<string?>)
                    [
                        point.From.ToString(), point.To.ToString(), point.Currency?.Code,
                        Text(point.FinnCyclingIndex), Text(point.CirculationShare), Text(point.NettingShare), .. OfCompany(question, point),
                    ]));
                break;
            default:
                PrintTable(terminal, question, series);
                break;
        }
    }

    private static JsonObject ToJson(CircularQuestionAsked question, CircularSeries series)
    {
        var json = JsonAnswer.Head(question.Book.Resolve(question.Cut), question.IncompleteKnowledge());
        json["every"] = series.Step.ToString().ToLowerInvariant();
        json["window"] = series.Rolling?.ToString();
        json["company"] = question.Options.Company?.Value;
        json["series"] = JsonAnswer.List(series.Points, point =>
        {
            var one = new JsonObject { ["from"] = point.From.ToString(), ["to"] = point.To.ToString(), ["currency"] = point.Currency?.Code };
            CircularReport.AddNetwork(one, point);
            one["companies"] = JsonAnswer.List(point.Companies, CircularReport.ToJson);
            one["direct"] = JsonAnswer.List(point.Direct, company => new JsonObject
            {
                ["company"] = company.Company.Value,
                ["invested"] = JsonAnswer.Amount(company.Invested),
                ["roundTrip"] = JsonAnswer.Ratio(company.RoundTrip),
                ["financedRevenueShare"] = JsonAnswer.Ratio(company.FinancedRevenueShare),
            });
            one["cycles"] = JsonAnswer.List(point.Cycles, CircularReport.ToJson);
            return one;
        });
        return json;
    }

    private static IEnumerable<string?> OfCompany(CircularQuestionAsked question, CircularAnswer point)
    {
        var one = point.Companies.FirstOrDefault();
        return
        [
            question.Options.Company?.Value, one is null ? null : JsonAnswer.Amount(one.Invested), Text(one?.RoundTrip.Direct), Text(one?.RoundTrip.Any),
            Text(one?.RoundTrip.AnyViaAll), Text(one?.Traced.Ratio), Text(one?.FinancedRevenueShare), Text(one?.FinancedRevenueShareProRata),
        ];
    }

    private static void PrintTable(Terminal terminal, CircularQuestionAsked question, CircularSeries series)
    {
        if (series.Points.Count == 0)
        {
            terminal.Line(CircularOutput.NothingFlowed);
            return;
        }

        var company = question.Options.Company;
        var (title, shown) = company is null
            ? ("Cycling index (Finn)", series.Points.Select(point => point.FinnCyclingIndex).ToList())
            : ($"Traced back to {company}", series.Points.Select(point => point.Companies.FirstOrDefault()?.Traced.Ratio).ToList());
        var top = shown.Max() is > 0 and var largest ? largest : 1;
        var bars = shown.Max() > 0 ? $"{title}, full bar {Figures.Percent(top)}" : title;
        var table = company is null
            ? Tables.Create(("Up to", false), ("", true), (bars, false), ("could be netted", true), ("Largest cycle", false))
            : Tables.Create(("Up to", false), ("", true), (bars, false), ("Invested", true), ("direct", true), ("any path", true), ("financed revenue", true));
        var rows = new List<string[]>();
        foreach (var (point, ratio) in series.Points.Zip(shown))
        {
            string[] first = [point.To.ToDateText(), Figures.Percent(ratio), Bar(ratio / top)];
            if (company is null)
            {
                rows.Add([.. first, Figures.Percent(point.CirculationShare), point.Cycles.Count > 0 ? CircularOutput.PathOf(point.Cycles[0].Companies) : Figures.None]);
            }
            else
            {
                var one = point.Companies.FirstOrDefault();
                rows.Add([.. first, Figures.Exact(one?.Invested ?? 0), Figures.Percent(one?.RoundTrip.Direct), Figures.Percent(one?.RoundTrip.Any), Figures.Percent(one?.FinancedRevenueShare)]);
            }
        }

        foreach (var row in Folded(rows))
        {
            table.Row(row);
        }

        Tables.Write(terminal, table, series.Rolling is { } rolling ? $"Windows of {rolling}" : "Up to the end of each period");
        Tables.Scope(terminal, question.Book.Resolve(question.Cut), question.IncompleteKnowledge().Count);
    }

    /// <summary>Of periods in which nothing changes the first and the last, and how many lie between: years of nothing would push the story off the screen.</summary>
    private static IEnumerable<string[]> Folded(List<string[]> rows)
    {
        for (var start = 0; start < rows.Count;)
        {
            var end = start + 1;
            while (end < rows.Count && rows[end].AsSpan(1).SequenceEqual(rows[start].AsSpan(1)))
            {
                end++;
            }

            var between = end - start - 2;
            yield return rows[start];
            if (between > 1)
            {
                yield return ["", "", $"{between} more without a change", .. Enumerable.Repeat("", rows[start].Length - 3)];
            }
            else if (between == 1)
            {
                yield return rows[start + 1];
            }

            if (end - start > 1)
            {
                yield return rows[end - 1];
            }

            start = end;
        }
    }

    private static string Bar(double? share)
    {
        if (share is not { } part)
        {
            return "";
        }

        var eighths = (int)Math.Round(Math.Clamp(part, 0, 1) * BarCells * 8);
        return new string('█', eighths / 8) + Eighths[eighths % 8];
    }

    private static string? Text(double? ratio) => ratio?.ToString("R");
}
