using System.CommandLine;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

internal enum OutputForm
{
    Table,
    Json,
    Csv,
}

/// <summary>Options that mean the same for every verb.</summary>
internal static class CommonOptions
{
    public const string DefaultJournal = "actorfinance.db";

    public static Option<string> Journal() => new("--journal", "-j")
    {
        Description = "The journal: a file, or postgres://USER@HOST/DATABASE?schema=NAME.",
        HelpName = "FILE|URL",
        DefaultValueFactory = _ => DefaultJournal,
    };

    public static Option<OutputForm> Output() => new("--output", "-o")
    {
        Description = "table for people; json and csv are contracts for programs (docs/schema).",
        HelpName = "table|json|csv",
        DefaultValueFactory = _ => OutputForm.Table,
    };

    public static Option<Instant> AsOf() => Bound("--as-of", "Count what holds at this time: a date (its whole day) or an RFC 3339 time. Default: all.", text => CutText.AsOf(text));

    public static Option<Instant> From(string window = "the window") => Bound("--from", $"Start of {window}: a date (that day counts) or a time (exclusive). Default: the beginning.", text => CutText.From(text));

    public static Option<Instant> To() => Bound("--to", "End of the window: a date (its whole day) or a time. Default: the end.", text => CutText.AsOf(text, "--to"));

    public static Option<Instant> Until() => Bound("--until", "How far the clock runs: a date (its whole day) or a time. Default: what the scenario says.", text => CutText.AsOf(text, "--until"));

    public static Option<AsKnown> AsKnown() => new("--as-known")
    {
        Description = "Count what was known at this point: digits are an offset, else a date or a time. Default: all recorded.",
        HelpName = "OFFSET|TIME",
        CustomParser = result =>
        {
            var parsed = CutText.AsKnown(result.Tokens[0].Value);
            if (parsed.Error is { } error)
            {
                result.AddError(error);
            }

            return parsed.Value ?? Model.AsKnown.All;
        },
    };

    public static Option<Firmness> Firmness() => new("--firmness")
    {
        Description = "paid; contracted: also what commitments leave open; announced: also headline amounts of deals only announced.",
        HelpName = "paid|contracted|announced",
        DefaultValueFactory = _ => Analysis.Commitments.Firmness.Paid,
    };

    public static Option<Currency?> Currency() => new("--currency")
    {
        Description = "Report in this currency, at the recorded rates.",
        HelpName = "CODE",
        CustomParser = result =>
        {
            if (Model.Currency.TryParse(result.Tokens[0].Value, out var code))
            {
                return code;
            }

            result.AddError($"--currency '{result.Tokens[0].Value}' must be {Model.Currency.Rule}");
            return null;
        },
    };

    /// <summary>How often a series has a point.</summary>
    public static Option<SeriesStep?> Every(string description) => new("--every")
    {
        Description = description,
        HelpName = "month|quarter|year",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "month":
                    return SeriesStep.Month;
                case "quarter":
                    return SeriesStep.Quarter;
                case "year":
                    return SeriesStep.Year;
                case var other:
                    result.AddError($"--every must be month, quarter or year, not '{other}'");
                    return null;
            }
        },
    };

    public static Option<bool> NoCheckpoint() => new("--no-checkpoint")
    {
        Description = "Read the whole journal: neither use nor write the checkpoint, which only saves time.",
    };

    public static Option<CompanyId?> Company() => new("--company")
    {
        Description = "Only this company.",
        HelpName = "ID",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (CompanyId.TryParse(text, out var company))
            {
                return company;
            }

            result.AddError($"--company '{text}' must be {CompanyId.Rule}");
            return null;
        },
    };

    /// <summary>The time that was asked for, else all times: an option with a default would show it in the help, to the last tick.</summary>
    public static Instant End(this ParseResult parsed, Option<Instant> option) => parsed.GetResult(option) is null ? Instant.Maximum : parsed.GetValue(option);

    public static Instant Start(this ParseResult parsed, Option<Instant> option) => parsed.GetResult(option) is null ? Instant.Minimum : parsed.GetValue(option);

    public static AsKnown Known(this ParseResult parsed, Option<AsKnown> option) => parsed.GetValue(option) ?? Model.AsKnown.All;

    private static Option<Instant> Bound(string name, string description, Func<string, Parsed<Bound>> parse) => new(name)
    {
        Description = description,
        HelpName = "DATE|TIME",
        CustomParser = result =>
        {
            var parsed = parse(result.Tokens[0].Value);
            if (parsed.Error is { } error)
            {
                result.AddError(error);
            }

            return parsed.Value?.At ?? Instant.Maximum;
        },
    };
}
