using System.Globalization;
using System.Text;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Branches;

/// <summary>Edits as a kept branch holds them: the text of what-ifs, which outlives every change of how edits are represented here.</summary>
public static class KeptEdits
{
    /// <summary>A what-if of edits that were typed as terms.</summary>
    public static string TextOf(string name, IEnumerable<(string Operation, IReadOnlyList<EditTerm> Terms)> edits)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"what-if: {Quoted(name)}\nedits:\n");
        foreach (var (operation, terms) in edits)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {operation}: {{{string.Join(", ", terms.Select(term => $"{term.Name}: {Quoted(term.Value)}"))}}}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// The edits of all texts, in order. Orders that were given no id of their own get one of the branch's, so that those of two branches never meet.
    /// </summary>
    public static WhatIfResult Read(BranchId branch, ValueList<string> texts)
    {
        var (edits, problems) = (new List<Edit>(), new List<InputProblem>());
        WhatIf? last = null;
        for (var i = 0; i < texts.Count; i++)
        {
            switch (WhatIfFile.Parse($"{branch}/{i + 1}", Encoding.UTF8.GetBytes(texts[i])))
            {
                case WhatIfResult.Accepted accepted:
                    last = accepted.WhatIf;
                    edits.AddRange(accepted.WhatIf.Edits.Select(edit => Named(edit, $"branch-{branch}-{i + 1}-")));
                    break;
                case WhatIfResult.Rejected rejected:
                    problems.AddRange(rejected.Problems);
                    break;
            }
        }

        return problems.Count > 0
            ? new WhatIfResult.Rejected(problems)
            : new WhatIfResult.Accepted((last ?? new(branch.Value, null, null, null, null, null, [])) with { Name = branch.Value, Edits = edits });
    }

    private static Edit Named(Edit edit, string prefix) => edit switch
    {
        Edit.Insert insert => insert with { Commands = Named(insert.Commands, prefix) },
        Edit.Replace replace => replace with { With = Named(replace.With, prefix) },
        _ => edit,
    };

    private static ValueList<CommandEnvelope> Named(ValueList<CommandEnvelope> commands, string prefix) =>
        [.. commands.Select(command => command.Id.Value.StartsWith(WhatIfFile.UnnamedPrefix, StringComparison.Ordinal) ? command with { Id = Value.Parse<CommandId>(prefix + command.Id.Value) } : command)];

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
