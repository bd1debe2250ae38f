using System.Text.Json.Nodes;
using ActorFinance.Actors.Hosting;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Jobs;

/// <summary>Keeping a branch, or its other edits: only what can be applied on its base.</summary>
/// <param name="Journal">Whose events the edits are of.</param>
/// <param name="Path">Of that journal: the branches are beside it.</param>
/// <param name="Id">Whose edits they are.</param>
/// <param name="Edits">What-ifs as they were written, in order.</param>
/// <param name="AsKnown">What they stand on.</param>
/// <param name="Fact">What is written, once the offset is known.</param>
/// <param name="Caller">Who asks.</param>
internal sealed record BranchKeeping(RunningJournal Journal, string Path, BranchId Id, ValueList<string> Edits, AsKnown AsKnown, Func<Offset, BranchEvent> Fact, string Caller)
{
    public async Task<JsonNode> RunAsync(Job job, CancellationToken cancellation)
    {
        var book = await Journal.JobBook.ReadAsync(job, cancellation).ConfigureAwait(false);
        var on = await JobBoard.ComputeAsync(
            () =>
            {
                var based = new BranchBase(book, new Cut(Instant.Maximum, AsKnown).Within(book.LastOffset).AsKnown);
                BranchSide.Applied(based, BranchListReport.EditsOf(Id, Edits).Edits, job.Watch(cancellation));
                return based.Resolved.Offset;
            },
            cancellation).ConfigureAwait(false);
        var kept = await BranchJobs.AskAsync(Journal, Path, Id, Fact(on), Caller, cancellation).ConfigureAwait(false);
        return BranchListReport.ToJson([kept], book.LastOffset);
    }
}

/// <summary>What is written of kept branches.</summary>
internal static class BranchJobs
{
    /// <summary>What would be written; null where nothing is to be done.</summary>
    /// <exception cref="ProblemException">The branch refuses.</exception>
    public static BranchEvent? Decide(KeptBranch branch, BranchEvent asked)
    {
        var decision = KeptBranch.Decide(branch, asked);
        return decision.Refusal is { } refusal ? throw new ProblemException(Problem.Of("branch-refused", refusal.Message)) : decision.Event;
    }

    /// <exception cref="ProblemException">The branch refuses, or its journal cannot be written now.</exception>
    public static async Task<KeptBranch> AskAsync(RunningJournal journal, string path, BranchId id, BranchEvent asked, string caller, CancellationToken cancellation)
    {
        using var alone = await journal.BranchTurns.AloneAsync(cancellation).ConfigureAwait(false);
        if (!BranchJournal.Open(path, TimeProvider.System).Succeeded(out var branches, out _))
        {
            throw new ProblemException(Problem.Of("journal-unavailable", "the kept branches are being written by another process; nothing was changed"));
        }

        await using var closing = branches.ConfigureAwait(false);
        var (branch, refusal) = await branches.AskAsync(id, asked, caller, cancellation).ConfigureAwait(false);
        return refusal is null ? branch : throw new ProblemException(Problem.Of("branch-refused", refusal.Message));
    }
}
