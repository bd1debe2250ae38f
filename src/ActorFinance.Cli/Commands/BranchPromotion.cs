using System.CommandLine;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Importing;
using ActorFinance.Cli.Output;
using ActorFinance.Cli.Reading;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>A branch becomes real: its orders are offered to the companies, all or none.</summary>
internal static class BranchPromotion
{
    public static Command Promote(Terminal terminal)
    {
        var (name, journal) = (BranchVerb.Name(), CommonOptions.Journal());
        var command = new Command("promote", "Offer the orders that a branch inserts to the companies of the journal as it is now: rehearsed first, then all written, or none. A branch with other edits is refused: history is not rewritten.") { name, journal };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(journal)!;
            var branch = BranchFiles.Find(await BranchFiles.ReadAsync(path, cancellation).ConfigureAwait(false), parsed.GetValue(name));
            if (KeptBranch.Decide(branch, new BranchPromoted(default, 0)).Refusal is { } refusal)
            {
                throw new CliFailure(ExitCode.Refused, refusal.Message);
            }

            var commands = BranchListReport.OrdersOf(branch);
            var session = await Importing.OpenAsync(path, new SessionOptions(), cancellation).ConfigureAwait(false);
            Offset at;
            await using (session.ConfigureAwait(false))
            {
                var items = commands.Select(order => new ImportItem(order, $"branch '{branch.Name}'")).ToList();
                await Importing.RunAsync(terminal, session, items, $"branch '{branch.Name}'", cancellation).ConfigureAwait(false);
                at = new(await session.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
            }

            await BranchKeeping.AskAsync(path, branch.Id, new BranchPromoted(at, commands.Count), cancellation).ConfigureAwait(false);
            terminal.Line($"Branch '{branch.Name}' is promoted: {Figures.Count(commands.Count, "order")} accepted, the journal now ends at offset {at}.");
            return ExitCode.Done;
        });
        return command;
    }
}
