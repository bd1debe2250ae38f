using System.CommandLine;
using System.CommandLine.Parsing;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>What <c>circular</c> alone understands.</summary>
internal sealed class CircularOptions
{
    private const int HopsMax = 20;

    public Option<Firmness> Firmness { get; } = CommonOptions.Firmness();

    public Option<bool> InKind { get; } = new("--in-kind") { Description = "Count what was given in kind too." };

    public Option<Currency?> Currency { get; } = CommonOptions.Currency();

    public Option<int> Cycles { get; } = new("--cycles") { Description = "How many cycles are named.", DefaultValueFactory = _ => 10 };

    public Option<int> Length { get; } = new("--length") { Description = "The most companies on a named cycle.", DefaultValueFactory = _ => 5 };

    public Option<int> Hops { get; } = new("--hops") { Description = $"Also what can have come back within 1 to N payments, N up to {HopsMax}.", HelpName = "N" };

    public Option<Via> Via { get; } = new("--via")
    {
        Description = "What carries invested money onward in the table and within hops: purchases, or any payment between companies.",
        HelpName = "purchases|all",
        DefaultValueFactory = _ => Analysis.Circularity.Via.Purchases,
    };

    public Option<TraceMethod> Trace { get; } = new("--trace")
    {
        Description = "How money is followed through a company's cash: all alike, first in first out, or last in first out.",
        HelpName = "haircut|fifo|lifo",
        DefaultValueFactory = _ => TraceMethod.Haircut,
    };

    public Option<SeriesStep?> Every { get; } = CommonOptions.Every("A series: the measures up to the end of each month, quarter or year.");

    public Option<RollingSpan?> Window { get; } = new("--window")
    {
        Description = "A series over rolling windows of this length, at the end of each month unless --every says otherwise.",
        HelpName = "12M",
        CustomParser = result =>
        {
            var span = RollingSpan.Parse(result.Tokens[0].Value);
            if (span is null)
            {
                result.AddError($"--window '{result.Tokens[0].Value}' must be {RollingSpan.Rule}");
            }

            return span;
        },
    };

    public Option<string?> Explain { get; } = new("--explain")
    {
        Description = "The events and sources behind one figure; those of a company need --company.",
        HelpName = string.Join('|', CircularExplanation.Figures),
    };

    public void AddTo(Command command, Option<Instant> from, Option<Instant> to, Option<CompanyId?> company)
    {
        foreach (var option in (Option[])[Firmness, InKind, Currency, Cycles, Length, Hops, Via, Trace, Every, Window, Explain])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            try
            {
                foreach (var error in Errors(result, from, to, company))
                {
                    result.AddError(error);
                }
            }
            catch (InvalidOperationException)
            {
                // An option that cannot be read throws when its value is asked for, and has an error of its own already.
            }
        });
    }

    /// <summary>Options that were not given have no value here yet, not even their default.</summary>
    private IEnumerable<string> Errors(CommandResult result, Option<Instant> from, Option<Instant> to, Option<CompanyId?> company)
    {
        if ((result.GetResult(Cycles) is not null && result.GetValue(Cycles) is < 0 or > 1000) || (result.GetResult(Length) is not null && result.GetValue(Length) is < 2 or > 12))
        {
            yield return "--cycles must be 0 to 1000 and --length 2 to 12";
        }

        if (result.GetResult(Hops) is not null && result.GetValue(Hops) is < 1 or > HopsMax)
        {
            yield return $"--hops must be 1 to {HopsMax}";
        }

        if (result.GetResult(from) is not null && result.GetResult(to) is not null && result.GetValue(from) >= result.GetValue(to))
        {
            yield return $"the window ends before it starts: --from {result.GetValue(from)} --to {result.GetValue(to)}";
        }

        if (result.GetValue(Explain) is { } figure)
        {
            if (CircularExplanation.Wrong(figure, result.GetValue(company)) is { } wrong)
            {
                yield return wrong;
            }

            if (result.GetValue(Every) is not null || result.GetValue(Window) is not null)
            {
                yield return "--explain says what is behind one figure of one window: leave out --every and --window";
            }
        }
    }

    public FlowOptions Read(ParseResult parsed, CompanyId? company) => new()
    {
        InKind = parsed.GetValue(InKind),
        ReportingCurrency = parsed.GetValue(Currency),
        CyclesMax = parsed.GetValue(Cycles),
        CycleLengthMax = parsed.GetValue(Length),
        Hops = parsed.GetValue(Hops),
        HopsVia = parsed.GetValue(Via),
        Trace = parsed.GetValue(Trace),
        Company = company,
    };
}
