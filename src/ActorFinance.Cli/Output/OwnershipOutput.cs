using ActorFinance.Analysis.Ownership;
using ActorFinance.Cli.Commands;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Output;

/// <summary>Who holds whom at one point in time.</summary>
internal static class OwnershipOutput
{
    private const int IssuersShown = 25;
    private const int HoldersShown = 12;
    private const int ControllersShown = 20;

    public static void Print(Terminal terminal, OutputForm form, OwnershipReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["issuer", "holder", "shares", "direct", "lookThrough", "ultimate"],
                    report.Issuers.SelectMany(issuer => report.Lines(issuer).Select(line => (IEnumerable<string?>)
                    [
                        issuer.Issuer.Value, line.Holder.Value, JsonAnswer.Amount(line.Shares), line.Direct is { } direct ? JsonAnswer.Amount(direct) : null,
                        JsonAnswer.Ratio(line.LookThrough)?.ToJsonString(), JsonAnswer.Ratio(line.Ultimate)?.ToJsonString(),
                    ])));
                break;
            default:
                PrintTables(terminal, report);
                break;
        }
    }

    private static void PrintTables(Terminal terminal, OwnershipReport report)
    {
        var issuers = report.Issuers.ToList();
        if (issuers.Count == 0)
        {
            terminal.Line("No shares at this point. Import a cap table (effective,issuer,holder,class,quantity), or look at a later date.");
            return;
        }

        foreach (var issuer in issuers.Take(IssuersShown))
        {
            PrintIssuer(terminal, report, issuer);
        }

        if (issuers.Count > IssuersShown)
        {
            terminal.Out.MarkupLine($"[grey]and {issuers.Count - IssuersShown} more issuers (--company ID shows one, --output json or csv lists all)[/]\n");
        }

        PrintControls(terminal, [.. report.Controls]);
        Tables.Scope(terminal, report.Cut, report.Register.Ungrounded.Count);
    }

    private static void PrintIssuer(Terminal terminal, OwnershipReport report, IssuerOwnership issuer)
    {
        var table = Tables.Create(
            ("Holder", false), (report.Basis == OwnershipBasis.Voting ? "Votes" : "Shares", true), ("Direct", true), ("Look-through", true), ("Ultimate", true), ("Worth", true), ("", false));
        var worths = report.Worths(issuer.Issuer);

        // That an issuer's own shareholders are behind it goes without saying; what it holds of itself does not.
        var lines = report.Lines(issuer).Where(line => line.Shares > 0 || line.Holder != HolderId.Of(issuer.Issuer) || line.LookThrough > 0).ToList();
        foreach (var line in lines.Take(HoldersShown))
        {
            var worth = worths.TryGetValue(line.Holder, out var money) ? money : (Money?)null;
            table.Row(
                line.Holder.Value,
                Figures.Exact(line.Shares),
                Figures.Percent(line.Direct),
                Figures.Percent((decimal?)line.LookThrough),
                Figures.Percent((decimal?)line.Ultimate),
                worth is { } value ? Figures.Exact(decimal.Round(value.Amount, 2)) : Figures.None,
                worth?.Currency.Code ?? "");
        }

        Tables.Write(terminal, table, $"{issuer.Issuer} ({report.BasisName}){(report.IsNotional(issuer.Issuer) ? ", notional: its share count is not published" : "")}");
        if (lines.Count > HoldersShown)
        {
            terminal.Out.MarkupLine($"[grey]and {lines.Count - HoldersShown} more[/]");
        }

        foreach (var left in issuer.LeftOut)
        {
            terminal.Out.MarkupLine($"[grey]left out: convertible {Markup.Escape(left.Value)}, its terms are not published[/]");
        }
    }

    private static void PrintControls(Terminal terminal, List<Controls> controls)
    {
        foreach (var one in controls.Take(ControllersShown))
        {
            terminal.Out.MarkupLine(Markup.Escape($"{one.Company} controls {string.Join(", ", one.Controlled.Take(HoldersShown))}{(one.Controlled.Count > HoldersShown ? $" and {one.Controlled.Count - HoldersShown} more" : "")}"));
        }

        if (controls.Count > ControllersShown)
        {
            terminal.Out.MarkupLine($"[grey]and {controls.Count - ControllersShown} more companies control others[/]");
        }
    }
}
