using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Commands;

/// <summary>Which figures branches are compared by, and when.</summary>
internal sealed class BranchOptions
{
    private readonly Option<Instant> _asOf = CommonOptions.AsOf();
    private readonly Option<CompanyId?> _company = CommonOptions.Company();
    private readonly Option<Firmness> _firmness = CommonOptions.Firmness();
    private readonly Option<Currency?> _currency = CommonOptions.Currency();

    private readonly Option<Instant> _from = CommonOptions.From("the window of the circular measures");

    private readonly Option<SeriesStep?> _every = new("--every")
    {
        Description = "The figures that differ at the end of each month, quarter or year from where the two part.",
        HelpName = "month|quarter|year",
    };

    private readonly Option<string[]> _measures = new("--measures")
    {
        Description = "Which figures: a family, or single ones by their names in JSON (stake revenue); those of cash, ownership, commitments and pairs of companies cost only what the edits touch. Default: all but burn and receivables, which are of a time.",
        HelpName = "cash|ownership|commitments|circular|burn|receivables|NAME",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token =>
        {
            var measures = MeasuresOf(token.Value);
            if (measures.Count == 0)
            {
                result.AddError($"--measures '{token.Value}' must be one of {string.Join(", ", Families.Select(FamilyName).Concat(BookFigures.Measures).Distinct())}");
            }

            return measures;
        })],
    };

    private static IReadOnlyList<FigureFamily> Families => Enum.GetValues<FigureFamily>();

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

        var measures = (parsed.GetValue(_measures) is { Length: > 0 } chosen ? chosen : BookFigures.Measures.Where(measure => FigureQuestion.Everything.Families.Contains(BookFigures.FamilyOf(measure)))).ToHashSet();
        var families = measures.Select(BookFigures.FamilyOf).Distinct().Order().ToValueList();
        var flows = FlowOptions.Default with { ReportingCurrency = parsed.GetValue(_currency) };
        return new(cut, new(families, parsed.GetValue(_firmness), flows) { FlowsFrom = parsed.GetValue(_from) }, measures, parsed.GetValue(_company), parsed.GetValue(_every));
    }

    /// <summary>All of a family, or the one of that name; none when there is none.</summary>
    private static IReadOnlyList<string> MeasuresOf(string name) =>
        Families.Any(family => FamilyName(family) == name)
            ? [.. BookFigures.Measures.Where(measure => FamilyName(BookFigures.FamilyOf(measure)) == name)]
            : [.. BookFigures.Measures.Where(measure => measure == name)];

    private static string FamilyName(FigureFamily family) => (family is FigureFamily.Network or FigureFamily.Traced ? FigureFamily.Circular : family).ToString().ToLowerInvariant();
}
