using ActorFinance.Actors.Hosting;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Cli.Reading;

/// <summary>Kept branches as verbs need them: read, found by name, applied.</summary>
internal static class BranchFiles
{
    public static async Task<KeptBranches> ReadAsync(string journal, CancellationToken cancellation)
    {
        try
        {
            return (await BranchJournal.ReadAsync(journal, cancellation).ConfigureAwait(false)).Succeeded(out var branches, out var error)
                ? branches
                : throw new CliFailure(ExitCode.InputOutput, error.Message);
        }
        catch (Exception damage) when (damage is CorruptEventException or CorruptJournalException)
        {
            throw new CliFailure(ExitCode.Refused, $"{BranchJournal.StoreOf(journal).Name}: {damage.Message}");
        }
    }

    /// <summary>A name that no branch has is an error that names those that sound like it.</summary>
    public static KeptBranch Find(KeptBranches branches, BranchId name) => BranchListReport.Find(branches.All, branches.Find(name), name);

    /// <summary>On standard error, so that what a branch comes to stays the same bytes.</summary>
    public static void SayGrown(Terminal terminal, Book book, KeptBranch branch, Offset on)
    {
        var grown = book.Recorded.Count(recorded => recorded.Offset > on);
        if (grown > 0)
        {
            terminal.Error($"Branch '{branch.Name}' stands on offset {on}; the journal has grown by {Figures.Count(grown, "event")} since, to offset {book.LastOffset}.");
        }
    }
}
