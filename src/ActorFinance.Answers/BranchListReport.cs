using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Answers;

/// <summary>The kept branches of a journal.</summary>
public static class BranchListReport
{
    /// <param name="branches">Those to list.</param>
    /// <param name="last">Where the journal ends: a branch may stand on less.</param>
    public static JsonObject ToJson(IReadOnlyList<KeptBranch> branches, Offset last) => new JsonObject
    {
        ["version"] = JsonAnswer.Version,
        ["offset"] = last.Value,
        ["branches"] = JsonAnswer.List(branches, branch => new JsonObject
        {
            ["name"] = branch.Name.Value,
            ["id"] = branch.Id.Value,
            ["state"] = StateOf(branch),
            ["base"] = branch.Base.Value,
            ["hasGrown"] = branch.Base < last,
            ["from"] = branch.From?.Value,
            ["edits"] = JsonAnswer.List(EditsOf(branch), edit => JsonValue.Create(EditText.Of(edit))),
            ["promotedAt"] = branch.Promoted?.Value,
            ["recorded"] = branch.RecordedAt.ToString(),
            ["title"] = branch.About?.Title,
            ["author"] = branch.About?.Author,
            ["reason"] = branch.About?.Reason,
            ["source"] = branch.About?.Source,
        }),
    };

    /// <param name="branches">All that are kept.</param>
    /// <param name="found">The one that was asked for.</param>
    /// <param name="name">By this name.</param>
    /// <exception cref="QuestionRefusedException">There is none; names those that sound like it.</exception>
    public static KeptBranch Find(IReadOnlyList<KeptBranch> branches, KeptBranch? found, BranchId name)
    {
        if (found is not null)
        {
            return found;
        }

        var names = branches.Where(one => !one.IsArchived).Select(one => one.Name.Value).ToList();
        var hint = Spelling.Hint(name.Value, names);
        throw new QuestionRefusedException($"no branch '{name}' is kept{(hint.Length > 0 ? hint : names.Count == 0 ? "; none is" : $"; there are {string.Join(", ", names.Take(12))}{(names.Count > 12 ? $" and {names.Count - 12} more" : "")}")}");
    }

    /// <exception cref="QuestionRefusedException">The kept text can no longer be read.</exception>
    public static IReadOnlyList<Edit> EditsOf(KeptBranch branch) => EditsOf(branch.Id, branch.Edits).Edits;

    /// <inheritdoc cref="EditsOf(KeptBranch)" />
    public static WhatIf EditsOf(BranchId id, ValueList<string> texts) => KeptEdits.Read(id, texts) switch
    {
        WhatIfResult.Accepted accepted => accepted.WhatIf,
        WhatIfResult.Rejected rejected => throw new QuestionRefusedException(string.Join('\n', rejected.Problems)),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no result"),
    };

    /// <summary>With the title and the reason that it was kept with.</summary>
    public static WhatIf WhatIfOf(KeptBranch branch)
    {
        var (edits, about) = (EditsOf(branch.Id, branch.Edits), branch.About!);
        return edits with { Name = branch.Name.Value, Title = about.Title ?? edits.Title, Author = about.Author ?? edits.Author, Reason = about.Reason ?? edits.Reason, Source = about.Source ?? edits.Source };
    }

    /// <summary>What a branch inserts, to be offered to the companies.</summary>
    /// <exception cref="QuestionRefusedException">It does something else, or nothing.</exception>
    public static IReadOnlyList<CommandEnvelope> OrdersOf(KeptBranch branch)
    {
        var edits = WhatIfOf(branch).Edits;
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i] is not Edit.Insert)
            {
                throw new QuestionRefusedException($"branch '{branch.Name}' cannot be promoted: edit {i + 1} ({EditText.Of(edits[i])}) changes what is recorded, and only what is inserted can be offered to the companies");
            }
        }

        return edits.Count == 0
            ? throw new QuestionRefusedException($"branch '{branch.Name}' cannot be promoted: it inserts nothing")
            : [.. edits.Cast<Edit.Insert>().SelectMany(insert => insert.Commands)];
    }

    public static string StateOf(KeptBranch branch) => branch.IsArchived ? "archived" : branch.Promoted is null ? "kept" : "promoted";
}
