using System.CommandLine;
using System.CommandLine.Parsing;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Commands;

internal static class WhatIfVerb
{
    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["drop"] = "Leave events out: deal=NVDA-OAI-LOI,tranche=4..",
        ["scale"] = "Multiply amounts and shares: payer=openai,payee=oracle,by=0.6",
        ["shift"] = "Move in time, what was promised with its due dates: deal=NVDA-OAI-LOI,tranche=1..,by=12M",
        ["split"] = "Make a part of each payment one in kind: deal=MSFT-OAI-2023,in-kind=40%",
        ["default"] = "A company pays nothing from a day on: company=openai,at=2027-06-30",
        ["freeze"] = "A company promises nothing new from a day on: company=openai,at=2027-06-30",
        ["truncate"] = "Nothing happens after a day: after=2027-12-31",
    };

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE") { Description = "A what-if in YAML; its edits come before those of the command line.", Arity = ArgumentArity.ZeroOrOne };
        var (journal, output, asOf, asKnown, company) = (CommonOptions.Journal(), CommonOptions.Output(), CommonOptions.AsOf(), CommonOptions.AsKnown(), CommonOptions.Company());
        var firmness = CommonOptions.Firmness();
        var edits = EditTerms.Operations.ToDictionary(name => name, name => new Option<string[]>($"--{name}")
        {
            Description = Operations[name],
            HelpName = "TERMS",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        });
        var command = new Command(
            "what-if",
            "Edit the events of the book, never the book, and see which figures change: edits apply in the order in which they stand, legs of one deal and tranche together (linked=no parts them), and facts whose ground an edit took are left out and listed.\n\nExample: actorfinance what-if --journal book.db.seed.db --shift deal=NVDA-OAI-LOI,tranche=4..,by=12M --default company=openai,at=2030-01-01")
        {
            file, journal, output, asOf, asKnown, company, firmness,
        };
        foreach (var edit in edits.Values)
        {
            command.Options.Add(edit);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var whatIf = ReadFile(parsed.GetValue(file));
            List<Edit> ordered = [.. whatIf?.Edits ?? [], .. EditsOf(parsed)];
            if (ordered.Count == 0)
            {
                throw new CliFailure(ExitCode.Usage, "nothing to change: give a file, or an edit such as --drop deal=NVDA-OAI-LOI");
            }

            var book = await BookReading.ReadAsync(terminal, parsed.GetValue(journal)!, cancellation).ConfigureAwait(false);
            var cut = BookReading.Cut(book, parsed.End(asOf), parsed.Known(asKnown));
            if (parsed.GetValue(company) is { } one)
            {
                BookReading.RequireCompany(book, one);
            }

            var branch = Branch.Apply(book, cut.AsKnown, ordered) switch
            {
                BranchResult.Applied applied => applied,
                BranchResult.Refused refused => throw new CliFailure(ExitCode.Refused, string.Join('\n', refused.Problems.Select(problem => $"edit {problem.Edit + 1} ({EditText.NameOf(ordered[problem.Edit])}): {problem.Rule}"))),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
            };
            var comparison = BranchComparison.Of(book, branch, cut.AsOf, parsed.GetValue(firmness), FlowOptions.Default);
            WhatIfOutput.Print(terminal, parsed.GetValue(output), new(whatIf, ordered, cut, branch, comparison, parsed.GetValue(company)));
            return ExitCode.Done;
        });
        return command;
    }

    private static WhatIf? ReadFile(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            throw new CliFailure(ExitCode.InputOutput, $"{path}: there is no such file");
        }

        return WhatIfFile.Parse(path, File.ReadAllBytes(path)) switch
        {
            WhatIfResult.Accepted accepted => accepted.WhatIf,
            WhatIfResult.Rejected rejected => throw new CliFailure(ExitCode.Refused, string.Join('\n', rejected.Problems)),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
        };
    }

    /// <summary>In the order of the command line, whichever options they belong to.</summary>
    private static List<Edit> EditsOf(ParseResult parsed)
    {
        var (edits, messages) = (new List<Edit>(), new List<string>());
        var operation = (string?)null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                operation = EditTerms.Operations.FirstOrDefault(name => token.Value == $"--{name}");
            }
            else if (token.Type == TokenType.Argument && operation is not null)
            {
                var faults = new List<EditFault>();
                if (EditTerms.Parse(operation, TermsOf(token.Value), faults) is { } edit)
                {
                    edits.Add(edit);
                }

                messages.AddRange(faults.Select(fault => fault.Value is { } value
                    ? $"--{operation} '{token.Value}': '{fault.Name}' '{value}' must be {fault.Rule}"
                    : $"--{operation} '{token.Value}': '{fault.Name}' must be {fault.Rule}"));
                operation = null;
            }
        }

        return messages.Count > 0 ? throw new CliFailure(ExitCode.Usage, string.Join('\n', messages)) : edits;
    }

    private static List<EditTerm> TermsOf(string text) =>
        [.. text.Split(',').Select(term => term.Split('=', 2)).Select(parts => new EditTerm(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : ""))];
}
