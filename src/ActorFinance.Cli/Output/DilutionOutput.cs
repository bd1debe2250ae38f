using System.Text.Json.Nodes;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Cli.Commands;

namespace ActorFinance.Cli.Output;

internal static class DilutionOutput
{
    public static void Print(Terminal terminal, OutputForm form, OwnershipReport report)
    {
        var all = report.Issuers
            .Select(issuer => (issuer.Issuer, Rows: Dilution.Of(report.Register.Issuer(issuer.Issuer)!, report.Basis)))
            .ToList();
        switch (form)
        {
            case OutputForm.Json:
                var json = JsonAnswer.Head(report.Cut, report.Register.Ungrounded);
                json["basis"] = report.BasisName;
                json["dilution"] = JsonAnswer.List(all.SelectMany(one => one.Rows.Select(row => (one.Issuer, row))), line => new JsonObject
                {
                    ["issuer"] = line.Issuer.Value,
                    ["at"] = line.row.At.ToString(),
                    ["eventId"] = line.row.Event.Event.ToString(),
                    ["holder"] = line.row.Holder.Value,
                    ["before"] = (double)line.row.Before,
                    ["after"] = (double)line.row.After,
                    ["shares"] = JsonAnswer.Amount(line.row.Shares),
                    ["outstanding"] = JsonAnswer.Amount(line.row.Outstanding),
                });
                JsonAnswer.Print(terminal, json);
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["issuer", "at", "eventId", "holder", "before", "after", "shares", "outstanding"],
                    all.SelectMany(one => one.Rows.Select(row => (IEnumerable<string?>)
                    [
                        one.Issuer.Value, row.At.ToString(), row.Event.Event.ToString(), row.Holder.Value,
                        JsonAnswer.Amount(row.Before), JsonAnswer.Amount(row.After), JsonAnswer.Amount(row.Shares), JsonAnswer.Amount(row.Outstanding),
                    ])));
                break;
            default:
                foreach (var (issuer, rows) in all)
                {
                    var table = Tables.Create(("On", false), ("Holder", false), ("Before", true), ("After", true), ("Shares", true), ("Of", true));
                    foreach (var row in rows)
                    {
                        table.Row(
                            Figures.Moment(row.At), row.Holder.Value, Figures.Percent((decimal?)row.Before), Figures.Percent((decimal?)row.After), Figures.Exact(row.Shares), Figures.Exact(row.Outstanding));
                    }

                    Tables.Write(terminal, table, $"{issuer}: dilution ({report.BasisName})");
                }

                Tables.Scope(terminal, report.Cut, report.Register.Ungrounded.Count);
                break;
        }
    }
}
