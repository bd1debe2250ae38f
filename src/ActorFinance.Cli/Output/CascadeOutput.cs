using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>What <c>cascade</c> answers, narrowed to one company when asked.</summary>
internal sealed record CascadeReport(ResolvedCut Cut, IReadOnlyList<Ungrounded> Incomplete, CascadeQuestion Question, CascadeAnswer Answer, CompanyId? Company)
{
    public IEnumerable<CascadeCompany> Companies => Answer.Companies.Where(one => Company is null || one.Company == Company);

    public IEnumerable<CascadeCreditor> Creditors => Answer.Creditors.Where(one => Company is null || one.Debtor == Company || one.Creditor == Company);
}

internal static class CascadeOutput
{
    private const int CompaniesShown = 20;

    public static void Print(Terminal terminal, OutputForm form, CascadeReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, ToJson(report));
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["company", "obligations", "cash", "received", "paid", "shortfall", "round"],
                    report.Companies.Select(one => (IEnumerable<string?>)
                    [
                        one.Company.Value, JsonAnswer.Amount(one.Obligations), JsonAnswer.Amount(one.Cash), JsonAnswer.Amount(one.Received),
                        JsonAnswer.Amount(one.Paid), JsonAnswer.Amount(one.Shortfall), one.Round is { } round ? JsonAnswer.Amount(round) : null,
                    ]));
                break;
            default:
                PrintTables(terminal, report);
                break;
        }
    }

    private static JsonObject ToJson(CascadeReport report)
    {
        var json = JsonAnswer.Head(report.Cut, report.Incomplete);
        json["from"] = report.Question.Window.From.ToString();
        json["to"] = report.Question.Window.To.ToString();
        json["firmness"] = report.Question.Firmness.ToString().ToLowerInvariant();
        json["currency"] = report.Answer.Currency?.Code;
        json["recovery"] = JsonAnswer.Ratio((double?)report.Question.Recovery);
        json["forced"] = JsonAnswer.List(report.Question.Forced, company => company.Value);
        json["rounds"] = JsonAnswer.List(report.Answer.Rounds, round => new JsonObject
        {
            ["round"] = round.Number,
            ["failed"] = JsonAnswer.List(round.Failed, company => company.Value),
            ["received"] = JsonAnswer.List(round.Received, receipt => new JsonObject
            {
                ["creditor"] = Name(receipt.Creditor),
                ["received"] = JsonAnswer.Amount(receipt.Received),
            }),
        });
        json["companies"] = JsonAnswer.List(report.Companies, one => new JsonObject
        {
            ["company"] = one.Company.Value,
            ["obligations"] = JsonAnswer.Amount(one.Obligations),
            ["cash"] = JsonAnswer.Amount(one.Cash),
            ["hasOpening"] = one.HasOpening,
            ["received"] = JsonAnswer.Amount(one.Received),
            ["paid"] = JsonAnswer.Amount(one.Paid),
            ["shortfall"] = JsonAnswer.Amount(one.Shortfall),
            ["round"] = one.Round,
        });
        json["creditors"] = JsonAnswer.List(report.Creditors, one => new JsonObject
        {
            ["debtor"] = one.Debtor.Value,
            ["creditor"] = Name(one.Creditor),
            ["owed"] = JsonAnswer.Amount(one.Owed),
            ["received"] = JsonAnswer.Amount(one.Received),
        });
        return json;
    }

    private static string Name(CompanyId? creditor) => creditor?.Value ?? HolderId.Outside.Value;

    private static void PrintTables(Terminal terminal, CascadeReport report)
    {
        if (report.Answer.Companies.Count == 0)
        {
            terminal.Line("Nothing is due in this window. A wider --from and --to, or --firmness announced, may show some.");
            return;
        }

        var currency = report.Answer.Currency!.Value;
        var companies = report.Companies.OrderByDescending(one => one.Shortfall).ThenByDescending(one => one.Obligations).ThenBy(one => one.Company).ToList();
        var table = Tables.Create(("Company", false), ("Owes", true), ("Cash", true), ("Receives", true), ("Pays", true), ("Shortfall", true), ("Fails in", false));
        foreach (var one in companies.Take(CompaniesShown))
        {
            table.Row(
                one.Company.Value,
                Rounded(one.Obligations),
                Rounded(one.Cash) + (one.HasOpening ? "" : " change"),
                Rounded(one.Received),
                Rounded(one.Paid),
                one.Shortfall == 0 ? Figures.None : Rounded(one.Shortfall),
                one.Round switch { null => "", 0 => "made to fail", { } round => $"round {round}" });
        }

        Tables.Write(terminal, table, $"Who pays what is due ({report.Question.Firmness.ToString().ToLowerInvariant()}, {currency})");
        More(terminal, companies.Count, "companies");
        foreach (var round in report.Answer.Rounds)
        {
            terminal.Line($"Round {round.Number}: {string.Join(", ", round.Failed)} {(round.Number == 0 ? "made to fail" : "cannot pay")}");
        }

        PrintLosses(terminal, report);
        if (companies.Any(one => !one.HasOpening))
        {
            terminal.Out.MarkupLine("[grey]change: no opening balance is recorded, so the cash is only what moved, and a failure may be no more than that[/]");
        }

        Tables.Scope(terminal, report.Cut, report.Incomplete.Count);
    }

    private static void PrintLosses(Terminal terminal, CascadeReport report)
    {
        var losing = report.Creditors.Where(one => one.Received < one.Owed).OrderByDescending(one => one.Owed - one.Received).ThenBy(one => one.Debtor).ToList();
        if (losing.Count == 0)
        {
            terminal.Line("Everybody gets what is due.");
            return;
        }

        var table = Tables.Create(("Creditor", false), ("of", false), ("Owed", true), ("Gets", true), ("Loses", true));
        foreach (var one in losing.Take(CompaniesShown))
        {
            table.Row(Name(one.Creditor), one.Debtor.Value, Rounded(one.Owed), Rounded(one.Received), Rounded(one.Owed - one.Received));
        }

        Tables.Write(terminal, table, "Who gets less than is due");
        More(terminal, losing.Count, "creditors");
    }

    private static string Rounded(decimal amount) => Figures.Exact(decimal.Round(amount, 2));

    private static void More(Terminal terminal, int count, string what)
    {
        if (count > CompaniesShown)
        {
            terminal.Line($"and {count - CompaniesShown} more {what}");
        }
    }
}
