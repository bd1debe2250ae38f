using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>Which figures branches are compared by, and when.</summary>
internal sealed class BranchOptions
{
    private readonly Option<Instant> _asOf = CommonOptions.AsOf();
    private readonly Option<CompanyId?> _company = CommonOptions.Company();
    private readonly Option<Firmness> _firmness = CommonOptions.Firmness();
    private readonly Option<Currency?> _currency = CommonOptions.Currency();

    private readonly Option<Instant> _from = CommonOptions.From("the window of the circular measures");

    private readonly Option<SeriesStep?> _every = CommonOptions.Every("The figures that differ at the end of each month, quarter or year from where the two part.");

    private readonly Option<string[]> _measures = new("--measures")
    {
        Description = "Which figures: a family, or single ones by their names in JSON (stake revenue); those of cash, ownership, commitments and pairs of companies cost only what the edits touch. Default: all but burn and receivables, which are of a time.",
        HelpName = "cash|ownership|commitments|circular|burn|receivables|NAME",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token =>
        {
            var measures = BranchMeasures.Of(token.Value);
            if (measures.Count == 0)
            {
                result.AddError($"--measures '{token.Value}' must be one of {string.Join(", ", BranchMeasures.Names)}");
            }

            return measures;
        })],
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_asOf, _from, _company, _firmness, _currency, _every, _measures])
        {
            command.Options.Add(option);
        }
    }

    public BranchView View(ParseResult parsed, Book book, AsKnown asKnown)
    {
        var cut = BookReading.Cut(book, parsed.End(_asOf), asKnown);
        if (parsed.GetValue(_company) is { } one)
        {
            BookReading.RequireCompany(book, one);
        }

        var view = BranchView.Of(cut, parsed.GetValue(_firmness), parsed.GetValue(_currency), parsed.GetValue(_company), parsed.GetValue(_every), parsed.GetValue(_measures) ?? []);
        return view with { Question = view.Question with { FlowsFrom = parsed.GetValue(_from) } };
    }
}
