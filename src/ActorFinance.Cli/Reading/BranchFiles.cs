using ActorFinance.Actors.Hosting;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Cli.Output;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using ActorFinance.Scenarios.Files;

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
    public static KeptBranch Find(KeptBranches branches, BranchId name)
    {
        if (branches.Find(name) is { } branch)
        {
            return branch;
        }

        var names = branches.All.Where(one => !one.IsArchived).Select(one => one.Name.Value).ToList();
        var hint = Spelling.Hint(name.Value, names);
        throw new CliFailure(ExitCode.Refused, $"no branch '{name}' is kept{(hint.Length > 0 ? hint : names.Count == 0 ? "; none is" : $"; there are {string.Join(", ", names.Take(12))}{(names.Count > 12 ? $" and {names.Count - 12} more" : "")}")}");
    }

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
