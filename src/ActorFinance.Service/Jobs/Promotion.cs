using System.Text.Json.Nodes;
using ActorFinance.Actors.Importing;
using ActorFinance.Answers;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Jobs;

/// <summary>
/// The orders of a branch, offered to the companies: rehearsed on the journal as it is, then written, all or none (decision 0170). No command of anybody
/// else comes in between, so that what was rehearsed is what happens. Only a broken machine leaves a part; the orders keep their ids, so asking again
/// completes it.
/// </summary>
internal sealed record Promotion(RunningJournal Journal, string Path, KeptBranch Branch, IReadOnlyList<CommandEnvelope> Orders, string Caller)
{
    public async Task<JsonNode> RunAsync(Job job, CancellationToken cancellation)
    {
        var at = await WriteAsync(job, cancellation).ConfigureAwait(false);
        var promoted = await BranchJobs.AskAsync(Journal, Path, Branch.Id, new BranchPromoted(at, Orders.Count), Caller, CancellationToken.None).ConfigureAwait(false);
        return BranchListReport.ToJson([promoted], at);
    }

    private async Task<Offset> WriteAsync(Job job, CancellationToken cancellation)
    {
        using var alone = await Journal.Turns.AloneAsync(cancellation).ConfigureAwait(false);
        var items = Orders.Select(order => new ImportItem(order with { IssuedBy = Caller }, $"branch '{Branch.Name}'")).ToList();
        var plan = await ImportPlan.MakeAsync(items, Journal.Reader, TimeProvider.System, cancellation).ConfigureAwait(false);
        if (plan.Refusals is [var first, ..])
        {
            var problem = Problem.Of(first.Item.Command.Id, first.Refusal);
            var before = plan.AlreadyThere == 0 ? "nothing was changed" : $"{plan.AlreadyThere} are in the journal already, and nothing was changed now";
            throw new ProblemException(problem with { Detail = $"{problem.Detail}; {plan.Refusals.Count} of {Orders.Count} orders would be refused, {before}" });
        }

        job.GoThrough();
        var result = await ImportRun.RunAsync(Journal.Session, plan, new JobSteps(job, plan.Commands), CancellationToken.None).ConfigureAwait(false);
        return result is { Failure: null, Refusals.Count: 0 }
            ? new(await Journal.Reader.LastOffsetAsync(CancellationToken.None).ConfigureAwait(false))
            : throw new ProblemException(Problem.Of("journal-unavailable", $"{result.Written} of {plan.Commands} orders are known to be written; promote the branch again to complete it"));
    }
}
