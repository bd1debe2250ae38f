using System.CommandLine;
using System.Text.Json.Nodes;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal static class CircularVerb
{
    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var (from, to) = (CommonOptions.From(), CommonOptions.To());
        var firmness = new Option<Firmness>("--firmness")
        {
            Description = "paid; contracted: also what commitments leave open; announced: also headline amounts of deals only announced.",
            HelpName = "paid|contracted|announced",
            DefaultValueFactory = _ => Firmness.Paid,
        };
        var inKind = new Option<bool>("--in-kind") { Description = "Count what was given in kind too." };
        var currency = new Option<Currency?>("--currency")
        {
            Description = "Report in this currency, at the recorded rates.",
            HelpName = "CODE",
            CustomParser = result =>
            {
                if (Currency.TryParse(result.Tokens[0].Value, out var code))
                {
                    return code;
                }

                result.AddError($"--currency '{result.Tokens[0].Value}' must be {Currency.Rule}");
                return null;
            },
        };
        var cycles = new Option<int>("--cycles") { Description = "How many cycles are named.", DefaultValueFactory = _ => 10 };
        var length = new Option<int>("--length") { Description = "The most companies on a named cycle.", DefaultValueFactory = _ => 5 };
        var command = new Command("circular", "How much of the money only goes round: round trips, financed revenue, the cycling index, and the cycles by name.\n\nExample: actorfinance circular --from 2025-01-01 --to 2026-04-30 --firmness announced")
        {
            journal, output, asOf, asKnown, company, from, to, firmness, inKind, currency, cycles, length,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(cycles) is not null && result.GetValue(cycles) is < 0 or > 1000) || (result.GetResult(length) is not null && result.GetValue(length) is < 2 or > 12))
            {
                result.AddError("--cycles must be 0 to 1000 and --length 2 to 12");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var cut = BookReading.Cut(book, parsed.GetValue(asOf), parsed.GetValue(asKnown)!);
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(book, one);
            }

            var options = new FlowOptions
            {
                InKind = parsed.GetValue(inKind),
                ReportingCurrency = parsed.GetValue(currency),
                CyclesMax = parsed.GetValue(cycles),
                CycleLengthMax = parsed.GetValue(length),
            };
            var window = new FlowWindow(parsed.GetValue(from), parsed.GetValue(to));
            var flow = CircularView.At(new CircularFlowIndex(book), cut, window, parsed.GetValue(firmness), options);
            if (flow.Value is not { } answer)
            {
                throw new CliFailure(ExitCode.Refused, flow.Error!.Message + (flow.Error is FlowError.TotalTooLarge ? "" : " (--currency CODE)"));
            }

            CircularOutput.Print(terminal, parsed.GetValue(output), new(book.Resolve(cut), answer, parsed.GetValue(company)));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What <c>circular</c> answers; the demo tells its story from the same figures.</summary>
internal sealed record CircularReport(ResolvedCut Cut, CircularAnswer Answer, CompanyId? Company)
{
    public IEnumerable<CompanyCircularity> Companies => Answer.Companies.Where(one => Company is null || one.Company == Company);

    public IEnumerable<NamedCycle> Cycles => Answer.Cycles.Where(cycle => Company is not { } one || cycle.Companies.Contains(one));

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Cut, []);
        json["from"] = Answer.From.ToString();
        json["to"] = Answer.To.ToString();
        json["currency"] = Answer.Currency?.Code;
        json["finnCyclingIndex"] = JsonAnswer.Ratio(Answer.FinnCyclingIndex);
        json["closed"] = JsonAnswer.List(Answer.Closed, group => JsonAnswer.List(group, company => company.Value));
        json["unpricedDeals"] = Answer.UnpricedDeals;
        json["refundsLeftOut"] = JsonAnswer.Amount(Answer.RefundsLeftOut);
        json["companies"] = JsonAnswer.List(Companies, company => new JsonObject
        {
            ["company"] = company.Company.Value,
            ["invested"] = JsonAnswer.Amount(company.Invested),
            ["roundTrip"] = new JsonObject
            {
                ["direct"] = JsonAnswer.Ratio(company.RoundTrip.Direct),
                ["any"] = JsonAnswer.Ratio(company.RoundTrip.Any),
                ["pairs"] = JsonAnswer.List(company.RoundTrip.Pairs, pair => new JsonObject
                {
                    ["company"] = pair.Company.Value,
                    ["invested"] = JsonAnswer.Amount(pair.Invested),
                    ["purchased"] = JsonAnswer.Amount(pair.Purchased),
                    ["ratio"] = JsonAnswer.Ratio(pair.Ratio),
                }),
            },
            ["spentBack"] = new JsonObject
            {
                ["received"] = JsonAnswer.Amount(company.SpentBack.Received),
                ["ratio"] = JsonAnswer.Ratio(company.SpentBack.Ratio),
            },
            ["financedRevenueShare"] = JsonAnswer.Ratio(company.FinancedRevenueShare),
            ["outsideRevenue"] = JsonAnswer.Amount(company.OutsideRevenue),
            ["revenueWithoutFinanced"] = JsonAnswer.Amount(company.RevenueWithoutFinanced),
        });
        json["cycles"] = JsonAnswer.List(Cycles, cycle => new JsonObject
        {
            ["companies"] = JsonAnswer.List(cycle.Companies, company => company.Value),
            ["bottleneck"] = JsonAnswer.Amount(cycle.Bottleneck),
        });
        return json;
    }
}
