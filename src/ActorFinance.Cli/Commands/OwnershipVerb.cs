using System.CommandLine;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;
using Spectre.Console;

namespace ActorFinance.Cli.Commands;

internal static class OwnershipVerb
{
    private const int HoldersShown = 12;

    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var basis = new Option<OwnershipBasis>("--basis")
        {
            Description = "outstanding: shares as converted to common; voting: votes; fully-diluted: with warrants, convertibles and pools.",
            HelpName = "outstanding|voting|fully-diluted",
            DefaultValueFactory = _ => OwnershipBasis.Outstanding,
            CustomParser = result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case "outstanding":
                        return OwnershipBasis.Outstanding;
                    case "voting":
                        return OwnershipBasis.Voting;
                    case "fully-diluted":
                        return OwnershipBasis.FullyDiluted;
                    default:
                        result.AddError($"--basis '{result.Tokens[0].Value}' must be outstanding, voting or fully-diluted");
                        return default;
                }
            },
        };
        var dilution = new Option<bool>("--dilution") { Description = "How each holder's fraction changed, event by event." };
        var command = new Command("ownership", "Who holds how much of whom, and what it is worth at the last recorded price.\n\nExample: actorfinance ownership --company openai --basis fully-diluted --as-of 2028-12-31")
        {
            journal, output, asOf, asKnown, company, basis, dilution,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var cut = BookReading.Cut(book, parsed.GetValue(asOf), parsed.GetValue(asKnown)!);
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(book, one);
            }

            var report = OwnershipReport.Of(new OwnershipIndex(book), cut, parsed.GetValue(basis), parsed.GetValue(company));
            var form = parsed.GetValue(output);
            if (parsed.GetValue(dilution))
            {
                DilutionOutput.Print(terminal, form, report);
            }
            else
            {
                Print(terminal, form, report);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Terminal terminal, OutputForm form, OwnershipReport report)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, report.ToJson());
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["issuer", "holder", "shares", "direct"],
                    report.Answer.Issuers.SelectMany(issuer => issuer.Holders.Select(holder => (IEnumerable<string?>)
                        [issuer.Issuer.Value, holder.Holder.Value, JsonAnswer.Amount(holder.Shares), holder.Direct is { } direct ? JsonAnswer.Amount(direct) : null])));
                break;
            default:
                PrintTables(terminal, report);
                break;
        }
    }

    private static void PrintTables(Terminal terminal, OwnershipReport report)
    {
        if (report.Answer.Issuers.Count == 0)
        {
            terminal.Line("No shares at this point. Import a cap table (effective,issuer,holder,class,quantity), or look at a later date.");
            return;
        }

        foreach (var issuer in report.Answer.Issuers)
        {
            var table = Tables.Create(("Holder", false), (report.Answer.Basis == OwnershipBasis.Voting ? "Votes" : "Shares", true), ("Part", true), ("Worth", true), ("", false));
            foreach (var holder in issuer.Holders.Take(HoldersShown))
            {
                var worth = report.WorthOf(issuer.Issuer, holder.Holder);
                table.Row(
                    holder.Holder.Value,
                    Figures.Exact(holder.Shares),
                    Figures.Percent(holder.Direct),
                    worth is { } money ? Figures.Exact(decimal.Round(money.Amount, 2)) : Figures.None,
                    worth?.Currency.Code ?? "");
            }

            Tables.Write(terminal, table, $"{issuer.Issuer} ({report.BasisName}){(report.IsNotional(issuer.Issuer) ? ", notional: its share count is not published" : "")}");
            if (issuer.Holders.Count > HoldersShown)
            {
                terminal.Out.MarkupLine($"[grey]and {issuer.Holders.Count - HoldersShown} more[/]");
            }

            foreach (var left in issuer.LeftOut)
            {
                terminal.Out.MarkupLine($"[grey]left out: convertible {Markup.Escape(left.Value)}, its terms are not published[/]");
            }
        }

        Tables.Scope(terminal, report.Cut, report.Register.Ungrounded.Count);
    }
}

/// <summary>What <c>ownership</c> answers; the demo tells its story from the same figures.</summary>
internal sealed record OwnershipReport(ResolvedCut Cut, ShareRegister Register, OwnershipAnswer Answer)
{
    public string BasisName => Answer.Basis switch
    {
        OwnershipBasis.Voting => "voting",
        OwnershipBasis.FullyDiluted => "fully-diluted",
        _ => "outstanding",
    };

    public static OwnershipReport Of(OwnershipIndex index, Cut cut, OwnershipBasis basis, CompanyId? company) =>
        Of(index.Book.Resolve(cut), index.At(cut), basis, company);

    public static OwnershipReport Of(ResolvedCut cut, ShareRegister register, OwnershipBasis basis, CompanyId? company)
    {
        var answer = OwnershipTable.Of(register, basis);
        return new(cut, register, company is { } one ? answer with { Issuers = answer.Issuers.Where(issuer => issuer.Issuer == one).ToValueList() } : answer);
    }

    public bool IsNotional(CompanyId issuer) => Register.Issuer(issuer)?.Classes.Any(share => share.Notional) ?? false;

    /// <summary>All classes of a holder at their last prices, when there is one currency.</summary>
    public Money? WorthOf(CompanyId issuer, HolderId holder)
    {
        if (Register.Issuer(issuer) is not { } register)
        {
            return null;
        }

        var stakes = StakeValue.Of(register).Where(stake => stake.Holder == holder && stake.Value is not null).ToList();
        return stakes.Count > 0 && stakes.Select(stake => stake.Currency).Distinct().Count() == 1
            ? Money.Total(stakes.Sum(stake => stake.Value!.Value), stakes[0].Currency!.Value)
            : null;
    }

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Cut, Register.Ungrounded);
        json["basis"] = BasisName;
        json["issuers"] = JsonAnswer.List(Answer.Issuers, issuer => new JsonObject
        {
            ["issuer"] = issuer.Issuer.Value,
            ["outstanding"] = JsonAnswer.Amount(issuer.Outstanding),
            ["notional"] = IsNotional(issuer.Issuer),
            ["pool"] = JsonAnswer.Amount(issuer.Pool),
            ["leftOut"] = JsonAnswer.List(issuer.LeftOut, left => left.Value),
            ["holders"] = JsonAnswer.List(issuer.Holders, holder => Holder(issuer.Issuer, holder)),
        });
        return json;
    }

    private JsonObject Holder(CompanyId issuer, HolderOwnership holder)
    {
        var json = new JsonObject
        {
            ["holder"] = holder.Holder.Value,
            ["shares"] = JsonAnswer.Amount(holder.Shares),
            ["direct"] = holder.Direct is { } direct ? JsonValue.Create((double)direct) : null,
            ["events"] = JsonAnswer.List(holder.Events, reference => reference.Event.ToString()),
        };
        if (WorthOf(issuer, holder.Holder) is { } worth)
        {
            json["stakeValue"] = new JsonObject { ["amount"] = JsonAnswer.Amount(worth.Amount), ["currency"] = worth.Currency.Code };
        }

        return json;
    }
}
