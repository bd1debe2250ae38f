using System.CommandLine;
using ActorFinance.Analysis.Cash;

namespace ActorFinance.Cli.Commands;

/// <summary>What turns <c>simulate</c> from one run into many.</summary>
internal sealed class SamplingOptions
{
    private readonly Option<int?> _runs = new("--runs") { Description = "Monte Carlo: as many runs, each with parameters drawn as 'samples' of the scenario says.", HelpName = "N" };
    private readonly Option<long?> _seed = new("--seed") { Description = "The same seed gives the same answer, on any number of workers. Default: what 'samples' says, else 1.", HelpName = "N" };
    private readonly Option<string[]> _sweep = new("--sweep")
    {
        Description = "A run for each value of a parameter, the step apart: --sweep gigawatts=3..10:1; several make a grid.",
        HelpName = "NAME=A..B:STEP",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<SeriesStep?> _every = CommonOptions.Every("Of many runs: figures at the end of each month, quarter (default) or year.");
    private readonly Option<string[]> _figure = new("--figure")
    {
        Description = "Of many runs: another figure of the book at the end, by its name in a what-if: --figure \"stake: nvidia in openai\", --figure finnCyclingIndex.",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _workers = new("--workers") { Description = "Threads for many runs. Default: one a core.", HelpName = "N" };
    private readonly Option<bool> _full = new("--full") { Description = "Of --runs: every date and every parameter in the tables, not only a few." };
    private readonly Option<string?> _keep = new("--keep") { Description = "Keep finished runs in this file and go on from it; it can be deleted at any time.", HelpName = "FILE" };

    public SamplingOptions(Command command)
    {
        foreach (var option in (Option[])[_runs, _seed, _sweep, _every, _figure, _workers, _full, _keep])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            var (isSampled, isSwept) = (result.GetResult(_runs) is not null, result.GetResult(_sweep) is not null);
            if (isSampled && isSwept)
            {
                result.AddError("--runs draws parameters, --sweep goes through them: one of the two");
            }

            foreach (var option in (Option[])[_seed, _full, _keep])
            {
                if (result.GetResult(option) is not null && !isSampled)
                {
                    result.AddError($"{option.Name} is for --runs");
                }
            }

            foreach (var option in (Option[])[_every, _figure, _workers])
            {
                if (result.GetResult(option) is not null && !isSampled && !isSwept)
                {
                    result.AddError($"{option.Name} is for many runs: --runs or --sweep");
                }
            }

            if (isSampled && result.GetValue(_runs) is { } runs and (< 1 or > Scenarios.Sampling.SampleSettings.RunsMax))
            {
                result.AddError($"--runs '{runs}' must be from 1 to {Scenarios.Sampling.SampleSettings.RunsMax:#,0}");
            }

            if (result.GetResult(_workers) is not null && result.GetValue(_workers) is { } workers and (< 1 or > 1_024))
            {
                result.AddError($"--workers '{workers}' must be from 1 to 1,024");
            }
        });
    }

    public int? Runs(ParseResult parsed) => parsed.GetValue(_runs);

    public long? Seed(ParseResult parsed) => parsed.GetValue(_seed);

    public IReadOnlyList<string> Sweeps(ParseResult parsed) => parsed.GetValue(_sweep) ?? [];

    public SeriesStep Every(ParseResult parsed) => parsed.GetValue(_every) ?? SeriesStep.Quarter;

    public IReadOnlyList<string> Figures(ParseResult parsed) => parsed.GetValue(_figure) ?? [];

    public int Workers(ParseResult parsed) => parsed.GetValue(_workers) ?? Environment.ProcessorCount;

    public bool Full(ParseResult parsed) => parsed.GetValue(_full);

    public string? Keep(ParseResult parsed) => parsed.GetValue(_keep);
}
