using ActorFinance.Cli.Commands;
using ActorFinance.Model;

namespace ActorFinance.Cli.Output;

/// <summary>The kept branches of a journal.</summary>
internal static class BranchListOutput
{
    public static void Print(Terminal terminal, OutputForm form, IReadOnlyList<KeptBranch> branches, Offset last)
    {
        switch (form)
        {
            case OutputForm.Json:
                JsonAnswer.Print(terminal, BranchListReport.ToJson(branches, last));
                break;
            case OutputForm.Csv:
                CsvAnswer.Print(
                    terminal,
                    ["name", "id", "state", "base", "hasGrown", "from", "edits", "recorded", "title", "author", "reason", "source"],
                    branches.Select(branch => (IEnumerable<string?>)
                    [
                        branch.Name.Value, branch.Id.Value, BranchListReport.StateOf(branch), branch.Base.ToString(), branch.Base < last ? "true" : "false", branch.From?.Value, JsonAnswer.Amount(BranchListReport.EditsOf(branch).Count),
                        branch.RecordedAt.ToString(), branch.About?.Title, branch.About?.Author, branch.About?.Reason, branch.About?.Source,
                    ]));
                break;
            default:
                PrintTable(terminal, branches, last);
                break;
        }
    }

    private static void PrintTable(Terminal terminal, IReadOnlyList<KeptBranch> branches, Offset last)
    {
        if (branches.Count == 0)
        {
            terminal.Line("No branch is kept. 'actorfinance branch keep NAME --drop deal=...' keeps one.");
            return;
        }

        var table = Tables.Create(("Branch", false), ("on offset", true), ("", false), ("from", false), ("Edits", true), ("State", false), ("What it asks", false), ("Author", false));
        foreach (var branch in branches)
        {
            table.Row(
                branch.Name.Value,
                branch.Base.ToString(),
                branch.Base < last ? $"+{last.Value - branch.Base.Value:#,0} since" : "",
                branch.From?.Value ?? "",
                Figures.Exact(BranchListReport.EditsOf(branch).Count),
                BranchListReport.StateOf(branch) + (branch.Promoted is { } at ? $" at {at}" : ""),
                branch.About?.Title ?? "",
                branch.About?.Author ?? "");
        }

        Tables.Write(terminal, table);
    }
}
