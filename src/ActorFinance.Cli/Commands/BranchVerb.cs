using System.CommandLine;
using ActorFinance.Cli.Output;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>What-ifs that are kept by name, beside the journal.</summary>
internal static class BranchVerb
{
    public static Command Create(Terminal terminal) => new(
        "branch",
        "What-ifs kept by name in a file beside the journal, which they never change: keep one, list them, look at them again, and offer its orders to the companies.\n\nExample: actorfinance branch keep late --shift deal=NVDA-OAI-LOI,tranche=4..,by=12M --journal book.db.seed.db")
    {
        BranchKeeping.List(terminal),
        BranchReading.Show(terminal),
        BranchReading.Compare(terminal),
        BranchKeeping.Keep(terminal),
        BranchKeeping.Edit(terminal),
        BranchKeeping.Rename(terminal),
        BranchKeeping.Archive(terminal),
        BranchPromotion.Promote(terminal),
    };

    public static Argument<BranchId> Name(string name = "NAME") => new(name)
    {
        Description = "What the branch is called.",
        CustomParser = Parsed,
    };

    public static BranchId Parsed(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (BranchId.TryParse(result.Tokens[0].Value, out var id))
        {
            return id;
        }

        result.AddError($"'{result.Tokens[0].Value}' must be {BranchId.Rule}");
        return default;
    }
}
