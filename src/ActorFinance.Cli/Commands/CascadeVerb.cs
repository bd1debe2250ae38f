using System.CommandLine;
using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal static class CascadeVerb
{
    public static Command Create(Terminal terminal)
    {
        var (journal, output, asOf, asKnown, company) =
            (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var (from, to) = (CommonOptions.From(), CommonOptions.To());
        var firmness = Firm();
        var recovery = Recovery();
        var currency = CommonOptions.Currency();
        var defaults = Defaults();
        var command = new Command(
            "cascade",
            "Who cannot pay what is due, who then cannot either, round by round, and what each creditor gets.\n\n"
            + "Example: actorfinance cascade --from 2026-01-01 --to 2027-12-31 --firmness announced --recovery 0.4 --default openai")
        {
            journal, output, asOf, asKnown, company, from, to, firmness, recovery, currency, defaults,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var cut = BookReading.Cut(book, parsed.End(asOf), parsed.Known(asKnown));
            var forced = parsed.GetValue(defaults)!.ToValueList();
            foreach (var named in parsed.GetValue(company) is { } one ? forced.Append(one) : forced)
            {
                BookReading.RequireCompany(book, named);
            }

            var question = new CascadeQuestion(
                new FlowWindow(parsed.Start(from), parsed.End(to)), parsed.GetValue(firmness), parsed.GetValue(currency), parsed.GetValue(recovery), forced);
            var counted = book.At(cut);
            var outcome = DefaultCascade.Of(counted, question);
            if (outcome.Value is not { } answer)
            {
                throw new CliFailure(ExitCode.Refused, outcome.Error!.Message + " (--currency CODE)");
            }

            CascadeOutput.Print(terminal, parsed.GetValue(output), new(counted.Resolved, counted.IncompleteKnowledge, question, answer, parsed.GetValue(company)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<Firmness> Firm() => new("--firmness")
    {
        Description = "contracted: what commitments and loans leave open; announced: also headline amounts of deals only announced.",
        HelpName = "contracted|announced",
        DefaultValueFactory = _ => Firmness.Contracted,
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "contracted":
                    return Firmness.Contracted;
                case "announced":
                    return Firmness.Announced;
                default:
                    result.AddError($"--firmness '{result.Tokens[0].Value}' must be contracted or announced: what is paid is owed no longer");
                    return default;
            }
        },
    };

    private static Option<decimal?> Recovery() => new("--recovery")
    {
        Description = "The share of its cash (not of what it owes) that a company which fails still has for its creditors. Default: all of it.",
        HelpName = "0..1",
        CustomParser = result =>
        {
            if (Numbers.TryParse(result.Tokens[0].Value, out var share) && share is >= 0 and <= 1 && share.Scale <= Money.Decimals)
            {
                return share;
            }

            result.AddError($"--recovery '{result.Tokens[0].Value}' must be a number from 0 to 1 of at most {Money.Decimals} decimals");
            return null;
        },
    };

    private static Option<CompanyId[]> Defaults() => new("--default")
    {
        Description = "A company that pays nothing whatever it has; may be given more than once.",
        HelpName = "ID",
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            var companies = new List<CompanyId>();
            foreach (var token in result.Tokens)
            {
                if (CompanyId.TryParse(token.Value, out var company))
                {
                    companies.Add(company);
                }
                else
                {
                    result.AddError($"--default '{token.Value}' must be {CompanyId.Rule}");
                }
            }

            return [.. companies.Distinct()];
        },
    };
}
