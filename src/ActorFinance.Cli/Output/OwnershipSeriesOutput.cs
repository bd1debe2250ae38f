using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;

namespace ActorFinance.Cli.Output;

/// <summary>Direct ownership over time: a line a holder for people, a row a point and holder for programs.</summary>
internal static class OwnershipSeriesOutput
{
    private const int HoldersShown = 12;
    private const int PlotWidth = 48;
    private const string Levels = " ▁▂▃▄▅▆▇█";

    public static void Print(Terminal terminal, OutputForm form, OwnershipReport report, SeriesStep step)
    {
        var all = report.Issuers.Select(issuer => OwnershipSeries.Of(report.Register.Issuer(issuer.Issuer)!, report.Basis, step, report.Cut.AsOf)).ToList();
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(report.Cut, report.Register.Ungrounded);
                json["basis"] = report.BasisName;
                json["series"] = JsonAnswer.List(all, series => new JsonObject
                {
                    ["issuer"] = series.Issuer.Value,
                    ["points"] = JsonAnswer.List(series.Points, point => new JsonObject
                    {
                        ["at"] = point.At.ToString(),
                        ["outstanding"] = JsonAnswer.Amount(point.Ownership.Outstanding),
                        ["holders"] = JsonAnswer.List(point.Ownership.Holders, holder => new JsonObject
                        {
                            ["holder"] = holder.Holder.Value,
                            ["shares"] = JsonAnswer.Amount(holder.Shares),
                            ["direct"] = holder.Direct is { } direct ? JsonValue.Create((double)direct) : null,
                        }),
                    }),
                });
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["issuer", "at", "holder", "shares", "direct", "outstanding"],
                    from series in all
                    from point in series.Points
                    from holder in point.Ownership.Holders
                    select (IEnumerable<string?>)
                    [
                        series.Issuer.Value, point.At.ToString(), holder.Holder.Value, JsonAnswer.Amount(holder.Shares),
                        holder.Direct is { } direct ? JsonAnswer.Amount(direct) : null, JsonAnswer.Amount(point.Ownership.Outstanding),
                    ]);
                break;
            default:
                PrintPlots(terminal, report, all);
                break;
        }
    }

    private static void PrintPlots(Terminal terminal, OwnershipReport report, List<OwnershipSeries> all)
    {
        foreach (var series in all.Where(series => series.Points.Count > 0))
        {
            var held = series.Points.Select(point => point.Ownership.Holders.ToDictionary(holder => holder.Holder, holder => holder.Direct ?? 0)).ToArray();
            var holders = held.SelectMany(point => point.Keys).Distinct().OrderByDescending(holder => held[^1].GetValueOrDefault(holder)).ThenBy(holder => holder).ToList();
            var (first, last) = (series.Points[0].At, series.Points[^1].At);
            var table = Tables.Create(("Holder", false), (Day(first), true), ("0 to 100 %", false), (Day(last), true));
            foreach (var holder in holders.Take(HoldersShown))
            {
                table.Row(
                    holder.Value,
                    Figures.Percent((decimal?)held[0].GetValueOrDefault(holder)),
                    Plot([.. held.Select(point => point.GetValueOrDefault(holder))]),
                    Figures.Percent((decimal?)held[^1].GetValueOrDefault(holder)));
            }

            Tables.Write(terminal, table, $"{series.Issuer} ({report.BasisName}), {Figures.Count(series.Points.Count, "point")}");
            if (holders.Count > HoldersShown)
            {
                terminal.Line($"and {holders.Count - HoldersShown} more");
            }
        }

        Tables.Scope(terminal, report.Cut, report.Register.Ungrounded.Count);
    }

    /// <summary>One character a point, or the last point of each equal part when there are too many; a part above 0 is never drawn as none.</summary>
    private static string Plot(decimal[] parts)
    {
        var width = Math.Min(PlotWidth, parts.Length);
        return string.Concat(Enumerable.Range(1, width).Select(i => Level(parts[(i * parts.Length / width) - 1])));
    }

    private static char Level(decimal part) => Levels[part <= 0 ? 0 : Math.Clamp((int)Math.Round(part * (Levels.Length - 1)), 1, Levels.Length - 1)];

    /// <summary>The end of a period is its last tick, which people call by its day.</summary>
    private static string Day(Instant at) => at.ToDateText();
}
