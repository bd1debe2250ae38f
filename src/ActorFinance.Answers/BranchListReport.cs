using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Branches;

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

    public static string StateOf(KeptBranch branch) => branch.IsArchived ? "archived" : branch.Promoted is null ? "kept" : "promoted";
}
