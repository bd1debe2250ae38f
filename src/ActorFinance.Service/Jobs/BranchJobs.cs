using System.Text.Json.Nodes;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Importing;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Jobs;

/// <summary>Keeping a branch: only what can be applied on its base.</summary>
internal sealed record BranchKeeping(RunningJournal Journal, string Path, BranchId Id, KeptBranch? Parent, string Text, WhatIf File, AsKnown AsKnown, string? Reason, string Caller)
{
    public async Task<JsonNode> RunAsync(Job job, CancellationToken cancellation)
    {
        ValueList<string> edits = [.. Parent?.Edits ?? [], Text];
        var book = await Journal.JobBook.ReadAsync(job, cancellation).ConfigureAwait(false);
        var on = await JobBoard.ComputeAsync(
            () =>
            {
                var asKnown = AsKnown == AsKnown.All && Parent is not null ? new AsKnown.AtOffset(Parent.Base) : AsKnown;
                var based = new BranchBase(book, new Cut(Instant.Maximum, asKnown).Within(book.LastOffset).AsKnown);
                BranchSide.Applied(based, BranchListReport.EditsOf(Id, edits).Edits);
                return based.Resolved.Offset;
            },
            cancellation).ConfigureAwait(false);
        var kept = await BranchJobs.AskAsync(Path, Id, new BranchRecorded(on, Parent?.Id, edits, File.Title, File.Author, Reason ?? File.Reason, File.Source), Caller, cancellation).ConfigureAwait(false);
        return BranchListReport.ToJson([kept], book.LastOffset);
    }
}

/// <summary>What is written of kept branches.</summary>
internal static class BranchJobs
{
    /// <exception cref="ProblemException">The branch refuses, or its journal cannot be written now.</exception>
    public static async Task<KeptBranch> AskAsync(string journal, BranchId id, BranchEvent asked, string caller, CancellationToken cancellation)
    {
        if (!BranchJournal.Open(journal, TimeProvider.System).Succeeded(out var branches, out _))
        {
            throw new ProblemException(Problem.Of("journal-unavailable", "the kept branches are being written by another process; nothing was changed"));
        }

        await using var closing = branches.ConfigureAwait(false);
        var (branch, refusal) = await branches.AskAsync(id, asked, caller, cancellation).ConfigureAwait(false);
        return refusal is null ? branch : throw new ProblemException(Problem.Of("branch-refused", refusal.Message));
    }

    /// <summary>The orders are rehearsed on the journal as it is, then written, all or none; where a command that came in between makes the companies refuse one, it is said.</summary>
    public static async Task<JsonNode> PromoteAsync(
        RunningJournal journal, string path, KeptBranch branch, IReadOnlyList<CommandEnvelope> orders, string caller, Job job, CancellationToken cancellation)
    {
        var items = orders.Select(order => new ImportItem(order with { IssuedBy = caller }, $"branch '{branch.Name}'")).ToList();
        var plan = await ImportPlan.MakeAsync(items, journal.Reader, TimeProvider.System, cancellation).ConfigureAwait(false);
        if (plan.Refusals is [var first, ..])
        {
            var problem = Problem.Of(first.Item.Command.Id, first.Refusal);
            throw new ProblemException(problem with { Detail = $"{problem.Detail}; {plan.Refusals.Count} of {orders.Count} orders would be refused, nothing was changed" });
        }

        var result = await ImportRun.RunAsync(journal.Session, plan, new JobSteps(job, plan.Commands), cancellation).ConfigureAwait(false);
        if (result.Failure is not null || result.Cancelled || result.Refusals.Count > 0)
        {
            throw new ProblemException(Problem.Of("journal-unavailable", $"{result.Written} of {plan.Commands} orders are known to be written; promote the branch again to complete it"));
        }

        var at = new Offset(await journal.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
        var promoted = await AskAsync(path, branch.Id, new BranchPromoted(at, orders.Count), caller, cancellation).ConfigureAwait(false);
        return BranchListReport.ToJson([promoted], at);
    }
}
