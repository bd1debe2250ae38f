using System.CommandLine;
using System.CommandLine.Parsing;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Cli.Commands;

/// <summary>Edits on the command line: an option an operation, its terms separated by commas.</summary>
internal static class EditOptions
{
    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["drop"] = "Leave events out: deal=NVDA-OAI-LOI,tranche=4..",
        ["scale"] = "Multiply amounts and shares: payer=openai,payee=oracle,by=0.6",
        ["shift"] = "Move in time, what was promised with its due dates: deal=NVDA-OAI-LOI,tranche=1..,by=12M",
        ["replace"] = "Other terms: deal=NVDA-OAI-LOI,tranche=1,type=investment-made,amount=30bn USD",
        ["split"] = "Make a part of each payment one in kind: deal=MSFT-OAI-2023,in-kind=40%",
        ["merge"] = "Make payments in kind cash again: deal=MSFT-OAI-2023",
        ["substitute"] = "Make payments of another sort (cash, in-kind, purchase, investment, fee): item=GPU,by=fee",
        ["set-valuation"] = "Other valuations, and the shares that follow: deal=NVDA-OAI-LOI,tranche=2..,growth=-10% (or by=0.9, or pre-money=500bn USD|400bn USD)",
        ["set-price"] = "Other share prices, and the warrants that hang on them: company=amd,path=2027-12-31=600 USD",
        ["set-rate"] = "Other exchange rates: pair=USD/KRW,by=1.1 (or path=2026-01-01=1500)",
        ["set-condition"] = "A milestone is reached at=DATE, not-before=DATE or never=yes: company=openai,milestone=IPO,at=2026-12-31",
        ["delay"] = "A milestone and what hangs on it come later: company=openai,milestone=1 GW deployed,by=12M",
        ["call"] = "A guarantee pays what its beneficiary's cash lacks: guarantee=NVDA-CRWV-BACKSTOP,at=2027-12-31",
        ["default"] = "A company pays nothing from a day on: company=openai,at=2027-06-30,recovery=40% (of what it owes),senior=loans",
        ["freeze"] = "A company promises nothing new from a day on: company=openai,at=2027-06-30",
        ["truncate"] = "Nothing happens after a day: after=2027-12-31",
    };

    public static void AddEdits(this Command command)
    {
        foreach (var name in EditTerms.Operations)
        {
            command.Options.Add(new Option<string[]>($"--{name}")
            {
                Description = Operations[name],
                HelpName = "TERMS",
                Arity = ArgumentArity.OneOrMore,
                AllowMultipleArgumentsPerToken = false,
            });
        }
    }

    /// <summary>In the order of the command line, whichever options they belong to.</summary>
    public static List<Edit> Of(ParseResult parsed)
    {
        var (edits, messages) = (new List<Edit>(), new List<string>());
        foreach (var (operation, terms, text) in Asked(parsed))
        {
            var faults = new List<EditFault>();
            if (EditTerms.Parse(operation, terms, faults) is { } edit)
            {
                edits.Add(edit);
            }

            messages.AddRange(faults.Select(fault => fault.Value is { } value
                ? $"--{operation} '{text}': '{fault.Name}' '{value}' must be {fault.Rule}"
                : $"--{operation} '{text}': '{fault.Name}' must be {fault.Rule}"));
        }

        return messages.Count > 0 ? throw new CliFailure(ExitCode.Usage, string.Join('\n', messages)) : edits;
    }

    /// <summary>The same as a what-if's text; null where there are none.</summary>
    public static string? TextOf(ParseResult parsed, string name)
    {
        var asked = Asked(parsed).Select(edit => (edit.Operation, edit.Terms)).ToList();
        return asked.Count == 0 ? null : KeptEdits.TextOf(name, asked);
    }

    private static IEnumerable<(string Operation, IReadOnlyList<EditTerm> Terms, string Text)> Asked(ParseResult parsed)
    {
        var operation = (string?)null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                operation = EditTerms.Operations.FirstOrDefault(name => token.Value == $"--{name}");
            }
            else if (token.Type == TokenType.Argument && operation is not null)
            {
                yield return (operation, TermsOf(token.Value), token.Value);
                operation = null;
            }
        }
    }

    public static WhatIf ReadFile(string path)
    {
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

    private static List<EditTerm> TermsOf(string text) =>
        [.. text.Split(',').Select(term => term.Split('=', 2)).Select(parts => new EditTerm(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : ""))];
}
